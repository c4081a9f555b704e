BeforeDiscovery { . $PSScriptRoot/Suite.ps1 }
BeforeAll {
    . $PSScriptRoot/Suite.ps1

    # A module of somebody else that brings its own copies of packages of ours, in another version.
    function New-ForeignModule {
        $folder = (New-Item (Join-Path $TestDrive "Foreign-$([guid]::NewGuid())") -ItemType Directory).FullName
        $files = foreach ($package in 'Bogus', 'Sylvan.Data.Csv', 'BCrypt-Net-Next') {
            $assembly = [Reflection.Emit.PersistedAssemblyBuilder]::new([Reflection.AssemblyName] "$package, Version=9.9.9.9", [object].Assembly)
            $type = $assembly.DefineDynamicModule($package).DefineType("Foreign.$($package -replace '\W')", 'Public')
            $type.DefineField('Text', [string], 'Public, Static, Literal').SetConstant("their $package")
            $type.CreateType() | Out-Null
            $assembly.Save("$folder/$package.dll")
            "$package.dll"
        }
        New-ModuleManifest "$folder/Foreign.psd1" -RequiredAssemblies $files
        "$folder/Foreign.psd1"
    }
}

Describe 'Loading, reloading and unloading the module' {
    It 'a second import with -Force exports every cmdlet, and a third' {
        $counts = Invoke-FreshProcess @"
1..3 | ForEach-Object { Import-Module '$Manifest' -Force; (Get-Command -Module PatientTools).Count }
(Import-PowerShellDataFile '$Manifest').CmdletsToExport.Count
New-PatientSample -Count 2 -Seed 1 | Measure-Object | ForEach-Object Count
"@
        $counts[0] | Should -BeGreaterThan 15
        $counts[1..3] | Should -Be (@($counts[0]) * 3)
        $counts[4] | Should -Be 2
    }

    It 'removing it closes open stores' {
        $result = Invoke-FreshProcess @"
Import-Module '$Manifest'
`$store = New-PatientStore '$TestDrive/removed.ptstore'
New-Patient -FamilyName Da | Out-Null
Remove-Module PatientTools
`$store.IsOpen
Import-Module '$Manifest'
(Connect-PatientStore '$TestDrive/removed.ptstore').IsOpen
(Find-Patient).FamilyName
"@
        $result | Should -Be 'False', 'True', 'Da'
        Get-ChildItem $TestDrive -Filter 'removed.ptstore-*' | Should -BeNullOrEmpty -Because 'whoever ends closes his store'
    }

    It 'importing it loads no adapter and opens no store' {
        $store = New-TestStore
        Disconnect-PatientStore $store
        $before = (Get-Item $store.Location).LastWriteTimeUtc
        $loaded = Invoke-FreshProcess "`$env:PATIENTTOOLS_STORE = '$($store.Location)'; Import-Module '$Manifest'; [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { `$_.GetName().Name }"
        $loaded | Should -Contain 'PatientTools.Core'
        $loaded | Where-Object { $_ -match 'PatientTools\.Adapters|Bogus|Sylvan|BCrypt|Sqlite' } | Should -BeNullOrEmpty
        (Get-Item $store.Location).LastWriteTimeUtc | Should -Be $before
    }

    It 'importing it reads no file but its own few' {
        if (-not (Get-Command strace -ErrorAction Ignore)) { Set-ItResult -Skipped -Because 'NOT PROVEN: strace is missing' }
        $trace = Join-Path $TestDrive 'trace.txt'
        strace -f -e trace=openat -o $trace pwsh -NoProfile -NonInteractive -Command "Import-Module '$Manifest'"
        $folder = Split-Path $Manifest
        $read = Select-String -LiteralPath $trace -Pattern "`"($([regex]::Escape($folder))/[^`"]+)`".*= \d+$" | ForEach-Object { $_.Matches[0].Groups[1].Value.Substring($folder.Length + 1) } | Sort-Object -Unique
        $read | Should -Contain 'PatientTools.dll'
        $read | Where-Object { $_ -notmatch '^PatientTools(\.Core)?\.(dll|psd1|Format\.ps1xml|Types\.ps1xml)$' } | Should -BeNullOrEmpty
    }

    It 'works beside a module with other versions of its packages, imported <_>' -ForEach 'before it', 'after it' {
        $foreign = New-ForeignModule
        $use = "New-PatientStore '$TestDrive/$([guid]::NewGuid()).ptstore' | Out-Null; (New-PatientSample -Count 3 -Seed 1 | Import-Patient).Added; 'Nachname', 'Csv' | Set-Content '$TestDrive/beside.csv'; (Import-Patient '$TestDrive/beside.csv').Added"
        $ours = "Import-Module '$Manifest'; $use"
        $theirs = "Import-Module '$foreign'; [Foreign.Bogus]::Text; [Foreign.SylvanDataCsv]::Text"
        $versions = '[AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq "Bogus" } | ForEach-Object { $_.GetName().Version.Major } | Sort-Object'
        $result = Invoke-FreshProcess ($(if ($_ -eq 'before it') { $theirs, $ours } else { $ours, $theirs }) + $versions -join "`n")
        $result | Should -Be $(if ($_ -eq 'before it') { 'their Bogus', 'their Sylvan.Data.Csv', '3', '1', '9', '35' } else { '3', '1', 'their Bogus', 'their Sylvan.Data.Csv', '9', '35' })
    }

    It 'works under constrained language, its views included' {
        $result = Invoke-FreshProcess @"
`$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
Import-Module '$Manifest'
`$store = New-PatientStore '$TestDrive/constrained.ptstore'
New-Patient -FamilyName Zwang -BirthDate 1958-12 -City Bonn | Out-Null
Find-Patient | Out-String
Get-PatientStore | Out-String
Test-PatientStore -Full | Out-String
Disconnect-PatientStore
"@ | Out-String
        $result | Should -Match 'Zwang'
        $result | Should -Match '1958-12'
        $result | Should -Match 'constrained\.ptstore'
        $result | Should -Not -Match '(?i)error'
    }

    It 'asks nobody anything when every value is given' {
        $result = Invoke-FreshProcess @"
Import-Module '$Manifest'
New-PatientStore '$TestDrive/unattended.ptstore' | Out-Null
`$patient = New-Patient -FamilyName Allein
Set-Patient `$patient.Id -City Bonn
Remove-Patient `$patient.Id -Confirm:`$false
Restore-Patient `$patient.Id
Export-Patient '$TestDrive/unattended.ndjson'
'{`"resourceType`":`"Patient`",`"id`":`"1`"}' | Import-Patient | Out-Null
Set-PatientStoreSetting MrnDigits 4
Repair-PatientStore -Confirm:`$false | Out-Null
Optimize-PatientStore
Remove-Patient `$patient.Id -Purge -Force -Confirm:`$false
'done'
"@
        $result | Should -Be 'done'
    }

    It 'fails instead of waiting when it would have to ask' {
        $process = Start-FreshProcess "Import-Module '$Manifest'; New-PatientStore '$TestDrive/asks.ptstore' | Out-Null; `$p = New-Patient -FamilyName Bleibt; `$p | Remove-Patient"
        $result = Wait-FreshProcess $process
        $result.ExitCode | Should -Be 1
        $store = Connect-PatientStore (Join-Path $TestDrive 'asks.ptstore')
        (Find-Patient).FamilyName | Should -Be 'Bleibt'
        Disconnect-PatientStore $store
    }
}
