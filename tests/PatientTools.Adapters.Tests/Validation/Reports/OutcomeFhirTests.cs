using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Validation;
using Hl7.FhirPath;
using PatientTools.Interchange;
using PatientTools.Validation;
using PatientTools.Validation.Reports;
using Outcome = Hl7.Fhir.Model.OperationOutcome;

namespace PatientTools.Adapters.Tests.Validation.Reports;

/// <summary>The FHIR library of Firely, at its strictest, as a second opinion on the outcomes we write.</summary>
public sealed class OutcomeFhirTests : IDisposable
{
    private const string Extensions = "http://hl7.org/fhir/StructureDefinition/";
    private static readonly FhirJsonDeserializer Deserializer = new(new DeserializerSettings().UsingMode(DeserializationMode.Strict));
    private readonly string _folder = Directory.CreateTempSubdirectory("patienttools-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_severity_and_type_has_its_code()
    {
        foreach (var severity in Enum.GetValues<IssueSeverity>())
        {
            foreach (var type in Enum.GetValues<IssueType>())
            {
                var issue = Assert.Single(Read(Result(Made(severity, type))).Issue);
                Assert.Equal((severity.ToString(), type.ToString()), (issue.Severity.ToString(), issue.Code.ToString()));
            }
        }
    }

    [Fact]
    public void An_issue_says_what_where_whose_and_how_to_mend_it()
    {
        var made = Made(IssueSeverity.Error, IssueType.Value) with { Value = "MÃ¼ller", Hint = "Neu lesen.", Suggestion = "Müller" };
        var issue = Assert.Single(Read(Result(made) with { Name = "Müller, Anna", Mrn = "0815", FhirId = "p-1", Number = 12 }).Issue);

        Assert.Equal(("KvnrFormat", "Nicht gut: „x“"), (issue.Details!.Coding.Single().Code, issue.Details.Text));
        Assert.Equal(["Patient.name[0].family"], issue.Expression);
        Assert.Equal("number: 12\nfhirId: p-1\nmrn: 0815\nname: Müller, Anna\nvalue: MÃ¼ller\nhint: Neu lesen.\nsuggestion: Müller", issue.Diagnostics);
        Assert.Equal("a.ndjson", issue.GetExtensionValue<FhirString>(Extensions + "operationoutcome-file").Value);
        Assert.Equal(7, issue.GetExtensionValue<Integer>(Extensions + "operationoutcome-issue-line").Value);
    }

    [Fact]
    public void A_line_beyond_the_integers_of_FHIR_is_told_in_words()
    {
        var issue = Read(Result() with { Source = new SourcePlace("a.ndjson", 3_000_000_000, 4) }).Issue[0];

        Assert.Equal("line: 3000000000\nentry: 4", issue.Diagnostics);
        Assert.Null(issue.GetExtension(Extensions + "operationoutcome-issue-line"));
    }

    [Fact]
    public void Nothing_found_is_all_ok_as_in_the_example_of_FHIR()
    {
        var issue = Assert.Single(Read(Result()).Issue);

        Assert.Equal((Outcome.IssueSeverity.Information, Outcome.IssueType.Informational, "All OK"), (issue.Severity, issue.Code, issue.Details?.Text));
    }

    [Fact]
    public void What_is_not_told_is_counted()
    {
        var issues = Read(Result(Made(IssueSeverity.Warning, IssueType.Value)) with { OmittedIssues = 5, HighestSeverity = IssueSeverity.Fatal }).Issue;

        Assert.Equal(2, issues.Count);
        Assert.Equal((Outcome.IssueSeverity.Fatal, Outcome.IssueType.TooLong, "omittedIssues: 5"), (issues[1].Severity, issues[1].Code, issues[1].Details?.Text));
    }

    [Theory]
    [InlineData("\\u0000\\u0001x\\u001F\\u007F")]
    [InlineData(" \\u00A0Müller\\u2003\\u2028\\u0085")]
    [InlineData("\\u00A0")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(" my  rule ")]
    [InlineData("\\uD83D")]
    [InlineData("\\uFEFF\\uFFFE\\u200B")]
    [InlineData("a\\u000D\\u000A\\u0009b")]
    public void Whatever_the_value_is_the_outcome_is_FHIR(string escaped)
    {
        var text = string.Concat(escaped.Split("\\u").Select((part, i) => i == 0 ? part : (char)Convert.ToInt32(part[..4], 16) + part[4..]));
        var odd = Made(IssueSeverity.Error, IssueType.Value) with { RuleId = text, Path = text, Value = text, Message = text, Hint = text, Suggestion = text };

        var issue = Assert.Single(Read(Result(odd) with { Name = text, Mrn = text, FhirId = text, Source = new SourcePlace(text) }).Issue);
        // FHIR's strings hold no control characters but these three, which the library does not look at.
        Assert.DoesNotContain($"{issue.Details!.Text}{issue.Diagnostics}", letter => letter < ' ' && letter is not ('\t' or '\n' or '\r'));
    }

    [Theory]
    [InlineData("Patient", "Patient")]
    [InlineData("Patient.name[0].family", "Patient.name[0].family")]
    [InlineData("Patient.deceasedDateTime", "Patient.deceased")]
    [InlineData("Patient.multipleBirthInteger", "Patient.multipleBirth")]
    [InlineData("Patient.extension[1].valueCodeableConcept.coding[0].code", "Patient.extension[1].value.coding[0].code")]
    [InlineData("Patient._birthDate.extension[0].valueDateTime", "Patient.birthDate.extension[0].value")]
    [InlineData("Patient.contact[0].name.family", "Patient.contact[0].name.family")]
    [InlineData("Patient.vendor-field", "Patient.`vendor-field`")]
    [InlineData("Patient._own", "Patient._own")]
    [InlineData("Patient.Straße[2]", "Patient.`Straße`[2]")]
    [InlineData("Patient.a`b\\c", "Patient.`a\\`b\\\\c`")]
    [InlineData("Patient.x]", "Patient.`x]`")]
    [InlineData("Patient.x[y]", "Patient.`x[y]`")]
    [InlineData("Patient.x[]", "Patient.`x[]`")]
    [InlineData("record[2].code.coding[0].code", "record[2].code.coding[0].code")]
    public void A_path_becomes_FHIRPath(string path, string expression)
    {
        Assert.Equal([expression], Read(Result(Made(IssueSeverity.Error, IssueType.Value) with { Path = path })).Issue[0].Expression);
        Assert.NotNull(new FhirPathCompiler().Parse(expression));
    }

    private static ValidationIssue Made(IssueSeverity severity, IssueType type) =>
        new() { RuleId = "KvnrFormat", Severity = severity, Type = type, Path = "Patient.name[0].family", Message = "Nicht gut: „x“" };

    private static PatientValidationResult Result(params ValidationIssue[] issues) => new()
    {
        Source = new SourcePlace("a.ndjson", 7),
        Issues = issues,
        HighestSeverity = issues.Length == 0 ? null : issues.Max(issue => issue.Severity),
    };

    /// <summary>The one outcome that is written of a result, read back.</summary>
    private Outcome Read(PatientValidationResult result)
    {
        var path = Path.Combine(_folder, "r.ndjson");
        using (var run = new ReportRun(path, ReportFormat.Auto, overwrite: true))
        {
            run.Add(result);
            run.Complete();
        }

        var text = File.ReadAllText(path, Encoding.UTF8);
        Assert.Equal(text.Length - 1, text.IndexOf('\n', StringComparison.Ordinal));
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        Assert.True(Deserializer.TryDeserializeResource(ref reader, out var resource, out var faults), string.Join(' ', faults.Select(fault => fault.Message)) + text);
        var outcome = Assert.IsType<Outcome>(resource);
        Assert.Empty(outcome.Validate(ModelInfo.ModelInspector));
        return outcome;
    }
}
