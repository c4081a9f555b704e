BeforeAll { . $PSScriptRoot/Suite.ps1 }

Describe 'A store, from its making to its closing' {
    BeforeEach { $store = New-TestStore }
    AfterEach { if ($store.IsOpen) { Disconnect-PatientStore $store } }

    It 'is one file that its owner alone may read' {
        (Get-Item $store.Location).Length | Should -BeGreaterThan 0
        if ($IsWindows) { Set-ItResult -Skipped -Because 'Windows has no file modes' }
        Get-Item "$($store.Location)*" | ForEach-Object { $_.UnixFileMode | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite') -Because $_.Name }
    }

    It 'shows on one page what an administrator asks for' {
        New-Patient -FamilyName Alpha | Out-Null
        New-Patient -FamilyName Beta | Set-Patient -City Bonn
        Get-Patient -Mrn (Find-Patient -Name Alpha).Mrn | Remove-Patient -Confirm:$false
        $page = Get-PatientStore
        $page.Location | Should -Be $store.Location
        $page.Patients | Should -Be 1
        $page.RemovedPatients | Should -Be 1
        $page.JournalMode | Should -Be 'wal'
        $page.Synchronous | Should -Be 'FULL'
        $page.Access | Should -Be 'ReadWrite'
        $page.Settings.Name | Should -Contain 'MrnDigits'
        $page | Out-String | Should -Match ([regex]::Escape($store.StoreId))
    }

    It 'keeps id, epoch and content when it is closed and opened again' {
        $patient = New-Patient -FamilyName Müller -BirthDate 1958-12
        $before = Get-PatientStore
        Disconnect-PatientStore
        Connect-PatientStore $store.Location | Out-Null
        $after = Get-PatientStore
        $after.StoreId, $after.Epoch, $after.Sequence | Should -Be $before.StoreId, $before.Epoch, $before.Sequence
        (Get-Patient $patient.Id).BirthDate.ToString() | Should -Be '1958-12'
        Disconnect-PatientStore
    }

    It 'is found through $env:PATIENTTOOLS_STORE when no path is given' {
        Disconnect-PatientStore
        $env:PATIENTTOOLS_STORE = $store.Location
        try { (Connect-PatientStore).Location | Should -Be $store.Location }
        finally {
            Remove-Item Env:PATIENTTOOLS_STORE
            Disconnect-PatientStore
        }
    }

    It 'is named relative to the location of PowerShell, not of the process' {
        Push-Location (Split-Path $store.Location)
        try {
            $again = Connect-PatientStore (Split-Path -Leaf $store.Location)
            $again.Location | Should -Be $store.Location
            Disconnect-PatientStore $again
        }
        finally { Pop-Location }
    }

    It 'can be one of several; -Store says which' {
        $other = New-TestStore
        New-Patient -FamilyName Here -Store $store | Out-Null
        (Find-Patient -Store $store).FamilyName | Should -Be 'Here'
        Find-Patient | Should -BeNullOrEmpty -Because 'the store connected last is the default'
        Disconnect-PatientStore $other
        $store.IsOpen | Should -BeTrue
    }

    It 'has settings that last, and go back to their defaults' {
        Set-PatientStoreSetting MrnDigits 5
        (New-Patient -FamilyName Five).Mrn | Should -Match '^\d{5}$'
        $again = Connect-PatientStore $store.Location
        (Get-PatientStoreSetting mrndigits).Value | Should -Be 5
        (Set-PatientStoreSetting MrnDigits -Reset -PassThru).IsDefault | Should -BeTrue
        Disconnect-PatientStore $again
    }

    It 'is checked, its search entries are made anew, its space is given back' {
        New-PatientSample 50 -Seed 3 | Import-Patient | Out-Null
        (Test-PatientStore).IsValid | Should -BeTrue
        $full = Test-PatientStore -Full
        $full.IsValid, $full.PatientsChecked | Should -Be $true, 50
        (Repair-PatientStore -Confirm:$false).Patients | Should -Be 50
        Find-Patient | Remove-Patient -Purge -Force -Confirm:$false
        Optimize-PatientStore
        Test-PatientStore -Full -Quiet | Should -BeTrue
    }

    It 'that is damaged says so, and what it still holds is salvaged into a new one' {
        New-PatientSample 400 -Seed 3 | Import-Patient | Out-Null
        Disconnect-PatientStore
        $bytes = [IO.File]::ReadAllBytes($store.Location)
        # One page in the middle of the file becomes noise.
        $middle = [int] ($bytes.Length / 4096 / 2) * 4096
        $noise = [byte[]]::new(4096)
        [Random]::new(7).NextBytes($noise)
        $noise.CopyTo($bytes, $middle)
        [IO.File]::WriteAllBytes($store.Location, $bytes)

        $damaged = Connect-PatientStore $store.Location
        $check = Test-PatientStore -Full
        $check.IsValid | Should -BeFalse
        $check.Problems | Should -Not -BeNullOrEmpty
        Disconnect-PatientStore $damaged

        $new = Join-Path $TestDrive "$([guid]::NewGuid()).ptstore"
        Repair-PatientStore $store.Location $new -Confirm:$false -WarningAction SilentlyContinue | Out-Null
        $salvaged = Connect-PatientStore $new
        @(Find-Patient).Count | Should -BeGreaterThan 300
        (Test-PatientStore -Full).Problems | Should -BeNullOrEmpty
        Disconnect-PatientStore $salvaged
    }
}
