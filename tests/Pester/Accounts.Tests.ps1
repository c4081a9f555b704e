BeforeDiscovery { . $PSScriptRoot/Suite.ps1 }
BeforeAll { . $PSScriptRoot/Suite.ps1 }

Describe 'A protected store' {
    BeforeAll {
        $store = New-ProtectedStore
        $PSDefaultParameterValues = @{ '*-Patient*:Store' = $store; 'Connect-PatientStore:Path' = $store.Location }
        New-Patient -FamilyName Alpha | Out-Null
        $newPassword = (New-TestCredential Any 'Wind in den Weiden 8').Password
    }
    AfterAll { Disconnect-PatientStore $store }

    It 'says so, and who one is' {
        $page = Get-PatientStore
        $page.IsProtected, $page.IsAudited, $page.Account, $page.Role | Should -Be $true, $true, 'Administrator', 'Administrator'
        $page | Out-String | Should -Match 'Administrator'
        (Get-PatientStoreAccount).Name | Should -Be 'Administrator', 'Auditor', 'Editor', 'Reader'
        Get-PatientStoreAccount | Out-String | Should -Match '(?m)^Reader +Reader +Enabled'
    }

    It 'is opened by nobody without a login' {
        $problem = Get-OnlyError { Connect-PatientStore }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CredentialRequired,*'
        $problem.CategoryInfo.Category | Should -Be 'AuthenticationError'
    }

    It 'lets <Role> do what the role allows' -ForEach @(
        @{ Role = 'Administrator'; Allowed = 'Find-Patient', 'New-Patient', 'Get-PatientAuditHead', 'Get-PatientStoreSession' }
        @{ Role = 'Editor'; Allowed = 'Find-Patient', 'New-Patient' }
        @{ Role = 'Reader'; Allowed = , 'Find-Patient' }
        @{ Role = 'Auditor'; Allowed = , 'Get-PatientAuditHead' }
    ) {
        $session = Connect-PatientStore -Credential (New-TestCredential $Role)
        $session.Role | Should -Be $Role
        $works = @{
            'Find-Patient' = { Find-Patient -Name Alpha -Store $session }
            'New-Patient' = { New-Patient -FamilyName Neu -Store $session }
            'Get-PatientAuditHead' = { Get-PatientAuditHead -Store $session }
            'Get-PatientStoreSession' = { Get-PatientStoreSession -Store $session }
        }
        foreach ($name in $works.Keys) {
            if ($name -in $Allowed) { & $works[$name] | Should -Not -BeNullOrEmpty -Because $name }
            else { (Get-OnlyError $works[$name]).FullyQualifiedErrorId | Should -BeLike 'PermissionDenied,*' -Because $name }
        }
        Disconnect-PatientStore $session
        @(Get-PatientAuditEvent -Outcome Refused -Account $Role | Where-Object ErrorId -EQ PermissionDenied).Count | Should -Be ($works.Count - $Allowed.Count)
    }

    It 'answers an unknown name, a wrong password, a disabled and a locked account in the same words, and unlocks' {
        Set-PatientStoreSetting LockoutThreshold 2
        'Locked', 'Disabled' | ForEach-Object { New-PatientStoreAccount (New-TestCredential $_) -Role Reader | Out-Null }
        Set-PatientStoreAccount Disabled -Status Disabled
        $tries = (New-TestCredential Nobody), (New-TestCredential Locked wrong), (New-TestCredential Locked wrong), (New-TestCredential Locked), (New-TestCredential Disabled)
        $problems = $tries | ForEach-Object { $try = $_; Get-OnlyError { Connect-PatientStore -Credential $try } }
        $problems.FullyQualifiedErrorId | Select-Object -Unique | Should -BeLike 'LoginFailed,*'
        $problems | ForEach-Object ToString | Select-Object -Unique | Should -HaveCount 1
        $locked = Get-PatientStoreAccount Locked
        $locked.Status, $locked.FailedAttempts | Should -Be 'Locked', 2
        $locked.LockedUntil | Should -BeGreaterThan ([datetime]::UtcNow)

        $unlocked = Unlock-PatientStoreAccount Locked -PassThru
        $unlocked.Status, $unlocked.FailedAttempts | Should -Be 'Enabled', 0
        Connect-PatientStore -Credential (New-TestCredential Locked) | Disconnect-PatientStore
        (Get-PatientStoreAccount Locked).LastLogin | Should -Not -BeNullOrEmpty
        Set-PatientStoreSetting LockoutThreshold -Reset
    }

    It 'keeps its last administrator: <_>' -ForEach 'Remove-PatientStoreAccount Administrator -Confirm:$false', 'Set-PatientStoreAccount Administrator -Role Editor', 'Set-PatientStoreAccount Administrator -Status Disabled' {
        (Get-OnlyError ([scriptblock]::Create($_))).FullyQualifiedErrorId | Should -BeLike 'LastAdministrator,*'
        (Get-PatientStoreAccount Administrator).Role | Should -Be 'Administrator'
    }

    It 'lets everybody change the own password with the old one; other sessions of the account end' {
        $credential = New-TestCredential Anna
        New-PatientStoreAccount $credential -Role Reader | Out-Null
        $own, $other = 1..2 | ForEach-Object { Connect-PatientStore -Credential $credential }
        $wrong = (New-TestCredential Any wrong).Password
        (Get-OnlyError { Set-PatientStoreAccount -OldPassword $wrong -Password $newPassword -Store $own }).FullyQualifiedErrorId | Should -BeLike 'LoginFailed,*'
        Set-PatientStoreAccount -OldPassword $credential.Password -Password $newPassword -Store $own
        Find-Patient -Name Alpha -Store $own | Should -Not -BeNullOrEmpty
        (Get-OnlyError { Find-Patient -Store $other }).FullyQualifiedErrorId | Should -BeLike 'SessionClosed,*'
        (Get-OnlyError { Connect-PatientStore -Credential $credential }).FullyQualifiedErrorId | Should -BeLike 'LoginFailed,*'
        Disconnect-PatientStore $own
    }

    It 'ends a session in another process, by -Id and by a change of the role' {
        $rest = 'try { "$($session.SessionId)"; for (;;) { $null = Find-Patient -Name Alpha; Start-Sleep -Milliseconds 20 } } catch { ($_.FullyQualifiedErrorId -split ",")[0] }'
        New-PatientStoreAccount (New-TestCredential Berta) -Role Reader | Out-Null
        $processes = 'Reader', 'Berta' | ForEach-Object { Start-FreshProcess "$(Get-ConnectScript $store $_)`n$rest" }
        $ids = $processes | ForEach-Object { $_.StandardOutput.ReadLine() }
        $open = Get-PatientStoreSession | Where-Object SessionId -In $ids
        $open.Account | Sort-Object | Should -Be 'Berta', 'Reader'
        $open.ProcessId | Sort-Object | Should -Be ($processes.Id | Sort-Object)
        Disconnect-PatientStore -Id $ids[0]
        Set-PatientStoreAccount Berta -Role Auditor
        $processes | ForEach-Object { (Wait-FreshProcess $_).Output | Should -Be 'SessionClosed' }
        (Get-OnlyError { Disconnect-PatientStore -Id $ids[0] }).FullyQualifiedErrorId | Should -BeLike 'SessionNotFound,*'
    }

    It 'takes a session that was handed to other runspaces' {
        $editor = Connect-PatientStore -Credential (New-TestCredential Editor)
        1..4 | ForEach-Object -Parallel {
            Import-Module $using:Manifest
            1..5 | ForEach-Object { New-Patient -FamilyName Faden -Store $using:editor | Out-Null }
        } -ThrottleLimit 4
        $editor.IsOpen | Should -BeTrue
        @(Find-Patient -Name Faden).Count | Should -Be 20
        $events = Get-PatientAuditEvent -Operation AddPatient -Account Editor | Where-Object SessionId -EQ $editor.SessionId
        $events.Count | Should -Be 20
        ($events.Patients | Sort-Object -Unique).Count | Should -Be 20
        Disconnect-PatientStore $editor
    }

    It 'refuses such a session everywhere when it is ended meanwhile, and keeps all that was told as written' {
        $editor = Connect-PatientStore -Credential (New-TestCredential Editor)
        $job = 1..4 | ForEach-Object -Parallel {
            Import-Module $using:Manifest
            try { for (;;) { (New-Patient -FamilyName Ende -Store $using:editor -ErrorAction Stop).Id } }
            catch { ($_.FullyQualifiedErrorId -split ',')[0] }
        } -ThrottleLimit 4 -AsJob
        $patience = [datetime]::UtcNow.AddMinutes(1)
        while (@(Find-Patient -Name Ende).Count -lt 10 -and [datetime]::UtcNow -lt $patience) { Start-Sleep -Milliseconds 20 }
        Disconnect-PatientStore -Id $editor.SessionId
        $told = $job | Receive-Job -Wait -AutoRemoveJob
        $told -eq 'SessionClosed' | Should -HaveCount 4
        $told -ne 'SessionClosed' | ForEach-Object ToString | Sort-Object | Should -Be (Find-Patient -Name Ende | ForEach-Object { "$($_.Id)" } | Sort-Object) -Because 'what is written is told'
        $editor.IsOpen | Should -BeFalse
    }

    It 'takes the credential of a scheduled task from a file that is its owner''s alone' {
        $file = Join-Path $TestDrive 'nightly.xml'
        New-TestCredential Reader | Export-Clixml $file
        if (-not $IsWindows) {
            [IO.File]::SetUnixFileMode($file, 'UserRead, UserWrite, GroupRead, OtherRead')
            $problem = Get-OnlyError { Connect-PatientStore -CredentialPath $file }
            $problem.FullyQualifiedErrorId | Should -BeLike 'CredentialFileExposed,*'
            $problem.ToString() | Should -Match 'chmod 600'
            [IO.File]::SetUnixFileMode($file, 'UserRead, UserWrite')
        }
        $session = Connect-PatientStore -CredentialPath $file -Reason nightly
        $session.Account, $session.Role | Should -Be 'Reader', 'Reader'
        (Get-PatientAuditEvent -Operation Connect -Newest 1).Reason | Should -Be 'nightly'
        Disconnect-PatientStore $session
    }

    It 'asks nobody anything under -NonInteractive' {
        $ids = Invoke-FreshProcess "Import-Module '$Manifest'
            try { Connect-PatientStore '$($store.Location)' } catch { `$_.FullyQualifiedErrorId }
            try { Connect-PatientStore '$($store.Location)' -Credential Reader } catch { `$_.FullyQualifiedErrorId }
            try { New-PatientStoreAccount -Role Reader } catch { `$_.FullyQualifiedErrorId }"
        # What PowerShell would ask stands there, too, but nobody is waited for.
        $ids -join ' ' | Should -Match 'CredentialRequired,.*ParameterArgumentTransformationError,.*MissingMandatoryParameter,'
    }
}

Describe 'A store whose administrator is gone' {
    It 'gets one from the owner of its file, and the trail tells it' {
        $store = New-ProtectedStore
        $rescue = New-TestCredential Rescue 'Wind in den Weiden 8'
        $account = Reset-PatientStoreAdministrator $store.Location $rescue -Reason 'password lost' -Confirm:$false
        $account.Name, $account.Role, $account.Status | Should -Be 'Rescue', 'Administrator', 'Enabled'
        (Get-OnlyError { Find-Patient -Store $store }).FullyQualifiedErrorId | Should -BeLike 'SessionClosed,*'
        Connect-PatientStore $store.Location -Credential $rescue | Out-Null
        $mark = Get-PatientAuditEvent -Operation ResetAdministrator
        $mark.Command, $mark.Reason, $mark.Outcome | Should -Be 'Reset-PatientStoreAdministrator', 'password lost', 'Succeeded'
        $mark.UserName | Should -Not -BeNullOrEmpty
        Test-PatientAuditTrail -Quiet | Should -BeTrue
        Disconnect-PatientStore
    }
}

Describe 'An open store' {
    It 'becomes protected with its first account, an administrator; all others have to log in' {
        $store = New-TestStore
        $other = Connect-PatientStore $store.Location
        $PSDefaultParameterValues = @{ '*-Patient*:Store' = $store }
        Set-PatientStoreSetting PasswordCost 10
        (Get-PatientStore).IsProtected | Should -BeFalse
        (Get-OnlyError { Connect-PatientStore $store.Location -Credential (New-TestCredential Any) }).FullyQualifiedErrorId | Should -BeLike 'StoreHasNoAccounts,*'
        (Get-OnlyError { New-PatientStoreAccount (New-TestCredential Reader) -Role Reader }).FullyQualifiedErrorId | Should -BeLike 'FirstAccountNotAdministrator,*'
        New-PatientStoreAccount (New-TestCredential First) -Role Administrator | Out-Null
        $store.Account, (Get-PatientStore).IsProtected | Should -Be 'First', $true
        (Get-OnlyError { Find-Patient -Store $other }).FullyQualifiedErrorId | Should -BeLike 'SessionClosed,*'
        (Get-OnlyError { Connect-PatientStore $store.Location }).FullyQualifiedErrorId | Should -BeLike 'CredentialRequired,*'
        Disconnect-PatientStore $store
    }
}
