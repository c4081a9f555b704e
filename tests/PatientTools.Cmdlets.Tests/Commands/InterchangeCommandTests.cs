namespace PatientTools.Cmdlets.Tests.Commands;

public sealed class InterchangeCommandTests : IDisposable
{
    private const string Summary = "ForEach-Object { \"$($_.Added) $($_.Changed) $($_.Unchanged) $($_.Rejected) $($_.Notices)\" }";
    private readonly StoreShell _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Importing_twice_changes_nothing_the_second_time()
    {
        Assert.Equal("300 0 0 0 0", _store.One<string>($"New-PatientSample -Count 300 -Seed 7 | Import-Patient | {Summary}"));
        Assert.Equal("0 0 300 0 0", _store.One<string>($"New-PatientSample -Count 300 -Seed 7 | Import-Patient | {Summary}"));
    }

    [Fact]
    public void A_bad_line_is_an_error_with_file_and_line_and_the_rest_goes_on()
    {
        _store.Write("bad.ndjson", "{\"resourceType\":\"Patient\",\"id\":\"p1\"}\n{\"resourceType\":\"Patient\"\n{\"resourceType\":\"Observation\"}\n{\"resourceType\":\"Patient\",\"id\":\"p4\"}\n");
        var result = _store.Run($"Import-Patient \"$folder/bad.ndjson\" | {Summary}");
        Assert.Equal("2 0 0 2 0", Assert.Single(result.Output).ToString());
        Assert.Equal(["InvalidJson", "NotAPatient"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.All(result.Errors.Zip([2, 3]), pair =>
        {
            Assert.Contains("bad.ndjson", pair.First.ToString(), StringComparison.Ordinal);
            Assert.Contains($"line {pair.Second}", pair.First.ToString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_bundle_without_a_patient_is_a_warning()
    {
        _store.Write("b.json", """{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Practitioner","id":"1"}}]}""");
        var result = _store.Run($"Import-Patient \"$folder/b.json\" | {Summary}").Succeeded();
        Assert.Equal("0 0 0 0 1", Assert.Single(result.Output).ToString());
        Assert.Contains("b.json", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{ FamilyName = 'Muster'; BirthDate = '1980' }")]
    [InlineData("[pscustomobject]@{ Nachname = 'Muster'; Geburtsdatum = '1980' }")]
    [InlineData("'{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Muster\"}],\"birthDate\":\"1980\"}'")]
    [InlineData("@{ resourceType = 'Patient'; name = @([pscustomobject]@{ family = 'Muster' }); birthDate = '1980' }")]
    [InlineData("[IO.FileInfo]\"$folder/one.csv\"")]
    [InlineData("\"$folder/one.csv\"")]
    [InlineData("(New-Patient -FamilyName Muster -BirthDate 1980 -Store $other)")]
    public void The_pipeline_takes_everything_a_patient_can_be_made_of(string input)
    {
        _store.Write("one.csv", "FamilyName,BirthDate\nMuster,1980\n");
        _store.Run("$default = $store; $other = New-PatientStore \"$folder/other.ptstore\"").Succeeded();
        _store.Run($"{input} | Import-Patient -Store $default").Succeeded();
        Assert.Equal("Muster 1980", _store.One<string>("Find-Patient -Store $default | ForEach-Object { \"$($_.FamilyName) $($_.BirthDate)\" }"));
    }

    [Fact]
    public void What_is_no_patient_is_one_error_each_with_its_number()
    {
        var result = _store.Run("5, @{ FamilyName = 'A' }, @{ Nix = 1 } | Import-Patient");
        Assert.Equal(["UnsupportedInput", "NoPatientKeys"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Contains("entry 3", result.Errors[1].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"$folder/none.ndjson\"", "FileNotFound")]
    [InlineData("\"$folder/*.nix\"", "NoFileMatches")]
    [InlineData("\"$folder/none/*.nix\"", "NoFileMatches")]
    [InlineData("$folder", "PathIsFolder")]
    public void A_file_that_cannot_be_read_keeps_no_other(string path, string errorId)
    {
        _store.Write("good.ndjson", "{\"resourceType\":\"Patient\",\"id\":\"p1\"}");
        var result = _store.Run($"Import-Patient {path}, \"$folder/good.ndjson\" | {Summary}");
        Assert.Equal("1 0 0 0 0", Assert.Single(result.Output).ToString());
        result.FailedWith(errorId);
    }

    [Fact]
    public void Columns_can_be_mapped()
    {
        _store.Write("m.csv", "Wer|Wo\nMüller|Bonn\n");
        _store.Run("Import-Patient \"$folder/m.csv\" -Map @{ Wer = 'FamilyName'; Wo = 'City' } -Delimiter '|' -Encoding utf8").Succeeded();
        Assert.Equal("Bonn", _store.One<string>("(Find-Patient müller).City"));
        Assert.StartsWith("ParameterArgumentTransformationError", _store.Run("Import-Patient x -Encoding klingon").Errors[0].FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_and_import_give_the_same_documents()
    {
        _store.Run("New-PatientSample -Count 40 -Seed 8 | Import-Patient -Source s; Export-Patient \"$folder/a.ndjson\" -IncludeRecord -IncludeLegacy").Succeeded();
        _store.Run("$null = New-PatientStore \"$folder/two.ptstore\"; Import-Patient \"$folder/a.ndjson\" -Source s; Export-Patient \"$folder/b.ndjson\" -IncludeRecord -IncludeLegacy").Succeeded();
        Assert.Equal(File.ReadAllText(Path.Combine(_store.Folder, "a.ndjson")), File.ReadAllText(Path.Combine(_store.Folder, "b.ndjson")));
    }

    [Fact]
    public void The_pipeline_chooses_what_is_exported()
    {
        _store.Run("New-PatientSample -Count 40 -Seed 8 | Import-Patient").Succeeded();
        Assert.True(_store.One<long>("(Find-Patient -First 3 | Export-Patient \"$folder/c.csv\" -Property FamilyName, City -PassThru).Length") > 20);
        Assert.Equal(4, File.ReadAllLines(Path.Combine(_store.Folder, "c.csv")).Length);
        Assert.Equal("FamilyName,City", File.ReadAllLines(Path.Combine(_store.Folder, "c.csv"))[0]);
    }

    [Fact]
    public void An_empty_pipeline_exports_nobody()
    {
        _store.Run("New-PatientSample -Count 4 -Seed 8 | Import-Patient; Find-Patient Nobody | Export-Patient \"$folder/none.csv\"").Succeeded();
        Assert.Single(File.ReadAllLines(Path.Combine(_store.Folder, "none.csv")));
    }

    [Theory]
    [InlineData("Export-Patient \"$folder/there.json\"", "FileExists")]
    [InlineData("Export-Patient \"$folder/none/x.json\"", "FolderNotFound")]
    [InlineData("Export-Patient \"$folder/x.csv\" -Property Nix", "UnknownExportColumn")]
    [InlineData("Export-Patient \"$folder/x.csv\" -IncludeRecord", "InvalidExportOptions")]
    public void An_export_that_cannot_be_written_is_one_error_and_leaves_nothing(string script, string errorId)
    {
        _store.Write("there.json", "mine");
        _store.Run("New-PatientSample -Count 500 -Seed 8 | Import-Patient").Succeeded();
        var before = Directory.GetFiles(_store.Folder).Length;
        _store.Run(script).FailedWith(errorId);
        Assert.Equal(before, Directory.GetFiles(_store.Folder).Length);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_store.Folder, "there.json")));
        if (errorId == "FileExists")
        {
            _store.Run(script + " -Force").Succeeded();
        }
    }

    [Fact]
    public void Samples_are_the_same_for_a_seed_and_say_what_is_planted()
    {
        Assert.Equal(_store.Texts("New-PatientSample -Count 5 -Seed 9"), _store.Texts("New-PatientSample -Count 5 -Seed 9"));
        Assert.True(_store.One<bool>("@(New-PatientSample -Count 50 -Seed 9 -DefectRate 0.5 | Where-Object Defect).Count -gt 5"));
        Assert.True(_store.One<bool>("@(New-PatientSample -Count 50 -Seed 9 -DuplicateRate 0.5 | Where-Object DuplicateOf).Count -gt 5"));
        Assert.Equal(["Alpha", "Beta"], _store.Texts("New-PatientSample -Count 2 -Seed 1 -NameStyle Greek | ForEach-Object FamilyName"));
        _store.Run("New-PatientSample -DefectRate 0.7 -DuplicateRate 0.7").FailedWith("InvalidSampleOptions");
    }
}
