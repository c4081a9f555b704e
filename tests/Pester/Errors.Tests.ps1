BeforeAll {
    . $PSScriptRoot/Suite.ps1

    # What every error owes its reader: a stable id, a category, words of ours, and no exception's own text.
    function Assert-Error([Management.Automation.ErrorRecord] $ErrorRecord, [string] $Id, [string] $Category) {
        $ErrorRecord.FullyQualifiedErrorId | Should -Match "^$Id,PatientTools\.Commands\."
        $ErrorRecord.CategoryInfo.Category | Should -Match "^$Category`$"
        $ErrorRecord.Exception | Should -BeOfType ([PatientTools.PatientToolsException])
        "$ErrorRecord" | Should -Match '(?s)^.{20,}\.( \(line \d+(, column \d+)?\))?$' -Because 'a message is a sentence'
        "$ErrorRecord" | Should -Not -Match 'Exception|SQLite Error|HResult|Value cannot be null'
    }
}

Describe 'Every error has an id, a category and words of its own' {
    Context 'Opening a store' {
        It '<What>' -ForEach @(
            @{ What = 'that is not there'; Id = 'StoreNotFound'; Category = 'ObjectNotFound'; Make = { } }
            @{ What = 'in a folder that is not there'; Id = 'StoreNotFound'; Category = 'ObjectNotFound'; Make = { $script:path = Join-Path $TestDrive 'no/such/folder.ptstore' } }
            @{ What = 'that is a text'; Id = 'NotAStore'; Category = 'InvalidData'; Make = { Set-Content $path ('no store ' * 1000) } }
            @{ What = 'that is empty'; Id = 'NotAStore'; Category = 'InvalidData'; Make = { New-Item $path } }
            @{ What = 'that is a folder'; Id = 'NotAStore|StoreNotWritable|PathIsFolder|StoreNotFound'; Category = 'InvalidData|ResourceUnavailable|InvalidArgument|ObjectNotFound'; Make = { New-Item $path -ItemType Directory } }
            @{ What = 'of a newer format'; Id = 'StoreTooNew'; Category = 'NotImplemented'; Make = {
                    Disconnect-PatientStore (New-PatientStore $path)
                    $bytes = [IO.File]::ReadAllBytes($path)
                    # SQLite keeps user_version at offset 60 of the file (sqlite.org/fileformat.html).
                    $bytes[63] = 200
                    [IO.File]::WriteAllBytes($path, $bytes)
                }
            }
        ) {
            $script:path = Join-Path $TestDrive "$([guid]::NewGuid()).ptstore"
            & $Make | Out-Null
            $found = Get-OnlyError { Connect-PatientStore $path }
            $found.FullyQualifiedErrorId | Should -Match "^($Id),"
            Assert-Error $found ($found.FullyQualifiedErrorId -replace ',.*') ($Category -split '\|' | Where-Object { $_ -eq $found.CategoryInfo.Category })
            "$found" | Should -Match ([regex]::Escape($path))
        }

        It 'when none is named' {
            $env:PATIENTTOOLS_STORE = $null
            Assert-Error (Get-OnlyError { Connect-PatientStore }) 'NoStoreGiven' 'InvalidArgument'
        }

        It 'on a drive that is no file system' {
            Assert-Error (Get-OnlyError { Connect-PatientStore Env:store }) 'PathNotInFileSystem' 'InvalidArgument'
        }

        It 'that is to be made where a file is' {
            $path = (New-Item (Join-Path $TestDrive "$([guid]::NewGuid())")).FullName
            Assert-Error (Get-OnlyError { New-PatientStore $path }) 'StoreExists' 'ResourceExists'
            Assert-Error (Get-OnlyError { New-PatientStore (Join-Path $TestDrive 'no/such.ptstore') }) 'StoreFolderMissing' 'ObjectNotFound'
        }
    }

    Context 'Without a store' {
        It '<_> says how to connect' -ForEach 'Find-Patient', 'Get-PatientStore', 'Test-PatientStore', 'Optimize-PatientStore', 'Disconnect-PatientStore', 'Get-PatientStoreSetting',
        'New-Patient -FamilyName X', 'Get-Patient -Mrn 1', 'Set-Patient 01890a5d-ac96-774b-bcce-b302099a8057 -City X', 'Remove-Patient 01890a5d-ac96-774b-bcce-b302099a8057 -Confirm:$false',
        'Restore-Patient 01890a5d-ac96-774b-bcce-b302099a8057', 'Import-Patient x', 'Export-Patient TestDrive:/x', 'Set-PatientStoreSetting MrnDigits 3', 'Repair-PatientStore -Confirm:$false',
        'New-PatientBackup TestDrive:/b', 'Remove-PatientBackup TestDrive:/b -KeepLast 1 -Confirm:$false' {
            $found = Get-OnlyError ([scriptblock]::Create($_))
            Assert-Error $found 'NotConnected' 'InvalidOperation'
            "$found" | Should -Match 'Connect-PatientStore'
        }
    }

    Context 'With a store' {
        BeforeAll {
            $store = New-TestStore
            $patient = New-Patient -FamilyName Da -Mrn M1
            $removed = New-Patient -FamilyName Weg
            $removed | Remove-Patient -Confirm:$false
            $taken = Join-Path $TestDrive 'taken.ndjson'
            Export-Patient $taken
            Set-Content (Join-Path $TestDrive 'empty.ndjson') '' -NoNewline
            [IO.File]::WriteAllBytes((Join-Path $TestDrive 'noise.bin'), [byte[]] (0..255))
            $backups = Join-Path $TestDrive 'backups'
            $backup = New-PatientBackup $backups
            $secret = New-PatientBackup (Join-Path $TestDrive 'secret') -Password (New-TestCredential x).Password
        }
        AfterAll { Disconnect-PatientStore $store }

        It '<Script> is <Id>' -ForEach @(
            @{ Script = 'Get-Patient 01890a5d-ac96-774b-bcce-b302099a8057'; Id = 'PatientNotFound'; Category = 'ObjectNotFound' }
            @{ Script = 'Get-Patient nonsense'; Id = 'InvalidPatientId'; Category = 'InvalidArgument' }
            @{ Script = 'Get-Patient -Mrn nobody'; Id = 'PatientNotFound'; Category = 'ObjectNotFound' }
            @{ Script = 'Get-Patient $patient.Id -Version 99'; Id = 'VersionNotFound'; Category = 'ObjectNotFound' }
            @{ Script = 'Get-Patient $removed.Id'; Id = 'PatientRemoved'; Category = 'InvalidOperation' }
            @{ Script = 'Set-Patient $removed.Id -City X'; Id = 'PatientRemoved'; Category = 'InvalidOperation' }
            @{ Script = 'Set-Patient 01890a5d-ac96-774b-bcce-b302099a8057 -City X'; Id = 'PatientNotFound'; Category = 'ObjectNotFound' }
            @{ Script = 'Set-Patient $patient.Id -Json nonsense'; Id = 'InvalidJson'; Category = 'InvalidData' }
            @{ Script = 'New-Patient'; Id = 'EmptyPatient'; Category = 'InvalidArgument' }
            @{ Script = 'New-Patient -Json "{}"'; Id = '[A-Za-z]+'; Category = 'InvalidData' }
            @{ Script = 'New-Patient -FamilyName Dieb -Mrn M1'; Id = 'MrnInUse'; Category = 'ResourceExists' }
            @{ Script = 'Import-Patient no-such-file.ndjson'; Id = 'FileNotFound'; Category = 'ObjectNotFound' }
            @{ Script = 'Import-Patient no-such-*.ndjson'; Id = 'NoFileMatches'; Category = 'ObjectNotFound' }
            @{ Script = 'Import-Patient TestDrive:/empty.ndjson'; Id = 'EmptyImportFile'; Category = 'InvalidData' }
            @{ Script = 'Import-Patient TestDrive:/noise.bin'; Id = 'UnknownImportFormat'; Category = 'InvalidData' }
            @{ Script = 'Import-Patient $TestDrive'; Id = 'PathIsFolder'; Category = 'InvalidArgument' }
            @{ Script = 'Export-Patient $taken'; Id = 'FileExists'; Category = 'ResourceExists' }
            @{ Script = 'Export-Patient TestDrive:/no/such/folder.ndjson'; Id = 'FolderNotFound'; Category = 'ObjectNotFound' }
            @{ Script = 'Export-Patient TestDrive:/x.csv -Property Shoe'; Id = 'UnknownExportColumn'; Category = 'InvalidArgument' }
            @{ Script = 'Export-Patient TestDrive:/x.csv -IncludeRecord'; Id = 'InvalidExportOptions'; Category = 'InvalidArgument' }
            @{ Script = 'Get-PatientStoreSetting Shoe'; Id = 'UnknownSetting'; Category = 'InvalidArgument' }
            @{ Script = 'Get-PatientBackup TestDrive:/no-such-folder'; Id = 'FolderNotFound'; Category = 'ObjectNotFound' }
            @{ Script = 'Test-PatientBackup TestDrive:/no-such.zip'; Id = 'BackupNotFound'; Category = 'ObjectNotFound' }
            @{ Script = 'Test-PatientBackup $secret.Path'; Id = 'BackupKeyRequired'; Category = '(InvalidArgument|AuthenticationError|PermissionDenied)' }
            @{ Script = 'Test-PatientBackup $secret.Path -Password (New-TestCredential x falsch123456).Password'; Id = 'BackupKeyWrong'; Category = '(InvalidArgument|AuthenticationError|PermissionDenied)' }
            @{ Script = 'Restore-PatientBackup TestDrive:/noise.bin TestDrive:/x.ptstore -Confirm:$false'; Id = 'NotABackup'; Category = 'InvalidData' }
            @{ Script = 'Restore-PatientBackup $backup.Path $store.Location -Confirm:$false'; Id = 'StoreExists'; Category = 'ResourceExists' }
            @{ Script = 'Restore-PatientBackup $backup.Path TestDrive:/no/such.ptstore -Confirm:$false'; Id = 'StoreFolderMissing'; Category = 'ObjectNotFound' }
            @{ Script = 'Restore-PatientBackup $backup.Path $store.Location -PatientId 01890a5d-ac96-774b-bcce-b302099a8057 -Confirm:$false'; Id = 'PatientNotInBackup'; Category = 'ObjectNotFound' }
            @{ Script = 'Restore-PatientBackup $backup.Path $store.Location -PatientId nonsense -Confirm:$false'; Id = 'InvalidPatientId'; Category = 'InvalidArgument' }
            @{ Script = 'Remove-PatientBackup $backups -Confirm:$false'; Id = 'RetentionRulesEmpty'; Category = 'InvalidArgument' }
            @{ Script = 'New-PatientBackup $backups -Description "zwei`nZeilen"'; Id = '[A-Za-z]+'; Category = 'InvalidArgument' }
            @{ Script = 'New-PatientBackup $taken'; Id = '[A-Za-z]+'; Category = '(ObjectNotFound|InvalidArgument|ResourceExists|ResourceUnavailable)' }
            @{ Script = 'Set-PatientStoreSetting MrnDigits many'; Id = 'InvalidSetting'; Category = 'InvalidArgument' }
        ) {
            Assert-Error (Get-OnlyError ([scriptblock]::Create($Script))) $Id $Category
        }

        It 'one unknown patient of many is an error, and the others are read' {
            $found = Get-Patient $patient.Id, 01890a5d-ac96-774b-bcce-b302099a8057, $patient.Id -ErrorAction SilentlyContinue -ErrorVariable problems
            $found.FamilyName | Should -Be 'Da', 'Da'
            $problems.Count | Should -Be 1
            $problems[0].TargetObject | Should -Be '01890a5d-ac96-774b-bcce-b302099a8057'
        }

        It 'a session that is closed says how to go on' {
            $closed = Connect-PatientStore $store.Location
            Disconnect-PatientStore $closed
            Assert-Error (Get-OnlyError { Find-Patient -Store $closed }) 'SessionClosed' 'InvalidOperation'
        }

        It 'read-only refuses <_>' -ForEach 'New-Patient -FamilyName X', 'Set-Patient $patient.Id -City X', 'Remove-Patient $patient.Id -Confirm:$false', 'Restore-Patient $removed.Id',
        'New-PatientSample | Import-Patient', 'Set-PatientStoreSetting MrnDigits 3', 'Optimize-PatientStore', 'Repair-PatientStore -Confirm:$false' {
            $reader = Connect-PatientStore $store.Location -ReadOnly
            try {
                Assert-Error (Get-OnlyError ([scriptblock]::Create($_))) 'StoreReadOnly' 'PermissionDenied'
                (Get-Patient -Mrn M1).FamilyName | Should -Be 'Da'
            }
            finally { Disconnect-PatientStore $reader }
        }

        It 'a store that somebody keeps locked says so when the time to wait is over' {
            $options = [PatientTools.Storage.StoreOptions]@{ BusyTimeout = [timespan]::FromMilliseconds(200) }
            $impatient = [PatientTools.Storage.PatientStoreSession]::Open([PatientTools.Hosting.AdapterHost]::Catalog.Stores, $store.Location, $options)
            try {
                # SQLite locks byte 120 of the file that ends in -shm for writing (sqlite.org/walformat.html).
                $locker = Start-FreshProcess "`$file = [IO.File]::Open('$($store.Location)-shm', 'Open', 'ReadWrite', 'ReadWrite,Delete'); `$file.Lock(120, 1); 'locked'; [Threading.Thread]::Sleep(-1)"
                $locker.StandardOutput.ReadLine() | Should -Be 'locked'
                Assert-Error (Get-OnlyError { New-Patient -FamilyName Wartet -Store $impatient }) 'StoreBusy' 'ResourceBusy'
            }
            finally {
                $locker.Kill()
                $locker.WaitForExit()
                $impatient.Dispose()
            }
            New-Patient -FamilyName Danach -Store $store | Should -Not -BeNullOrEmpty
        }
    }
}
