using System.IO.Compression;
using System.Text;
using System.Text.Json;
using PatientTools.Interchange;
using PatientTools.Patients;
using PatientTools.Validation;
using PatientTools.Validation.Reports;

namespace PatientTools.Core.Tests.Validation.Reports;

/// <summary>Reports as files: what stands in them, and that they appear wholly or not at all.</summary>
[Collection(MemoryTests.Name)]
public sealed class ReportTests : IDisposable
{
    private const string Heading = "Number,File,Line,Entry,Id,FhirId,Mrn,Name,Severity,RuleId,Type,Path,Value,Message,Hint,Suggestion,OmittedIssues\r\n";

    private static readonly PatientValidationResult Faulty = new()
    {
        Number = 2,
        Source = new SourcePlace("patients.zip!José.json", 7, 3),
        Id = PatientId.Parse("01935c1e-7b1a-7c3e-9d2f-0123456789ab"),
        FhirId = "p-1",
        Mrn = "=0815",
        Name = "Müller, Anna",
        HighestSeverity = IssueSeverity.Error,
        OmittedIssues = 4,
        Issues =
        [
            new ValidationIssue
            {
                RuleId = "TextMisread",
                Severity = IssueSeverity.Warning,
                Type = IssueType.Value,
                Path = "Patient.name[0].family",
                Value = "MÃ¼ller",
                Message = "Der Name \"MÃ¼ller\" ist falsch gelesen;\nmehr nicht.",
                Hint = "Als UTF-8 lesen, bitte",
                Suggestion = "Müller",
            },
            new ValidationIssue { RuleId = "KvnrFormat", Severity = IssueSeverity.Error, Type = IssueType.CodeInvalid, Path = "Patient.identifier[1].value", Message = "x" },
        ],
    };

    private static readonly PatientValidationResult Clean = new() { Number = 1, Source = new SourcePlace("pipeline") };
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Json_has_every_member_of_every_result()
    {
        Assert.Equal(
            """
            [
            {"number":1,"file":"pipeline","line":0,"entry":0,"id":null,"fhirId":null,"mrn":null,"name":null,"isValid":true,"highestSeverity":null,"issues":[],"omittedIssues":0},
            {"number":2,"file":"patients.zip!José.json","line":7,"entry":3,"id":"01935c1e-7b1a-7c3e-9d2f-0123456789ab","fhirId":"p-1","mrn":"=0815","name":"Müller, Anna","isValid":false,"highestSeverity":"error","issues":[{"ruleId":"TextMisread","severity":"warning","type":"value","path":"Patient.name[0].family","value":"MÃ¼ller","message":"Der Name \"MÃ¼ller\" ist falsch gelesen;\nmehr nicht.","hint":"Als UTF-8 lesen, bitte","suggestion":"Müller"},{"ruleId":"KvnrFormat","severity":"error","type":"code-invalid","path":"Patient.identifier[1].value","value":null,"message":"x","hint":null,"suggestion":null}],"omittedIssues":4}
            ]

            """,
            Written("r.json", ReportFormat.Auto, Clean, Faulty));
        Assert.Equal("[\n]\n", Written("none.json", ReportFormat.Auto));
    }

    [Fact]
    public void Csv_has_a_row_for_each_issue()
    {
        const string Patient = "2,patients.zip!José.json,7,3,01935c1e-7b1a-7c3e-9d2f-0123456789ab,p-1,'=0815,\"Müller, Anna\",";
        Assert.Equal(
            Heading
            + Patient + "warning,TextMisread,value,Patient.name[0].family,MÃ¼ller,\"Der Name \"\"MÃ¼ller\"\" ist falsch gelesen;\nmehr nicht.\",\"Als UTF-8 lesen, bitte\",Müller,4\r\n"
            + Patient + "error,KvnrFormat,code-invalid,Patient.identifier[1].value,,x,,,4\r\n",
            Written("r.csv", ReportFormat.Auto, Clean, Faulty));
        Assert.Equal(Heading, Written("none.csv", ReportFormat.Auto));
    }

    [Theory]
    [InlineData("r.json", "[\n{\"number\"")]
    [InlineData("r.JSON", "[\n{\"number\"")]
    [InlineData("r.txt", "[\n{\"number\"")]
    [InlineData("r.csv", "Number,File")]
    [InlineData("r.ndjson", "{\"resourceType\":\"OperationOutcome\"")]
    [InlineData("r.json.gz", "[\n{\"number\"")]
    [InlineData("r.csv.GZ", "Number,File")]
    public void The_name_tells_the_format(string name, string start) => Assert.StartsWith(start, Written(name, ReportFormat.Auto, Faulty), StringComparison.Ordinal);

    [Theory]
    [InlineData(ReportFormat.Json, "[\n{\"number\"")]
    [InlineData(ReportFormat.Csv, "Number,File")]
    [InlineData(ReportFormat.OperationOutcome, "{\"resourceType\":\"OperationOutcome\"")]
    public void A_format_that_is_named_wins(ReportFormat format, string start) => Assert.StartsWith(start, Written("r.csv", format, Faulty), StringComparison.Ordinal);

    [Fact]
    public void Half_a_character_is_no_reason_to_fail()
    {
        var odd = Faulty with { Name = "\uD83D", Issues = [Faulty.Issues[0] with { Value = "x\uDE00\u0000", Path = "Patient.\uD83D" }] };

        var issue = JsonDocument.Parse(Written("r.json", ReportFormat.Json, odd)).RootElement[0].GetProperty("issues")[0];
        Assert.Equal("x\uFFFD\u0000", issue.GetProperty("value").GetString());
        Assert.Contains("\uFFFD", Written("r.csv", ReportFormat.Csv, odd), StringComparison.Ordinal);
        var outcome = JsonDocument.Parse(Written("r.ndjson", ReportFormat.Auto, odd)).RootElement.GetProperty("issue")[0];
        Assert.Contains("value: x\uFFFD␀", outcome.GetProperty("diagnostics").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_appears_when_it_is_complete_and_only_then()
    {
        using (var run = new ReportRun(_sandbox.At("r.json"), ReportFormat.Auto, overwrite: false))
        {
            run.Add(Faulty);
            Assert.False(File.Exists(_sandbox.At("r.json")));
        }

        Assert.Empty(Directory.GetFileSystemEntries(_sandbox.Folder));
        using (var run = new ReportRun(_sandbox.At("r.json.gz"), ReportFormat.Auto, overwrite: false))
        {
            run.Add(Faulty);
            run.Add(Clean);
            Assert.Equal(2, run.Complete());
        }

        Assert.Equal([_sandbox.At("r.json.gz")], Directory.GetFileSystemEntries(_sandbox.Folder));
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_only_when_asked()
    {
        File.WriteAllText(_sandbox.At("r.json"), "old");
        Assert.Equal("FileExists", Error("r.json"));
        Assert.Equal("FolderNotFound", Error("none/r.json"));
        Assert.Equal("PathIsFolder", Error(""));
        Assert.Equal("old", File.ReadAllText(_sandbox.At("r.json")));
        Assert.Equal("[\n]\n", Written("r.json", ReportFormat.Auto));

        string Error(string name) => Assert.Throws<PatientToolsException>(() => new ReportRun(_sandbox.At(name), ReportFormat.Auto, overwrite: false)).ErrorId;
    }

    [Theory]
    [InlineData(ReportFormat.Json)]
    [InlineData(ReportFormat.Csv)]
    [InlineData(ReportFormat.OperationOutcome)]
    public void A_long_report_takes_no_more_memory_than_a_short_one(ReportFormat format)
    {
        using var run = new ReportRun(_sandbox.At("r"), format, overwrite: false);
        run.Add(Faulty);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 50_000; i++)
        {
            run.Add(Faulty);
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 8 << 20);
        Assert.Equal(50_001, run.Complete());
        Assert.InRange(new FileInfo(_sandbox.At("r")).Length, 16 << 20, long.MaxValue);
    }

    private string Written(string name, ReportFormat format, params PatientValidationResult[] results)
    {
        using (var run = new ReportRun(_sandbox.At(name), format, overwrite: true))
        {
            Array.ForEach(results, run.Add);
            Assert.Equal(results.Length, run.Complete());
        }

        // Read byte by byte: a byte order mark, which a reader would swallow, shows.
        if (!name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(_sandbox.At(name)));
        }

        using var content = new MemoryStream();
        using var gzip = new GZipStream(File.OpenRead(_sandbox.At(name)), CompressionMode.Decompress);
        gzip.CopyTo(content);
        return Encoding.UTF8.GetString(content.ToArray());
    }
}
