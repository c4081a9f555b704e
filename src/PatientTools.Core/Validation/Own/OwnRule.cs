using System.Globalization;
using PatientTools.Search;
using PatientTools.Search.Conditions;
using PatientTools.Search.Filter;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Own;

/// <summary>A rule of one's own: where one condition holds, another has to hold. Conditions have no state, so threads share them.</summary>
/// <param name="id">The id.</param>
/// <param name="severity">How bad it is when the rule is broken.</param>
/// <param name="about">What it reports.</param>
/// <param name="example">The filter that finds who breaks the rule.</param>
/// <param name="reference">Where it comes from.</param>
internal sealed class OwnRule(string id, IssueSeverity severity, LocalText about, string example, string reference)
    : ContentRule(id, severity, RuleCategory.Own, IssueType.BusinessRule)
{
    private readonly SearchProperty? _property;

    /// <summary>Of whom the rule demands something.</summary>
    public required PatientCondition When { get; init; }

    /// <summary>What it demands.</summary>
    public required PatientCondition Require
    {
        get;
        init
        {
            field = value;
            _property = OnlyProperty(value);
        }
    }

    /// <summary>Where its issues are.</summary>
    public required string Path { get; init; }

    /// <summary>What its issues say.</summary>
    public required LocalText Message { get; init; }

    /// <summary>How to mend it; null when nobody says.</summary>
    public required LocalText? Hint { get; init; }

    /// <inheritdoc/>
    public override string Example => example;

    /// <inheritdoc/>
    public override string Reference => reference;

    /// <inheritdoc/>
    internal override LocalText About => about;

    /// <inheritdoc/>
    public override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var subject = patient.Subject;
        if (IsBrokenBy(subject))
        {
            issues.AddAt(this, Path, ValueOf(subject), Message, Hint);
        }
    }

    /// <summary>Whether a patient breaks the rule.</summary>
    internal bool IsBrokenBy(PatientSubject subject) => When.IsMetBy(subject) && !Require.IsMetBy(subject);

    /// <summary>What the patient has where the rule demands something of one property; null when it has nothing, or the rule is about several.</summary>
    internal string? ValueOf(PatientSubject subject)
    {
        if (_property?.ValuesOf(subject) is not { Count: > 0 } values)
        {
            return null;
        }

        var text = string.Join(", ", values.Select(Written));
        return text.Length <= ValidationIssue.LongestValue ? text
            : text[..(char.IsHighSurrogate(text[ValidationIssue.LongestValue - 1]) ? ValidationIssue.LongestValue - 1 : ValidationIssue.LongestValue)];
    }

    private static string Written(object value) => value is DateTime time
        ? time.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture)
        : AskedComparison.TextOf(value) ?? "";

    /// <summary>The property that a condition asks for; null when it asks for several.</summary>
    private static SearchProperty? OnlyProperty(PatientCondition condition) => condition switch
    {
        PropertyCondition comparison => comparison.Property,
        Not { Condition: var contrary } => OnlyProperty(contrary),
        AllOf { Conditions: var all } => Common(all),
        AnyOf { Conditions: var any } => Common(any),
        ExclusiveOr { Left: var left, Right: var right } => Common([left, right]),
        _ => null,
    };

    private static SearchProperty? Common(IReadOnlyList<PatientCondition> conditions)
    {
        var first = conditions.Count > 0 ? OnlyProperty(conditions[0]) : null;
        return conditions.All(condition => OnlyProperty(condition)?.Name == first?.Name) ? first : null;
    }
}
