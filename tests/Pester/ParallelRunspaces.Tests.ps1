BeforeAll { . $PSScriptRoot/Suite.ps1 }

Describe 'Many runspaces on one store' {
    BeforeEach { $store = New-TestStore }
    AfterEach { if ($store.IsOpen) { Disconnect-PatientStore $store } }

    It 'share a session: nobody''s patient is lost, and no number is drawn twice' {
        1..8 | ForEach-Object -Parallel {
            Import-Module $using:Manifest
            foreach ($number in 1..25) { New-Patient -FamilyName "Faden$_" -GivenName "Nr$number" -Store $using:store | Out-Null }
        } -ThrottleLimit 8
        $all = Find-Patient
        $all.Count | Should -Be 200
        ($all.Mrn | Sort-Object -Unique).Count | Should -Be 200
        ($all.Sequence | Sort-Object -Unique).Count | Should -Be 200
        (Test-PatientStore -Full).Problems | Should -BeNullOrEmpty
    }

    It 'have sessions of their own on one file: each sees at once what the others wrote' {
        $found = 1..6 | ForEach-Object -Parallel {
            Import-Module $using:Manifest
            $mine = Connect-PatientStore ($using:store).Location
            $patient = New-Patient -FamilyName "Eigen$_"
            (Find-Patient -Name "Eigen$_").Id -eq $patient.Id
            Disconnect-PatientStore $mine
        } -ThrottleLimit 6
        $found | Should -Be (@($true) * 6)
        @(Find-Patient).Count | Should -Be 6
    }

    It 'change one patient: of those who read the same version one wins, the others are refused' {
        $patient = New-Patient -FamilyName Ziel -City Alt
        $outcomes = 1..8 | ForEach-Object -Parallel {
            Import-Module $using:Manifest
            try {
                $using:patient | Set-Patient -City "Stadt$_" -Store $using:store -ErrorAction Stop
                'written'
            }
            catch { ($_.FullyQualifiedErrorId -split ',')[0] }
        } -ThrottleLimit 8
        ($outcomes -eq 'written').Count | Should -Be 1
        ($outcomes -eq 'VersionConflict').Count | Should -Be 7
        (Get-Patient $patient.Id).Version | Should -Be 2
    }

    It 'read whole pages and true totals while others write' {
        New-PatientSample 300 -Seed 1 | Import-Patient -Source first | Out-Null
        $writer = [powershell]::Create().AddScript({
                param($Manifest, $Store)
                Import-Module $Manifest
                2..6 | ForEach-Object { New-PatientSample 300 -Seed $_ | Import-Patient -Source "more$_" -Store $Store }
            }).AddArgument($Manifest).AddArgument($store)
        $writing = $writer.BeginInvoke()
        $wrong = do {
            $total, $patients = (Find-Patient -IncludeTotalCount).Where({ $_ -is [PatientTools.Patients.Patient] }, 'Split')[1, 0]
            if ("$total" -ne "Total count: $($patients.Count)") { "$total, but $($patients.Count) patients" }
        } while (-not $writing.IsCompleted)
        $writer.EndInvoke($writing) | ForEach-Object Added | Should -Be (@(300) * 5)
        $writer.Runspace.Dispose()
        $wrong | Should -BeNullOrEmpty
    }

    It 'that remove the module close their own sessions and not those of the parent' {
        $open = ForEach-Object -Parallel {
            Import-Module $using:Manifest
            $mine = Connect-PatientStore ($using:store).Location
            New-Patient -FamilyName Kind -Store $using:store | Out-Null
            Remove-Module PatientTools
            $mine.IsOpen, ($using:store).IsOpen
        } -InputObject 1
        $open | Should -Be $false, $true
        (Find-Patient).FamilyName | Should -Be 'Kind'
    }

    It 'that end close the sessions they opened' {
        $shell = [powershell]::Create()
        $session = $shell.AddScript("Import-Module '$Manifest'; Connect-PatientStore '$($store.Location)'").Invoke()[0]
        $session.IsOpen | Should -BeTrue
        $shell.Runspace.Dispose()
        $session.IsOpen | Should -BeFalse
        $store.IsOpen | Should -BeTrue
    }
}
