using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Commands;

/// <summary>Test-Patient and Test-PatientBatch: what they take, and what they write. What rules find is tested in Core.</summary>
public sealed class ValidationCommandTests : IDisposable
{
    private const string Good = """{"resourceType":"Patient","id":"p1","name":[{"family":"Buntspecht","given":["Ada"]}],"gender":"female","birthDate":"1958-03-04"}""";
    private const string Bad = """{"resourceType":"Patient","id":"p2","name":[{"family":"Ahorn"}],"gender":"weiblich","birthDate":"1960-05-06"}""";
    private const string Cut = """{"resourceType":"Patient","name":[{"family":"Ahorn"}""";
    private readonly HostedShell _shell = HostedShell.Start();
    private readonly string _folder = Directory.CreateTempSubdirectory("PatientTools-").FullName;

    public ValidationCommandTests()
    {
        _shell.Set("folder", _folder);
        _shell.Set("good", Good);
        _shell.Set("bad", Bad);
        _shell.Set("cut", Cut);
        _shell.Run("Set-StrictMode -Version 3").Succeeded();
    }

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("$bad")]
    [InlineData("\" $bad `n\"")]
    [InlineData("\"{`n`\"resourceType`\":`\"Patient`\",`n`\"gender`\":`\"weiblich`\"}\"")]
    [InlineData("@{ resourceType = 'Patient'; gender = 'weiblich' }")]
    [InlineData("@{ name = @(@{ family = 'Ahorn' }); gender = 'weiblich' }")]
    [InlineData("[pscustomobject]@{ resourceType = 'Patient'; gender = 'weiblich' }")]
    [InlineData("\"$folder/bad.ndjson\"", false)]
    [InlineData("[IO.FileInfo]\"$folder/bad.ndjson\"", false)]
    public void The_same_fault_is_found_however_it_comes(string input, bool one = true)
    {
        Write("bad.ndjson", Bad);
        foreach (var cmdlet in one ? ["Test-Patient", "Test-PatientBatch"] : (string[])["Test-PatientBatch"])
        {
            Assert.Equal(["GenderCode"], Rules($"{input} | {cmdlet} -Rule GenderCode, JsonSyntax"));
        }
    }

    [Theory]
    [InlineData("$cut", "JsonSyntax")]
    [InlineData("'[{\"resourceType\":'", "JsonSyntax")]
    [InlineData("'{\"resourceType\":\"Patient\",\"id\":\"a\",\"id\":\"b\"}'", "JsonDuplicateMember")]
    [InlineData("'{\"resourceType\":\"Observation\"}'", "NotAPatient")]
    [InlineData("@{ resourceType = 'Observation' }", "NotAPatient")]
    [InlineData("@{ Nix = 1 }", "SourceContent")]
    [InlineData("@{ FamilyName = 'A'; BirthDate = 'gestern' }", "SourceContent")]
    [InlineData("@{ resourceType = 'Patient'; active = [Threading.Thread]::CurrentThread }", "SourceContent")]
    public void What_cannot_be_read_is_a_fatal_issue_and_no_error(string input, string rule)
    {
        foreach (var cmdlet in new[] { "Test-Patient", "Test-PatientBatch" })
        {
            Assert.Equal([$"Fatal False {rule}"], Texts($"{input} | {cmdlet} | ForEach-Object {{ \"$($_.HighestSeverity) $($_.IsValid) $($_.Issues.RuleId)\" }}"));
        }
    }

    [Fact]
    public void A_text_may_hold_many_patients()
    {
        Assert.Equal(["True", "False"], Texts("\"$good`n$bad\" | Test-PatientBatch | ForEach-Object IsValid"));
        Assert.Equal(["True", "False"], Texts("\"[$good, $bad]\" | Test-PatientBatch | ForEach-Object IsValid"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_and_keeps_no_other()
    {
        Write("good.ndjson", Good);
        var result = _shell.Run("Test-PatientBatch \"$folder/none.ndjson\", \"$folder/good.ndjson\"");
        result.FailedWith("FileNotFound");
        Assert.Single(result.Output);
        Assert.Equal("False", _shell.Run("Test-PatientBatch \"$folder/none.ndjson\" -Quiet").Output[0].ToString());
        _shell.Run("5 | Test-PatientBatch").FailedWith("UnsupportedInput");
    }

    [Theory]
    [InlineData("\"$folder/locked.ndjson\"", "FileUnreadable")]
    [InlineData("'no-drive:/a.ndjson'", "PathNotInFileSystem")]
    [InlineData("'no-drive:/*.ndjson'", "PathNotInFileSystem")]
    [InlineData("' '", "PathNotInFileSystem")]
    public void Whatever_keeps_a_file_from_being_read_keeps_no_other(string first, string errorId)
    {
        Write("locked.ndjson", Good);
        Write("good.ndjson", Good);
        using var held = new FileStream(Path.Combine(_folder, "locked.ndjson"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        foreach (var script in new[] { $"{first}, \"$folder/good.ndjson\" | Test-PatientBatch", $"Test-PatientBatch -Path {first}, \"$folder/good.ndjson\"" })
        {
            var result = _shell.Run(script);
            result.FailedWith(errorId);
            Assert.Single(result.Output);
        }

        Assert.Equal("False", _shell.Run($"{first} | Test-PatientBatch -Quiet").Output[0].ToString());
    }

    [Fact]
    public void Dates_of_a_CSV_file_that_are_none_are_warned_of_as_by_an_import()
    {
        Write("a.csv", "FamilyName;BirthDate\nBuche;1970-02-30\nEiche;1970-02-03\n");
        var result = _shell.Run("Test-PatientBatch \"$folder/a.csv\"");
        Assert.Equal(2, result.Succeeded().Output.Count);
        Assert.Equal("a.csv, line 1: Column 'BirthDate': 1 value is not readable as BirthDate; kept as legacy.", Assert.Single(result.Warnings));
    }

    [Fact]
    public void Test_Patient_says_who_checks_files() =>
        Assert.Contains("Test-PatientBatch", _shell.Run("[IO.FileInfo]\"$folder/a.ndjson\" | Test-Patient").FailedWith("UnsupportedInput").ToString(), StringComparison.Ordinal);

    [Fact]
    public void Results_come_in_the_order_of_the_input_with_file_and_line()
    {
        Write("a.ndjson", $"{Good}\n{Cut}\n");
        Write("b.csv", "FamilyName;BirthDate\nBuche;1970-01-02\n");
        Assert.Equal(
            ["1 a.ndjson 1", "2 a.ndjson 2", "3 pipeline 0", "4 b.csv 2"],
            Texts("\"$folder/a.ndjson\", @{ FamilyName = 'Eiche' }, [IO.FileInfo]\"$folder/b.csv\" | Test-PatientBatch | ForEach-Object { \"$($_.Number) $($_.File) $($_.Line)\" }"));
        Assert.Equal(
            Texts("New-PatientSample 2000 -Seed 3 | ForEach-Object Id"),
            Texts("New-PatientSample 2000 -Seed 3 | Test-PatientBatch -ThrottleLimit 4 | ForEach-Object FhirId"));
    }

    [Fact]
    public void Neither_files_nor_pipelines_need_a_store_and_questions_do()
    {
        Write("good.ndjson", Good);
        _shell.Run("Test-PatientBatch \"$folder/good.ndjson\"; $good | Test-Patient; New-PatientSample | Test-PatientBatch").Succeeded();
        foreach (var script in new[] { "Test-PatientBatch -All", "Test-PatientBatch -City Bonn", "Test-Patient -Mrn 1", "$good | Test-Patient -CompareWithStore" })
        {
            _shell.Run(script).FailedWith("NotConnected");
        }
    }

    [Theory]
    [InlineData("Test-PatientBatch", "NothingToCheck")]
    [InlineData("Test-Patient", "NothingToCheck")]
    [InlineData("Test-PatientBatch x -City Bonn", "QuestionNeedsStore")]
    [InlineData("$good | Test-Patient -City Bonn", "QuestionNeedsStore")]
    [InlineData("Test-PatientBatch -All -FamilyName A", "QuestionNeedsStore")]
    [InlineData("$good | Test-Patient -Quiet -Summary", "QuietOrSummary")]
    [InlineData("$good | Test-Patient -Rule Kvnrformt", "UnknownRule")]
    [InlineData("$good | Test-Patient -ExcludeRule Nix*", "UnknownRule")]
    [InlineData("$good | Test-Patient -Severity @{ Nix = 'Error' }", "UnknownRule")]
    [InlineData("$good | Test-Patient -Severity @{ GenderCode = 'Awful' }", "InvalidSeverity")]
    [InlineData("$good | Test-Patient -Severity @{ GenderCode = '3' }", "InvalidSeverity")]
    [InlineData("$good | Test-Patient -RuleFile \"$folder/none.json\"", "FileNotFound")]
    [InlineData("$good | Test-Patient -TimeoutSeconds 0", "ParameterArgumentValidationError")]
    [InlineData("$good | Test-PatientBatch -ThrottleLimit 0", "ParameterArgumentValidationError")]
    public void What_cannot_be_meant_is_one_error_before_anything_is_checked(string script, string errorId)
    {
        var result = _shell.Run(script);
        result.FailedWith(errorId);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Rules_are_chosen_and_weighed()
    {
        Assert.Equal(["GenderCode"], Rules("$bad | Test-Patient -Rule Gender*"));
        Assert.Empty(Rules("$bad | Test-Patient -Rule Gender* -ExcludeRule GenderCode"));
        Assert.Equal(["Warning True"], Texts("$bad | Test-Patient -Rule Gender* -Severity @{ GenderCode = 'Warning'; '*' = 'Fatal' } | ForEach-Object { \"$($_.HighestSeverity) $($_.IsValid)\" }"));
        Assert.Equal(["Information"], Texts("$bad | Test-Patient -Rule Gender* -Severity ([ordered]@{ '*' = 'Fatal'; 'Gender*' = 'Information' }) | ForEach-Object HighestSeverity"));
    }

    [Fact]
    public void Only_what_is_bad_enough_is_written()
    {
        const string Input = "$good, $bad, @{ FamilyName = 'TEST'; Gender = 'female'; BirthDate = '1990' }";
        Assert.Equal(["p2"], Texts($"{Input} | Test-PatientBatch -InvalidOnly | ForEach-Object FhirId"));
        Assert.Equal(2, _shell.Run($"{Input} | Test-PatientBatch -InvalidOnly -MinimumSeverity Warning").Succeeded().Output.Count);
        Assert.Equal(3, _shell.Run($"{Input} | Test-PatientBatch -InvalidOnly:$false -MinimumSeverity Fatal").Succeeded().Output.Count);
        Assert.Contains("Information", Texts($"{Input} | Test-PatientBatch | ForEach-Object {{ $_.Issues }} | ForEach-Object Severity"));
        Assert.Equal(["Error", "Warning"], Texts($"{Input} | Test-PatientBatch -MinimumSeverity Warning | ForEach-Object {{ $_.Issues }} | ForEach-Object Severity").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("$good | Test-PatientBatch -Quiet", true)]
    [InlineData("$good, $bad | Test-PatientBatch -Quiet", false)]
    [InlineData("$good, $cut, $good | Test-Patient -Quiet", false)]
    [InlineData("@() | Test-PatientBatch -Quiet", true)]
    [InlineData("@{ FamilyName = 'TEST'; Gender = 'female'; BirthDate = '1990-05-05' } | Test-Patient -Quiet", true)]
    [InlineData("@{ FamilyName = 'TEST'; Gender = 'female'; BirthDate = '1990-05-05' } | Test-Patient -Quiet -MinimumSeverity Warning", false)]
    public void Quiet_is_one_bool(string script, bool expected) =>
        Assert.Equal(expected, Assert.Single(_shell.Run(script).Succeeded().Values<bool>()));

    [Fact]
    public void A_summary_is_one_object_that_counts_everything()
    {
        Write("a.ndjson", $"{Good}\n{Bad}\n{Cut}\n");
        Assert.Equal(
            ["3 1 2 2 | GenderCode: 1, JsonSyntax: 1 | Fatal: 1, Error: 1 | a.ndjson: 2"],
            Texts("Test-PatientBatch \"$folder/a.ndjson\" -Summary -Rule GenderCode, JsonSyntax | ForEach-Object { \"$($_.Patients) $($_.Valid) $($_.Invalid) $($_.Issues) | $($_.ByRule -join ', ') | $($_.BySeverity -join ', ') | $($_.BySource -join ', ')\" }"));
    }

    [Fact]
    public void Select_First_and_stopping_end_an_endless_batch()
    {
        Assert.Single(_shell.Run("foreach ($once in 1) { New-PatientSample ([long]::MaxValue) -Seed 1 | Test-PatientBatch | ForEach-Object { $_; break } }").Succeeded().Output);
        Assert.Empty(_shell.RunAndStopAfter(3, "New-PatientSample ([long]::MaxValue) -Seed 1 | Test-PatientBatch").Errors);
        Assert.Empty(_shell.RunAndStopAfter(3, "New-PatientSample ([long]::MaxValue) -Seed 1 | Test-Patient -ScriptRule { $true }").Errors);
    }

    [Theory]
    [InlineData("de-DE", "de-AT", true)]
    [InlineData("en-US", "fr-FR", false)]
    public void Messages_follow_the_culture(string one, string other, bool german)
    {
        foreach (var culture in new[] { one, other })
        {
            var message = Texts($"[cultureinfo]::CurrentUICulture = '{culture}'; $bad | Test-Patient -Rule GenderCode | ForEach-Object Message")[0];
            Assert.Equal(german, message.Contains("Geschlecht", StringComparison.OrdinalIgnoreCase));
        }
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);

    private IReadOnlyList<string> Texts(string script) =>
        [.. _shell.Run($". {{ {script} }} | ForEach-Object {{ \"$_\" }}").Succeeded().Output.Select(value => (string)value.BaseObject)];

    private IReadOnlyList<string> Rules(string script) =>
        Texts($"{script} | ForEach-Object {{ $_.Issues }} | ForEach-Object RuleId");
}
