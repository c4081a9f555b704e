BeforeDiscovery { . $PSScriptRoot/Suite.ps1 }
BeforeAll {
    . $PSScriptRoot/Suite.ps1
    $good = '{"resourceType":"Patient","id":"p1","name":[{"family":"Buntspecht","given":["Ada"]}],"gender":"female","birthDate":"1958-03-04"}'
    $bad = '{"resourceType":"Patient","id":"p2","name":[{"family":"Ahorn","given":["Otto"]}],"gender":"männlich","birthDate":"1958-02-30"}'
    $cut = '{"resourceType":"Patient","name":[{"family":"Ahorn"}'
    $file = Join-Path $TestDrive 'three.ndjson'
    Set-Content $file $good, $bad, $cut
}

Describe 'Checking patients' {
    It 'gives a result for each line of a file, with the line' {
        $results = Test-PatientBatch $file
        $results.Line | Should -Be 1, 2, 3
        $results.IsValid | Should -Be $true, $false, $false
        $results[2].HighestSeverity | Should -Be 'Fatal'
        Test-PatientBatch $file -Quiet | Should -BeFalse
    }

    It 'judges a hashtable as strictly as the JSON it stands for' {
        $json = $bad | Test-Patient
        $object = $bad | ConvertFrom-Json | Test-Patient
        $table = $bad | ConvertFrom-Json -AsHashtable | Test-Patient
        foreach ($result in $object, $table) {
            $result.Issues.RuleId | Should -Be $json.Issues.RuleId
            $result.Issues.Path | Should -Be $json.Issues.Path
        }
    }

    It 'takes what other commands write: <_>' -ForEach 'Get-ChildItem $TestDrive -Filter three.ndjson', 'Get-Content $file', 'Get-Content $file -Raw', '$file' {
        @(& ([scriptblock]::Create($_)) | Test-PatientBatch | ForEach-Object IsValid) | Should -Be $true, $false, $false
    }

    It 'finds the samples with a planted fault, and no others' {
        $samples = @(New-PatientSample 600 -Seed 5 -DefectRate 0.3)
        $found = @($samples | Test-PatientBatch | Where-Object IssueCount | ForEach-Object FhirId)
        $found.Count | Should -BeGreaterThan 100
        $found | Should -Be @($samples | Where-Object Defect | ForEach-Object Id)
    }

    It '-First 1 ends an endless batch at once' {
        (New-PatientSample ([long]::MaxValue) -Seed 1 | Test-PatientBatch | Select-Object -First 1).IsValid | Should -BeTrue
        Get-Content $file | Test-PatientBatch -InvalidOnly | Select-Object -First 1 | ForEach-Object FhirId | Should -Be 'p2'
    }

    It 'writes nothing into a store, and needs none' {
        Invoke-FreshProcess "Import-Module '$Manifest'; Test-PatientBatch '$file' -Summary | ForEach-Object Invalid" | Should -Be 2
    }

    It 'is the exit code of a job' {
        $job = "Import-Module '$Manifest'; if (-not (Test-PatientBatch '$file' -Quiet)) { exit 3 }; exit 0"
        (Wait-FreshProcess (Start-FreshProcess $job)).ExitCode | Should -Be 3
    }

    It 'speaks German where the session does' {
        Invoke-FreshProcess "Import-Module '$Manifest'; [cultureinfo]::CurrentUICulture = 'de-DE'; (Test-PatientBatch '$file' -Rule GenderCode)[1].Message; (Get-PatientRule GenderCode).Description" |
            Should -Match 'Geschlecht'
    }
}

Describe 'Checking patients of a store' {
    BeforeAll {
        $store = New-TestStore
        $null = New-PatientSample -Count 300 -Seed 5 | Import-Patient
        $known = New-Patient -FamilyName Mustermann -GivenName Max -City Bonn -BirthDate 1970-02-03 -Gender male
    }
    AfterAll { Disconnect-PatientStore $store }

    It 'checks all, or those that a question finds' {
        @(Test-PatientBatch -All).Count | Should -Be 301
        @(Test-PatientBatch -FamilyName Mustermann).Id | Should -Be $known.Id
        @(Test-PatientBatch -Filter { $_.FamilyName -eq 'Mustermann' }).Id | Should -Be $known.Id
        Test-PatientBatch -All -Quiet | Should -BeTrue
    }

    It 'knows a patient by <_>' -ForEach '$known', '$known.Id', '"$($known.Id)"', '[pscustomobject]@{ Id = "$($known.Id)" }', '(Find-Patient Mustermann -Property Id, City)', '(Test-Patient $known.Id)' {
        $result = & ([scriptblock]::Create($_)) | Test-Patient
        $result.Id | Should -Be $known.Id
        $result.Issues.RuleId | Should -Contain 'PlaceholderPerson'
    }

    It 'says who is not there, and goes on' {
        $results = '01890a5d-ac96-774b-bcce-b302099a8057', $known.Id | Test-Patient -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems.FullyQualifiedErrorId | Should -Match '^PatientNotFound,'
        $results.Id | Should -Be $known.Id
    }

    It 'finds who is in the store already' {
        $twin = @{ FamilyName = 'Mustermann'; GivenName = 'Max'; BirthDate = '1970-02-03'; Gender = 'male' }
        ($twin | Test-Patient -CompareWithStore).Issues.RuleId | Should -Contain 'StoredPerson'
        ($twin | Test-Patient).Issues.RuleId | Should -Not -Contain 'StoredPerson'
        ($known | Test-Patient -CompareWithStore).Issues.RuleId | Should -Not -Contain 'StoredPerson'
    }

    It 'the import refuses what has errors, and says where and why' {
        $summary = Import-Patient $file -Validate -Source checked -ErrorAction SilentlyContinue -ErrorVariable problems
        $summary.Added | Should -Be 1
        $summary.Rejected | Should -Be 2
        $problems.FullyQualifiedErrorId -replace ',.*' | Should -Be 'InvalidPatient', 'InvalidJson'
        "$($problems[0])" | Should -Match 'three\.ndjson.*line 2.*GenderCode'
        $summary = Import-Patient $file -Validate -Severity @{ GenderCode = 'Warning'; BirthDateImpossible = 'Warning' } -Source mild -ErrorAction SilentlyContinue
        $summary.Added | Should -Be 2
        (Get-OnlyError { Import-Patient $file -Rule GenderCode }).FullyQualifiedErrorId | Should -Match '^ValidateMissing,'
    }
}

Describe 'Rules' {
    It 'are listed with everything there is to know of them' {
        $rules = Get-PatientRule
        $rules.Count | Should -BeGreaterThan 50
        ($rules.Id | Sort-Object -Unique).Count | Should -Be $rules.Count
        foreach ($rule in $rules) {
            foreach ($property in 'Description', 'Example', 'Reference') { $rule.$property | Should -Not -BeNullOrEmpty -Because "$rule has a $property" }
        }
        (Get-PatientRule Kvnr*).Id | Should -Be 'KvnrFormat', 'KvnrCheckDigit'
        (Get-OnlyError { Get-PatientRule KvnrFormt }).FullyQualifiedErrorId | Should -Match '^UnknownRule,'
    }

    It 'can be written in a file' {
        $rules = Join-Path $TestDrive 'rules.json'
        Set-Content $rules '[{ "id": "NoAhorn", "severity": "warning", "require": "FamilyName -ne ''Ahorn''", "message": { "en": "No maples.", "de": "Keine Ahorne." } }]'
        (Get-PatientRule -RuleFile $rules | Where-Object Category -EQ Own).Id | Should -Be 'NoAhorn'
        (Test-PatientBatch $file -RuleFile $rules -Rule NoAhorn)[1].Issues.Message | Should -Be 'No maples.'
    }

    It 'complete with what they report' {
        foreach ($line in 'Test-PatientBatch x -Rule KvnrF', 'Test-Patient -ExcludeRule KvnrF', 'Get-PatientRule KvnrF', 'Import-Patient x -Validate -Rule KvnrF') {
            $offers = (TabExpansion2 $line $line.Length).CompletionMatches
            $offers.CompletionText | Should -Be 'KvnrFormat'
            $offers.ToolTip | Should -Match 'Error: .{10,}'
        }
        (TabExpansion2 'Test-Patient -Severity KvnrF' 28).CompletionMatches.CompletionText | Should -Be "@{ KvnrFormat = 'Error' }"
    }

    It 'may be scripts' {
        $results = Test-PatientBatch $file -Rule GenderCode -ScriptRule { if ($_.GivenName -eq 'Ada') { 'Ada is gone.' } }, { param($patient, $document) if ($document.id -eq 'p1') { @{ Message = 'one'; Severity = 'Warning'; Hint = 'two' } } }
        $results[0].Issues.RuleId | Should -Be 'ScriptRule', 'ScriptRule2'
        $results[0].Issues.Severity | Should -Be 'Error', 'Warning'
        $results[1].Issues.RuleId | Should -Be 'GenderCode'
    }

    It 'that are scripts and report an error have failed' {
        foreach ($script in { Write-Error 'oh'; 'not reached' }, { Get-Item TestDrive:/none }, { [int] 'x' }, { throw 'oh' }) {
            $result = $good | Test-Patient -Rule GenderCode -ScriptRule $script 2>&1
            $result.Issues.RuleId | Should -Be 'RuleFailed'
        }
    }

    It 'that are scripts run in constrained language as scripts do there' {
        Invoke-FreshProcess @"
            Import-Module '$Manifest'
            `$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            (Test-PatientBatch '$file' -Rule GenderCode -ScriptRule { [Threading.Thread]::Sleep(0) } | Select-Object -First 1).Issues.RuleId
            (Test-PatientBatch '$file' -Rule GenderCode -ScriptRule { if (`$_.GivenName -eq 'Ada') { 'seen' } } | Select-Object -First 1).Issues.Message
"@ | Should -Be 'RuleFailed', 'seen'
    }
}

Describe 'Reports' {
    It 'hold what was found, as <Name>' -ForEach @(
        @{ Name = 'report.json'; Read = { param($path) (Get-Content $path -Raw | ConvertFrom-Json).Count } }
        @{ Name = 'report.ndjson'; Read = { param($path) @(Get-Content $path | ConvertFrom-Json | Where-Object resourceType -EQ OperationOutcome).Count } }
        @{ Name = 'report.csv'; Read = { param($path) @(Import-Csv $path | Select-Object -ExpandProperty Line -Unique).Count } }
    ) {
        $path = Join-Path $TestDrive $Name
        $written = Test-PatientBatch $file | Export-PatientValidationReport $path -PassThru
        $written.FullName | Should -Be $path
        & $Read $path | Should -BeGreaterOrEqual 2
        (Get-OnlyError { Test-PatientBatch $file | Export-PatientValidationReport $path }).FullyQualifiedErrorId | Should -Match '^FileExists,'
        Test-PatientBatch $file | Export-PatientValidationReport $path -Force | Should -BeNullOrEmpty
    }

    It 'leave nothing behind when they are stopped' {
        $folder = (New-Item (Join-Path $TestDrive 'stopped') -ItemType Directory).FullName
        New-PatientSample ([long]::MaxValue) -Seed 1 -DefectRate 0.5 | Test-PatientBatch | Select-Object -First 500 | Export-PatientValidationReport "$folder/whole.json"
        { Test-PatientBatch $file | ForEach-Object { $_; throw 'stop' } | Export-PatientValidationReport "$folder/part.json" } | Should -Throw 'stop'
        (Get-ChildItem $folder -Force).Name | Should -Be 'whole.json'
    }
}

Describe 'What a person sees' {
    BeforeAll {
        function Get-View($Value, [int] $Width = 110) { ($Value | Out-String -Width $Width) -replace '\e\[[\d;]*m' -split '\r?\n' -ne '' }
    }

    It 'is a line for each result, with its worst message' {
        $view = Get-View (Test-PatientBatch $file)
        $view[0] | Should -Match '^Source +Name +Valid +Severity +Issues +Message'
        $view[2] | Should -Match '^three\.ndjson, line 1 +Buntspecht, Ada +True'
        $view[3] | Should -Match '^three\.ndjson, line 2 +Ahorn, Otto +False +Error +2 \S'
        $view[4] | Should -Match '^three\.ndjson, line 3 +False +Fatal +1 \S'
        $view.Count | Should -Be 5
    }

    It 'is every issue of a result in a list, with hints' {
        $view = (Get-View ($bad | Test-Patient | Format-List)) -join "`n"
        $view | Should -Match 'Error GenderCode: Patient\.gender = "männlich"'
        $view | Should -Match 'Error BirthDateImpossible: Patient\.birthDate = "1958-02-30"'
        $view | Should -Match '→ '
    }

    It 'is a table of issues' {
        (Get-View ($bad | Test-Patient).Issues)[0] | Should -Match '^Severity +RuleId +Path +Message'
    }

    It 'is a summary with all its counts' {
        $view = (Get-View (Test-PatientBatch $file -Summary)) -join "`n"
        $view | Should -Match 'Patients: 3, valid: 1, invalid: 2'
        $view | Should -Match '(?s)Issues by rule.*GenderCode: 1.*Invalid by source.*three\.ndjson: 2'
    }

    It 'is a line for each rule' {
        $view = Get-View (Get-PatientRule GenderCode)
        $view[0] | Should -Match '^Id +Severity +Category +Description'
        $view[2] | Should -Match '^GenderCode +Error +Person +\S'
    }

    It 'is the same in constrained language' {
        Invoke-FreshProcess "Import-Module '$Manifest'; `$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'; Test-PatientBatch '$file' | Out-String -Width 110" |
            Select-String 'Ahorn, Otto +False +Error +2 \S' | Should -Not -BeNullOrEmpty
    }
}
