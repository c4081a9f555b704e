BeforeDiscovery {
    . $PSScriptRoot/Suite.ps1
    # Whoever tampers with a trail goes past the module; Python has SQLite with it.
    $Python = Get-Command python3, python -CommandType Application -ErrorAction Ignore |
        Where-Object { & $_ -c 'import sqlite3' 2>&1 | Out-Null; $LASTEXITCODE -eq 0 } | Select-Object -First 1
    if (-not $Python) { Write-Warning 'There is no Python with sqlite3, so that tampering with the trail is skipped.' }
}
BeforeAll { . $PSScriptRoot/Suite.ps1 }

Describe 'The audit trail' {
    BeforeEach {
        $store = New-TestStore
        1..5 | ForEach-Object { New-Patient -FamilyName "Geheim$_" -City Bonn } | Out-Null
        $head = Get-PatientAuditHead
        function Get-Told($Session = $store) {
            Get-PatientAuditEvent -Store $Session | Where-Object Number -GT $head.Number | Where-Object Command -NotLike *-PatientAudit* |
                ForEach-Object { "$($_.Command) $($_.Operation) $($_.Outcome) $($_.PatientCount)" }
        }
    }
    AfterEach { if ($store.IsOpen) { Disconnect-PatientStore $store } }

    It 'has one event for each call of a cmdlet, with all its patients' {
        Find-Patient -City Bonn | Set-Patient -City Ulm
        Get-Told | Sort-Object | Should -Be 'Find-Patient SearchPatients Succeeded 5', 'Set-Patient ChangePatient Succeeded 5'
        $change = Get-PatientAuditEvent -Operation ChangePatient
        $change.Patients | ForEach-Object ToString | Sort-Object | Should -Be (Find-Patient -City Ulm | ForEach-Object { "$($_.Id)" } | Sort-Object)
        $change.UserName, $change.Machine, $change.ProcessId | Should -Be ([Environment]::UserName), ([Environment]::MachineName), $PID
        $change.SessionId | Should -Be $store.SessionId
        $change | Out-String | Should -Match 'ChangePatient'
    }

    It 'says of a call whose reader had enough whom it handed on until then' {
        Find-Patient | Select-Object -First 1 | Should -HaveCount 1
        Get-Told | Should -Be 'Find-Patient SearchPatients Stopped 1'
    }

    It 'tells a reader without the right to write, too' {
        $reader = Connect-PatientStore $store.Location -ReadOnly
        Find-Patient -Store $reader | Should -HaveCount 5
        Disconnect-PatientStore $reader
        Get-PatientAuditEvent -Store $store | Where-Object SessionId -EQ $reader.SessionId | ForEach-Object { "$($_.Operation) $($_.PatientCount)" } |
            Should -Be 'Connect 0', 'SearchPatients 5', 'Disconnect 0'
    }

    It 'is complete when a process ends that disconnected from nothing' {
        $id = Invoke-FreshProcess "Import-Module '$Manifest'; (Connect-PatientStore '$($store.Location)').SessionId.ToString(); `$null = Find-Patient; exit 0"
        Get-PatientAuditEvent | Where-Object SessionId -EQ $id | ForEach-Object { "$($_.Operation) $($_.Outcome) $($_.PatientCount)" } |
            Should -Be 'Connect Succeeded 0', 'SearchPatients Succeeded 5', 'Disconnect Succeeded 0'
    }

    It 'keeps reasons, and a setting can require them' {
        Set-PatientStoreSetting ReasonRequired Changes -Reason 'house rules'
        $problem = Get-OnlyError { New-Patient -FamilyName Neu }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ReasonRequired,*'
        $problem.ToString() | Should -Match '-Reason'
        Find-Patient -Name Geheim1 | Should -HaveCount 1 -Because 'reading needs none'
        $PSDefaultParameterValues = @{ '*-Patient*:Reason' = 'new case' }
        New-Patient -FamilyName Neu | Out-Null
        $PSDefaultParameterValues = @{}
        Set-PatientStoreSetting ReasonRequired All -Reason 'stricter rules'
        (Get-OnlyError { Find-Patient }).FullyQualifiedErrorId | Should -BeLike 'ReasonRequired,*'
        Find-Patient -Name Neu -Reason 'call of the family' | Should -HaveCount 1
        (Get-OnlyError { Find-Patient -Reason "two`nlines" }).FullyQualifiedErrorId | Should -BeLike 'ReasonInvalid,*'
        (Get-PatientAuditEvent -Outcome Succeeded | Where-Object Reason).Reason | Should -Be 'house rules', 'new case', 'stricter rules', 'call of the family'
        (Get-PatientAuditEvent -Outcome Refused).ErrorId | Should -Be 'ReasonRequired', 'ReasonRequired'
    }

    It 'is asked by patient, operation, outcome and number' {
        $one = Find-Patient -Name Geheim3
        $one | Remove-Patient -Confirm:$false
        $one | Get-PatientAuditEvent | ForEach-Object { "$($_.Operation)" } | Sort-Object | Should -Be 'AddPatient', 'RemovePatient', 'SearchPatients'
        Get-PatientAuditEvent -Operation AddPatient | Should -HaveCount 5
        Get-PatientAuditEvent -Operation AddPatient, RemovePatient -Newest 2 | ForEach-Object Operation | Should -Be 'AddPatient', 'RemovePatient'
        (Get-OnlyError { Get-Patient $one.Id }).FullyQualifiedErrorId | Should -BeLike 'PatientRemoved,*'
        (Get-PatientAuditEvent -Outcome Failed).ErrorId | Should -Be 'PatientRemoved'
    }

    It 'is asked by time: times without an offset are local ones' {
        # A place where local time is far from that of the trail.
        $zone = $env:TZ
        $env:TZ = 'Asia/Tokyo'
        try {
            $counts = Invoke-FreshProcess "Import-Module '$Manifest'
                `$null = Connect-PatientStore '$($store.Location)'
                `$minuteAgo, `$minuteAhead = -1, 1 | ForEach-Object { [datetime]::Now.AddMinutes(`$_).ToString('yyyy-MM-dd HH:mm:ss') }
                @(Get-PatientAuditEvent -Operation AddPatient -Since `$minuteAgo -Until `$minuteAhead).Count
                @(Get-PatientAuditEvent -Operation AddPatient -Until `$minuteAgo).Count
                @(Get-PatientAuditEvent -Operation AddPatient -Since `$minuteAhead).Count
                @(Get-PatientAuditEvent -Operation AddPatient -Since ([datetime]::UtcNow.AddMinutes(-1)) -Until ([datetime]::UtcNow)).Count"
        }
        finally { $env:TZ = $zone }
        $counts | Should -Be 5, 0, 0, 5
    }

    It 'holds nothing of what patients'' data says, and no path' {
        $file = Join-Path $TestDrive 'Geheim-Datei.ndjson'
        Set-Content $file '{"resourceType":"Patient","id":"Geheim-Quelle","name":[{"family":"Geheim"}]}'
        New-Patient -FamilyName Geheim -Mrn GEHEIM-1 -Kvnr A123456780 | Out-Null
        Import-Patient $file | Out-Null
        Find-Patient -Name Geheim -City Bonn | Out-Null
        Find-Patient -Filter "FamilyName -like 'Geheim*' -and Kvnr -eq 'A123456780'" | Out-Null
        Get-Patient -Mrn GEHEIM-1 | Set-Patient -GivenName Geheim
        Get-OnlyError { Get-Patient -Kvnr G999999999 } | Out-Null
        Find-Patient | Export-Patient (Join-Path $TestDrive 'Geheim.csv')
        $all = Get-PatientAuditEvent | ConvertTo-Json -Depth 4
        $all | Should -Match 'FamilyName' -Because 'the shape of a search is kept'
        $all | Should -Not -Match 'geheim|A123456780|G999999999'
        $all | Should -Not -Match ([regex]::Escape((Split-Path -Leaf $TestDrive)))
    }
}

Describe 'A head of the trail that is kept elsewhere' -Skip:(-not $Python) -ForEach @{ Python = "$($Python.Source)" } {
    BeforeAll {
        $store = New-TestStore
        1..10 | ForEach-Object { New-Patient -FamilyName "Nr$_" } | Out-Null
        $kept = "$(Get-PatientAuditHead)"
        $added = (Get-PatientAuditEvent -Operation AddPatient).Number
        Disconnect-PatientStore $store

        # Opens a copy on which somebody has worked with SQL.
        function Open-Tampered([string] $Sql) {
            $copy = Join-Path $TestDrive "$([guid]::NewGuid()).ptstore"
            Copy-Item $store.Location $copy
            & $Python -c 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.close()' $copy $Sql
            $LASTEXITCODE | Should -Be 0
            Connect-PatientStore $copy | Out-Null
        }
    }
    AfterEach { Disconnect-PatientStore }

    It 'proves a trail that nobody touched' {
        Open-Tampered 'SELECT 1'
        $check = $kept | Test-PatientAuditTrail
        $check.IsValid | Should -BeTrue
        $check.ProvenUntil | Should -BeGreaterThan $added[-1]
        (Test-PatientAuditTrail).Result | Should -Match 'consistent, unproven since'
    }

    It 'is not needed to find an event that was <What>' -ForEach @(
        @{ What = 'changed'; Sql = "UPDATE audit_event SET account = 'root' WHERE number = {0}"; Wrong = 4 }
        @{ What = 'removed'; Sql = 'DELETE FROM audit_event WHERE number = {0}'; Wrong = 4 }
    ) {
        Open-Tampered ($Sql -f $added[$Wrong])
        $check = Test-PatientAuditTrail
        $check.IsValid | Should -BeFalse
        $check.FirstWrong | Should -BeIn $added[$Wrong], ($added[$Wrong] + 1)
        Test-PatientAuditTrail -Quiet | Should -BeFalse
    }

    It 'shows a tail that was cut off, which nothing else does' {
        Open-Tampered "DELETE FROM audit_event WHERE number > $($added[4])"
        (Test-PatientAuditTrail).IsValid | Should -BeTrue
        $check = Test-PatientAuditTrail -Head $kept
        $check.IsValid | Should -BeFalse
        $check.Result | Should -Not -BeNullOrEmpty
    }
}
