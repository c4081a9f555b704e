BeforeDiscovery { . $PSScriptRoot/Suite.ps1 }
BeforeAll { . $PSScriptRoot/Suite.ps1 }

Describe '-WhatIf writes nothing at all' {
    BeforeAll {
        $other = New-TestStore
        $credential = New-TestCredential Anna
        # A session of an open store gets its entry, by which others can end it, in the background, or when it asks for all.
        $null = Get-PatientStoreSession -Store $other
        $store = Connect-PatientStore $other.Location
        $patient = New-Patient -FamilyName Bleibt -City Bonn
        $removed = New-Patient -FamilyName Weg
        $removed | Remove-Patient -Confirm:$false
        $backups = Join-Path $TestDrive 'backups'
        1..2 | ForEach-Object { $backup = New-PatientBackup $backups }
        function Get-State { (Get-PatientStore | ForEach-Object { $_.Sequence, $_.Patients, $_.RemovedPatients, $_.Versions, $_.Accounts; (Get-PatientStoreSession).Count }) -join ' ' }
        $cases = @{
            'New-Patient' = { New-Patient -FamilyName Neu -WhatIf }
            'Set-Patient' = { $patient | Set-Patient -City Köln -PassThru -WhatIf }
            'Remove-Patient' = { $patient | Remove-Patient -WhatIf; $patient | Remove-Patient -Purge -Force -WhatIf }
            'Restore-Patient' = { Restore-Patient $removed.Id -WhatIf }
            'Import-Patient' = { New-PatientSample 5 | Import-Patient -WhatIf; Set-Content TestDrive:/p.json '{"resourceType":"Patient"}'; Import-Patient TestDrive:/p.json -Validate -WhatIf }
            'Export-Patient' = { Export-Patient TestDrive:/whatif.ndjson -WhatIf; Find-Patient | Export-Patient TestDrive:/whatif.ndjson -PassThru -WhatIf }
            'Export-PatientValidationReport' = { New-PatientSample 5 | Test-PatientBatch | Export-PatientValidationReport TestDrive:/whatif.json -PassThru -WhatIf }
            'New-PatientStore' = { New-PatientStore TestDrive:/whatif.ptstore -WhatIf; New-PatientStore TestDrive:/whatif.ptstore -Credential $credential -WhatIf }
            'Set-PatientStoreSetting' = { Set-PatientStoreSetting MrnDigits 3 -WhatIf }
            'Optimize-PatientStore' = { Optimize-PatientStore -WhatIf }
            'New-PatientStoreAccount' = { New-PatientStoreAccount $credential -Role Administrator -WhatIf }
            'Set-PatientStoreAccount' = {
                Set-PatientStoreAccount Anna -Role Reader -Status Disabled -PassThru -WhatIf
                Set-PatientStoreAccount -OldPassword $credential.Password -Password $credential.Password -WhatIf
            }
            'Remove-PatientStoreAccount' = { Remove-PatientStoreAccount Anna -WhatIf }
            'Unlock-PatientStoreAccount' = { Unlock-PatientStoreAccount Anna -PassThru -WhatIf }
            'Reset-PatientStoreAdministrator' = { Reset-PatientStoreAdministrator $store.Location $credential -WhatIf }
            'Disconnect-PatientStore' = {
                Disconnect-PatientStore -WhatIf
                Disconnect-PatientStore -Id $other.SessionId -WhatIf
                $store.IsOpen, $other.IsOpen -eq $false
            }
            'New-PatientBackup' = { New-PatientBackup TestDrive:/whatif -WhatIf; New-PatientBackup $backups -Incremental -Force -Password $credential.Password -WhatIf }
            'Remove-PatientBackup' = { Remove-PatientBackup $backups -KeepLast 1 -WhatIf | Where-Object { $_ -isnot [PatientTools.Backups.BackupVerdict] } }
            'Restore-PatientBackup' = {
                Restore-PatientBackup $backup.Path TestDrive:/whatif.ptstore -WhatIf
                Restore-PatientBackup $backup.Path $store.Location -Replace -WhatIf
                Restore-PatientBackup $backup.Path $store.Location -PatientId $patient -WhatIf
            }
            'Repair-PatientStore' = { Repair-PatientStore -WhatIf; Repair-PatientStore $store.Location TestDrive:/whatif.ptstore -WhatIf }
        }
    }
    AfterAll { $store, $other | Disconnect-PatientStore }

    It '<_>' -ForEach (Get-Command -Module PatientTools | Where-Object { $_.Parameters.ContainsKey('WhatIf') }).Name {
        $cases.Keys | Should -Contain $_ -Because 'every cmdlet that changes something is shown to write nothing'
        $before = Get-State
        $files = (Get-ChildItem $TestDrive -Exclude p.json -Recurse).Name
        & $cases[$_] | Should -BeNullOrEmpty
        Get-State | Should -Be $before
        (Get-ChildItem $TestDrive -Exclude p.json -Recurse).Name | Should -Be $files
    }

    It 'and every cmdlet that changes something has it' {
        Get-Command -Module PatientTools -Verb New, Set, Remove, Restore, Import, Export, Optimize, Repair, Reset, Unlock, Disconnect |
            Where-Object { $_.Name -ne 'New-PatientSample' -and -not $_.Parameters.ContainsKey('WhatIf') } | Should -BeNullOrEmpty
    }

    It 'and a switch that is given as false is false' {
        $patient | Remove-Patient -Purge:$false -Confirm:$false -WhatIf:$false
        (Get-Patient $patient.Id -IncludeRemoved).IsRemoved | Should -BeTrue
        Restore-Patient $patient.Id -PassThru:$false | Should -BeNullOrEmpty
    }

    It 'and names who would be changed' {
        Invoke-FreshProcess "Import-Module '$Manifest'; Connect-PatientStore '$($store.Location)' | Out-Null; New-Patient -FamilyName Neu -GivenName Anna -WhatIf" |
            Should -Match 'on target "Neu, Anna"'
    }
}
