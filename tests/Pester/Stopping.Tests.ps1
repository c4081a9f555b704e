BeforeDiscovery { . $PSScriptRoot/Suite.ps1 }
BeforeAll {
    . $PSScriptRoot/Suite.ps1

    # More than anybody would wait for: what stops at once ends, and what does not never does.
    $endless = [long]::MaxValue

    # Starts a script, stops it as Ctrl+C does when $When is true, and waits for its end.
    function Stop-Script([string] $Script, [scriptblock] $When) {
        $shell = [powershell]::Create()
        $shell.AddScript("Import-Module '$Manifest'; Connect-PatientStore '$($store.Location)' | Out-Null; $Script") | Out-Null
        $running = $shell.BeginInvoke()
        $deadline = [datetime]::UtcNow.AddMinutes(1)
        while (-not (& $When)) {
            if ([datetime]::UtcNow -gt $deadline) { $shell.Stop(); throw 'It did not come so far within a minute.' }
            $running.IsCompleted | Should -BeFalse -Because "it runs until it is stopped, $($shell.InvocationStateInfo.Reason)"
            $running.AsyncWaitHandle.WaitOne(20) | Out-Null
        }
        $stopping = $shell.BeginStop($null, $null)
        $stopping.AsyncWaitHandle.WaitOne([timespan]::FromMinutes(1)) | Should -BeTrue -Because 'what is stopped ends'
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Streams.Error.Count | Should -Be 0
        $shell.Runspace.Dispose()
    }

    function Assert-Sound { (Test-PatientStore -Full).Problems | Should -BeNullOrEmpty }
}

Describe 'What is stopped stops at once, and the store is whole' {
    BeforeEach { $store = New-TestStore }
    AfterEach { Disconnect-PatientStore $store }

    It 'Select-Object -First 1 behind <_>' -ForEach 'New-PatientSample -Count $endless', 'New-PatientSample -Count $endless | ForEach-Object { $_.Document.ToString() } | New-Patient', 'Find-Patient', 'Get-Patient -Mrn 1-0000001, 1-0000002' {
        New-PatientSample 3000 -Seed 1 | Import-Patient | Out-Null
        @(& ([scriptblock]::Create("$_ | Select-Object -First 1"))).Count | Should -Be 1
        # Nothing is held open: the next one writes.
        New-Patient -FamilyName Danach | Should -Not -BeNullOrEmpty
        Assert-Sound
    }

    It 'what was passed on before the stop is written' {
        $first = New-PatientSample -Count $endless -Seed 1 | ForEach-Object { $_.Document.ToString() } | New-Patient | Select-Object -First 40
        $first | ForEach-Object { (Get-Patient $_.Id).Version | Should -Be 1 }
    }

    It 'break, and an error of -ErrorAction Stop, leave as cleanly' {
        New-PatientSample 3000 -Seed 1 | Import-Patient | Out-Null
        do { Find-Patient | ForEach-Object { break } } while ($false)
        { Find-Patient | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'
        New-Patient -FamilyName Danach | Should -Not -BeNullOrEmpty
    }

    It 'an import that is stopped has whole batches written' {
        Stop-Script 'New-PatientSample -Count ([long]::MaxValue) -Seed 1 | Import-Patient' { Find-Patient -First 1 }
        @(Find-Patient).Count | Should -BeGreaterThan 0
        Assert-Sound
        (New-PatientSample 10 -Seed 1 | Import-Patient).Unchanged | Should -Be 10
    }

    It 'an export that is stopped leaves no file' {
        New-PatientSample 500 -Seed 1 | Import-Patient | Out-Null
        $folder = (New-Item (Join-Path $TestDrive 'stopped') -ItemType Directory).FullName
        Stop-Script "& { while (`$true) { Find-Patient } } | Export-Patient '$folder/out.ndjson'" { Get-ChildItem $folder -Force }
        Get-ChildItem $folder -Force | Should -BeNullOrEmpty
    }

    It '<What> that is stopped leaves nothing half done' -ForEach @(
        @{ What = 'a backup'; Loop = 'New-PatientBackup $folder | Remove-Item' }
        @{ What = 'a proof'; Loop = '$null = Test-PatientBackup $backup -Restore -TemporaryPath $folder' }
        @{ What = 'a restore'; Loop = '$null = Restore-PatientBackup $backup "$folder/new.ptstore" -Confirm:$false; Remove-Item "$folder/new.ptstore*"' }
    ) {
        New-PatientSample 3000 -Seed 1 | Import-Patient | Out-Null
        $folder = (New-Item (Join-Path $TestDrive "$([guid]::NewGuid())") -ItemType Directory).FullName
        $backup = (New-PatientBackup (Join-Path $TestDrive "whole-$([guid]::NewGuid())")).Path
        Stop-Script "`$folder = '$folder'; `$backup = '$backup'; while (`$true) { $Loop }" { Get-ChildItem $folder -Force -Recurse -File }
        # What was complete when the stop came may be there, and then it is whole.
        Get-ChildItem $folder -Force -Recurse -File | Where-Object Name -NotMatch '^new\.ptstore|^[^.].*\.zip$' | Should -BeNullOrEmpty
        Get-PatientBackup $folder | Test-PatientBackup -Quiet | Should -Not -Contain $false
        (Test-PatientBackup $backup -Restore).IsProven | Should -BeTrue
        Assert-Sound
    }

    It 'changes that are stopped are whole, patient by patient' {
        New-PatientSample 2000 -Seed 1 | Import-Patient | Out-Null
        Stop-Script 'while ($true) { Find-Patient | Set-Patient -City Stopp }' { Find-Patient -City Stopp -First 1 }
        Find-Patient | Where-Object Version -GT 1 | ForEach-Object { $_.City | Should -Be 'Stopp' }
        Assert-Sound
    }

    It 'Ctrl+C ends a whole process cleanly' -Skip:$IsWindows {
        Disconnect-PatientStore $store
        $process = Start-FreshProcess "Import-Module '$Manifest'; Connect-PatientStore '$($store.Location)' | Out-Null; 'ready'; New-PatientSample -Count ([long]::MaxValue) -Seed 1 | Import-Patient; 'not reached'"
        $process.StandardOutput.ReadLine() | Should -Be 'ready'
        $store = Connect-PatientStore $store.Location
        while (-not (Find-Patient -First 1)) {
            $process.WaitForExit(20) | Should -BeFalse -Because 'the import has no end'
        }
        kill -INT $process.Id
        $result = Wait-FreshProcess $process
        $result.Output | Should -BeNullOrEmpty -Because 'nothing is done after the stop'
        Assert-Sound
        New-Patient -FamilyName Danach | Should -Not -BeNullOrEmpty
    }
}
