using System.Text;
using PatientTools.Core.Tests.Synthesis;
using PatientTools.Interchange;
using PatientTools.Synthesis;
using PatientTools.Validation;

namespace PatientTools.Core.Tests.Validation.Rules;

public class SampleRulesTests
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("PATIENTTOOLS_LONG") == "1";
    private static readonly SampleOptions Options = new() { Count = Long ? 100_000 : 20_000, Seed = 4, Today = new DateOnly(2026, 1, 1) };

    [Fact]
    public void Nothing_is_found_in_clean_samples() =>
        Assert.Equal("", string.Join('\n', IssuesOf(Options with { DuplicateRate = 0.1 }).Where(found => found.Rules.Length > 0).Take(10)));

    [Fact]
    public void Each_planted_fault_is_found_by_its_rule_alone()
    {
        var wrong = IssuesOf(Options with { DefectRate = 1 }).Where(found => found.Rules != RuleOf(found.Defect!.Value));
        Assert.Equal("", string.Join('\n', wrong.Take(10)));
    }

    [Fact]
    public void Of_a_batch_with_records_all_that_have_a_planted_fault_are_found_and_no_other()
    {
        var (defective, found, clean, reported, records) = (0, 0, 0, 0, 0);
        var planted = new HashSet<SampleDefect>();
        foreach (var sample in IssuesOf(Options with { Seed = 7, DefectRate = 0.1, DuplicateRate = 0.05 }))
        {
            records += sample.Records;
            if (sample.Defect is { } defect)
            {
                planted.Add(defect);
                defective++;
                found += sample.Rules == RuleOf(defect) ? 1 : 0;
            }
            else
            {
                clean++;
                reported += sample.Rules.Length > 0 ? 1 : 0;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{defective} defective, {found} found by the one rule; {clean} clean, {reported} reported; {records} resources of records"));
        Assert.Equal(Enum.GetValues<SampleDefect>(), planted.Order());
        Assert.InRange(defective, Options.Count / 12, Options.Count / 8);
        Assert.InRange(records, Options.Count, long.MaxValue);
        Assert.Equal((defective, 0), (found, reported));
    }

    private static IEnumerable<(SampleDefect? Defect, string Rules, int Records, string Document)> IssuesOf(SampleOptions options)
    {
        var validator = new PatientValidator(RuleSet.Default, new ValidationOptions { Today = options.Today });
        foreach (var sample in PatientSampler.Generate(options, FewNames.Instance, TestContext.Current.CancellationToken))
        {
            var result = validator.Validate(new PatientInput { Place = new SourcePlace("sample"), Document = sample.Document.Utf8, Record = sample.Record }, TestContext.Current.CancellationToken);
            yield return (sample.Defect, string.Join(' ', result.Issues.Select(issue => issue.RuleId)), sample.Record.Count, Encoding.UTF8.GetString(sample.Document.Utf8.Span));
        }
    }

    private static string RuleOf(SampleDefect defect) => defect switch
    {
        SampleDefect.MissingName => "NameMissing",
        SampleDefect.DigitInName => "NameDigits",
        SampleDefect.Mojibake => "TextMisread",
        SampleDefect.AllCapitals => "NameCapitals",
        SampleDefect.SurroundingBlanks => "NameSurroundingBlanks",
        SampleDefect.ControlCharacter => "NameControlCharacter",
        SampleDefect.PlaceholderName => "PlaceholderPerson",
        SampleDefect.MissingBirthDate => "BirthDateMissing",
        SampleDefect.PlaceholderBirthDate or SampleDefect.PostalCodeZeros => "PlaceholderValue",
        SampleDefect.ImpossibleBirthDate => "BirthDateImpossible",
        SampleDefect.PostalCodeFourDigits => "PostalCode",
        SampleDefect.RepeatedIdentifier => "IdentifierRepeated",
        SampleDefect.EmptyText => "EmptyValue",
        SampleDefect.UnknownMember => "UnknownMember",
        SampleDefect.InstitutionNumberCheckDigit => "InstitutionNumber",
        _ => defect.ToString(),
    };
}
