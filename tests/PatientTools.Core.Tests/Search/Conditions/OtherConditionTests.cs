using PatientTools.Search.Conditions;
using PatientTools.Search.Index;
using static PatientTools.Search.Conditions.ComparisonOperator;

namespace PatientTools.Core.Tests.Search.Conditions;

/// <summary>Numbers, moments, truth values and members of the document, and operands that fit none of them.</summary>
public sealed class OtherConditionTests
{
    [Theory]
    [InlineData("Version", Equal, 3, true)]
    [InlineData("Version", Equal, "3", true)]
    [InlineData("Version", Equal, 3.5, false)]
    [InlineData("Version", Less, 3.5, true)]
    [InlineData("Version", Less, 3, false)]
    [InlineData("Version", LessOrEqual, 3, true)]
    [InlineData("Version", Greater, "2.9", true)]
    [InlineData("Version", GreaterOrEqual, 1e300, false)]
    [InlineData("Version", Greater, double.NegativeInfinity, true)]
    [InlineData("Version", NotEqual, 4, true)]
    [InlineData("Version", NotEqual, null, true)]
    [InlineData("Version", Equal, null, false)]
    [InlineData("Version", Like, "3*", true)]
    [InlineData("Sequence", Approximately, 40, true)]
    [InlineData("Sequence", Approximately, 30, false)]
    [InlineData("Sequence", StartsAfter, 41, true)]
    [InlineData("Sequence", EndsBefore, 41, false)]
    public void Numbers_compare(string property, ComparisonOperator comparison, object? operand, bool expected) =>
        Assert.Equal(expected, Subjects.Of("").Meets(property, comparison, operand));

    [Theory]
    [InlineData("BirthYear", Equal, 1958, true)]
    [InlineData("BirthYear", GreaterOrEqual, 1959, false)]
    [InlineData("BirthYear", In, "1958", true)]
    [InlineData("BirthYear", Like, "195?", true)]
    [InlineData("BirthYear", NotMatch, "^19", false)]
    [InlineData("BirthYear", NotEqual, null, true)]
    public void Years_of_birth_compare(string property, ComparisonOperator comparison, object? operand, bool expected) =>
        Assert.Equal(expected, Subjects.Of("\"birthDate\":\"1958-12\"").Meets(property, comparison, operand));

    [Fact]
    public void Moments_are_local_and_may_name_a_day_a_minute_or_a_second()
    {
        var subject = Subjects.Of("");
        var local = Subjects.Created.ToLocalTime();
        string Written(string format) => local.ToString(format, System.Globalization.CultureInfo.InvariantCulture);
        Assert.All(
            ["yyyy", "yyyy-MM", "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.fff", "yyyy-MM-dd'T'HH:mm:ss.fffzzz"],
            format =>
            {
                Assert.True(subject.Meets("Created", Equal, Written(format)), format);
                Assert.True(subject.Meets("Created", GreaterOrEqual, Written(format)), format);
                Assert.True(subject.Meets("Created", LessOrEqual, Written(format)), format);
                Assert.False(subject.Meets("Created", Less, Written(format)), format);
                Assert.False(subject.Meets("Created", Greater, Written(format)), format);
                Assert.False(subject.Meets("Created", NotEqual, Written(format)), format);
            });
        Assert.True(subject.Meets("Created", Equal, Subjects.Created));
        Assert.True(subject.Meets("Created", Equal, local));
        Assert.True(subject.Meets("Created", Equal, "2026-03-01T09:30:15.25Z"));
        Assert.True(subject.Meets("Created", Equal, new DateTimeOffset(Subjects.Created)));
        Assert.True(subject.Meets("Created", Equal, DateOnly.FromDateTime(local)));
        Assert.True(subject.Meets("Created", Less, Subjects.Created.AddTicks(1)));
        Assert.False(subject.Meets("Created", Equal, Subjects.Created.AddTicks(1)));
        Assert.True(subject.Meets("Created", Greater, Subjects.Created.AddTicks(-1)));
        Assert.True(subject.Meets("Modified", Greater, Subjects.Created));
        Assert.True(subject.Meets("Created", In, "2025", 2026));
        Assert.True(subject.Meets("Created", Less, "9999"));
        Assert.True(subject.Meets("Created", GreaterOrEqual, "0001"));
        Assert.False(subject.Meets("Created", Equal, null));
        Assert.True(subject.Meets("Created", Approximately, Subjects.Created.AddDays(-10)));
        Assert.False(subject.Meets("Created", Approximately, Subjects.Created.AddDays(-20)));
    }

    [Theory]
    [InlineData("Active", Equal, true, true)]
    [InlineData("Active", Equal, "TRUE", true)]
    [InlineData("Active", Equal, 1, true)]
    [InlineData("Active", NotEqual, "false", true)]
    [InlineData("Active", In, false, false)]
    [InlineData("Active", NotIn, null, true)]
    [InlineData("Deceased", Equal, false, true)]
    [InlineData("Deceased", NotEqual, null, true)]
    [InlineData("IsRemoved", Equal, false, true)]
    [InlineData("IsRemoved", Equal, true, false)]
    public void Truth_values_compare(string property, ComparisonOperator comparison, object? operand, bool expected) =>
        Assert.Equal(expected, Subjects.Of("\"active\":true").Meets(property, comparison, operand));

    [Theory]
    [InlineData(Equal, null, true)]
    [InlineData(Equal, false, false)]
    [InlineData(NotEqual, true, true)]
    [InlineData(NotEqual, null, false)]
    public void What_is_not_said_is_neither_true_nor_false(ComparisonOperator comparison, object? operand, bool expected) =>
        Assert.Equal(expected, Subjects.Of("").Meets("Active", comparison, operand));

    [Theory]
    [InlineData("Document.maritalStatus.text", Equal, "MARRIED", true)]
    [InlineData("document.MARITALSTATUS.text", Equal, "married", true)]
    [InlineData("Document.maritalStatus.text", NotEqual, "married", false)]
    [InlineData("Document.name.given", Equal, "lena", true)]
    [InlineData("Document.name.given", NotContains, "lena", false)]
    [InlineData("Document.name.given", Like, "A*", true)]
    [InlineData("Document.multipleBirthInteger", Equal, 2, true)]
    [InlineData("Document.multipleBirthInteger", Equal, "2", true)]
    [InlineData("Document.multipleBirthInteger", Less, 2.5, true)]
    [InlineData("Document.multipleBirthInteger", Greater, "10", false)]
    [InlineData("Document.multipleBirthInteger", Like, "2", true)]
    [InlineData("Document.weight", Equal, 1.5, true)]
    [InlineData("Document.weight", Match, "^1\\.50$", true)]
    [InlineData("Document.huge", Greater, 1e20, true)]
    [InlineData("Document.active", Equal, true, true)]
    [InlineData("Document.active", Equal, "false", false)]
    [InlineData("Document.birthDate", Less, "1960", true)]
    [InlineData("Document.maritalStatus", NotEqual, null, true)]
    [InlineData("Document.nothing.there", Equal, null, true)]
    [InlineData("Document.name.given.further", Equal, null, true)]
    [InlineData("Document.none", Equal, null, true)]
    [InlineData("Document.\u00e4", Equal, "x", true)]
    public void Any_member_of_the_document_compares_as_its_own_type_says(string property, ComparisonOperator comparison, object? operand, bool expected) => Assert.Equal(
        expected,
        Subjects.Of("""
            "active":true,"maritalStatus":{"text":"married"},"name":[{"given":["Anna"]},{"given":["Lena"]}],"multipleBirthInteger":2,"birthDate":"1958-12",
            "weight":1.50,"huge":1e400,"none":null,"\u00e4":"x"
            """).Meets(property, comparison, operand));

    [Theory]
    [InlineData("FamilyName", Equal, true, "FilterValueInvalid")]
    [InlineData("FamilyName", Less, null, "FilterValueInvalid")]
    [InlineData("FamilyName", Like, null, "FilterValueInvalid")]
    [InlineData("FamilyName", Approximately, "x", "FilterOperatorInvalid")]
    [InlineData("FamilyName", StartsAfter, "x", "FilterOperatorInvalid")]
    [InlineData("FamilyName", Match, "(", "FilterPatternInvalid")]
    [InlineData("FamilyName", Match, "(a)\\1", "FilterPatternInvalid")]
    [InlineData("FamilyName", Match, "(?=a)b", "FilterPatternInvalid")]
    [InlineData("FamilyName", Match, "(a{1000}){1000}", "FilterPatternInvalid")]
    [InlineData("Document.x", Approximately, "x", "FilterOperatorInvalid")]
    [InlineData("Id", Equal, "4711", "FilterValueInvalid")]
    [InlineData("Age", Equal, "old", "FilterValueInvalid")]
    [InlineData("Age", Less, "65,5", "FilterValueInvalid")]
    [InlineData("Age", Greater, true, "FilterValueInvalid")]
    [InlineData("Age", Greater, double.NaN, "FilterValueInvalid")]
    [InlineData("Version", Equal, "", "FilterValueInvalid")]
    [InlineData("BirthDate", Equal, "03.02.1951", "FilterValueInvalid")]
    [InlineData("BirthDate", Equal, "1951-02-30", "FilterValueInvalid")]
    [InlineData("BirthDate", Less, 19510203, "FilterValueInvalid")]
    [InlineData("BirthDate", Less, 1951.5, "FilterValueInvalid")]
    [InlineData("BirthDate", Less, true, "FilterValueInvalid")]
    [InlineData("Created", Greater, "yesterday", "FilterValueInvalid")]
    [InlineData("Created", Greater, "24.11.2026 10:30", "FilterValueInvalid")]
    [InlineData("Created", Like, "2026*", "FilterOperatorInvalid")]
    [InlineData("Deceased", Less, true, "FilterOperatorInvalid")]
    [InlineData("Deceased", Like, "t*", "FilterOperatorInvalid")]
    [InlineData("Deceased", Equal, "yes", "FilterValueInvalid")]
    [InlineData("Deceased", Equal, 2, "FilterValueInvalid")]
    public void What_does_not_fit_is_refused_by_name(string property, ComparisonOperator comparison, object? operand, string id)
    {
        var error = Assert.Throws<PatientToolsException>(() => Subjects.Condition(property, comparison, false, operand));
        Assert.Equal((id, ErrorKind.InvalidArgument), (error.ErrorId, error.Kind));
        Assert.Contains(property, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusals_say_what_would_fit()
    {
        string Refusal(string property, ComparisonOperator comparison, params object?[] operands) =>
            Assert.Throws<PatientToolsException>(() => Subjects.Condition(property, comparison, false, operands)).Message;
        Assert.Contains("1951-02-03", Refusal("BirthDate", Equal, "03.02.1951"), StringComparison.Ordinal);
        Assert.Contains("$true", Refusal("Deceased", Equal, "yes"), StringComparison.Ordinal);
        Assert.Contains("-eq", Refusal("Deceased", Less, true), StringComparison.Ordinal);
        Assert.Contains("-in", Refusal("FamilyName", Equal, "a", "b"), StringComparison.Ordinal);
        Assert.True(Refusal("Age", Equal, new string('x', 1_000_000)).Length < 300);
    }

    [Fact]
    public void A_condition_shows_no_values() =>
        Assert.DoesNotContain("Buntspecht", Subjects.Condition("FamilyName", Equal, false, "Buntspecht") + Subjects.Condition("FamilyName", Like, false, "Buntspecht*").ToIndexQuery(Subjects.Today).ToString(), StringComparison.Ordinal);

    [Fact]
    public void What_no_index_tells_is_read_from_the_documents() =>
        Assert.IsType<ScanQuery>(Subjects.Condition("Document.maritalStatus.text", NotEqual, false, "x").ToIndexQuery(Subjects.Today));
}
