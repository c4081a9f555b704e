using System.Text.RegularExpressions;
using PatientTools.Validation;

namespace PatientTools.Core.Tests.Validation.Rules;

public partial class AllRulesTests
{
    private static readonly RuleCategory[] OfDocuments =
        [RuleCategory.Name, RuleCategory.Person, RuleCategory.Identifier, RuleCategory.Contact, RuleCategory.Record];

    public static TheoryData<string> Ids => [.. PatientRules.All.Where(rule => OfDocuments.Contains(rule.Category)).Select(rule => rule.Id)];

    [Fact]
    public void The_patient_whom_the_tests_change_is_clean() => Checked.FindsNothing("");

    [Fact]
    public void These_are_the_rules() => Assert.Equal(
        "NameMissing NameControlCharacter NameSurroundingBlanks NameDigits TextMisread NameCharacters NameCapitals PlaceholderPerson PlaceholderValue "
        + "BirthDateMissing BirthDateImpossible BirthDateInFuture BirthDateTooLongAgo BirthDatePartial DeathBeforeBirth DeathInFuture GenderCode GenderMissing "
        + "KvnrFormat KvnrCheckDigit InstitutionNumber Lanr IdentifierWithoutSystem IdentifierRepeated MergedWithoutLink "
        + "PostalCode Phone Email DiagnosisCode RecordDateBeforeBirth RecordDateAfterDeath",
        string.Join(' ', Ids.Select(id => id.Data)));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Example_is_found_by_its_rule_alone(string id)
    {
        var rule = Rule(id);
        var issue = Assert.Single(Checked.With(rule.Example));
        Assert.Equal((id, rule.Severity, rule.Type), (issue.RuleId, issue.Severity, issue.Type));
        Assert.NotEmpty(rule.Reference);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Both_languages_tell_the_same_in_other_words(string id)
    {
        var rule = Rule(id);
        var (english, german) = (Assert.Single(Checked.With(rule.Example)), Assert.Single(Checked.With(rule.Example, ResultLanguage.German)));
        Assert.NotEqual(rule.About.English, rule.About.German);
        Assert.NotEqual(english.Message, german.Message);
        Assert.NotEqual(english.Hint, german.Hint);
        Assert.All([english.Message, german.Message, english.Hint, german.Hint, rule.About.English, rule.About.German], text => Assert.EndsWith(".", text, StringComparison.Ordinal));
        Assert.DoesNotMatch(Placeholder(), english.Message + english.Hint + german.Message + german.Hint);
        Assert.Equal((english.Path, english.Value, english.Suggestion), (german.Path, german.Value, german.Suggestion));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Texts_have_the_same_values_in_both_languages(string id)
    {
        var texts = TextsOf(Rule(id).GetType()).ToList();
        Assert.NotEmpty(texts);
        Assert.All(texts, text =>
        {
            Assert.Equal(Values(text.English), Values(text.German));
            Assert.NotEqual(text.English, text.German);
        });
    }

    private static IEnumerable<LocalText> TextsOf(Type rule) => rule
        .GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)
        .Select(field => field.GetValue(null)).OfType<LocalText>();

    private static string[] Values(string text) => [.. Placeholder().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    private static PatientRule Rule(string id) => PatientRules.All.Single(rule => rule.Id == id);

    [GeneratedRegex(@"\{\d\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
