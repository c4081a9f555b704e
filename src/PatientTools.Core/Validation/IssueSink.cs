using PatientTools.Validation.Content;

namespace PatientTools.Validation;

/// <summary>Takes the issues of one patient at a time. Belongs to one thread.</summary>
/// <param name="rules">Says how bad each rule's issues are.</param>
/// <param name="language">In which language they are told.</param>
internal sealed class IssueSink(RuleSet rules, ResultLanguage language)
{
    /// <summary>How many issues of one patient are told; of a hopeless document the rest is only counted.</summary>
    public const int MostIssues = 1000;

    private readonly List<ValidationIssue> _issues = [];

    /// <summary>The language in which issues are told.</summary>
    public ResultLanguage Language { get; } = language;

    /// <summary>How many issues there are beyond those that are told.</summary>
    public long Omitted { get; private set; }

    /// <summary>The worst so far.</summary>
    public IssueSeverity? Highest { get; private set; }

    /// <summary>Begins another patient.</summary>
    public void Clear()
    {
        _issues.Clear();
        (Omitted, Highest) = (0, null);
    }

    /// <summary>The issues so far.</summary>
    public ValidationIssue[] ToArray() => _issues.Count == 0 ? [] : [.. _issues];

    /// <summary>Reports something about a value of a document.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="resource">The document.</param>
    /// <param name="node">The value; for something missing, what it is missing in.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="hint">How to mend it.</param>
    /// <param name="suggestion">The value as it probably should be.</param>
    /// <param name="values">What stands for <c>{0}</c>, <c>{1}</c>, … in message and hint.</param>
    public void Add(PatientRule rule, ResourceContent resource, int node, LocalText message, LocalText? hint = null, string? suggestion = null, params ReadOnlySpan<object?> values)
    {
        if (Counts(rule))
        {
            Add(rule, resource.PathOf(node), resource.ValueOf(node), message, hint, suggestion, values);
        }
    }

    /// <summary>Reports that a member is missing.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="resource">The document.</param>
    /// <param name="node">The object in which it is missing.</param>
    /// <param name="member">The member.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="hint">How to mend it.</param>
    /// <param name="values">What stands for <c>{0}</c>, <c>{1}</c>, … in message and hint.</param>
    public void AddMissing(PatientRule rule, ResourceContent resource, int node, string member, LocalText message, LocalText? hint = null, params ReadOnlySpan<object?> values)
    {
        if (Counts(rule))
        {
            Add(rule, $"{resource.PathOf(node)}.{member}", null, message, hint, null, values);
        }
    }

    /// <summary>Reports something about no single value.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="path">Where.</param>
    /// <param name="value">The offending value, if any.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="hint">How to mend it.</param>
    /// <param name="values">What stands for <c>{0}</c>, <c>{1}</c>, … in message and hint.</param>
    public void AddAt(PatientRule rule, string path, string? value, LocalText message, LocalText? hint = null, params ReadOnlySpan<object?> values)
    {
        if (Counts(rule))
        {
            Add(rule, path, value, message, hint, null, values);
        }
    }

    private bool Counts(PatientRule rule)
    {
        var severity = rules.SeverityOf(rule);
        if (Highest is null || severity > Highest)
        {
            Highest = severity;
        }

        if (_issues.Count < MostIssues)
        {
            return true;
        }

        Omitted++;
        return false;
    }

    private void Add(PatientRule rule, string path, string? value, LocalText message, LocalText? hint, string? suggestion, ReadOnlySpan<object?> values) => _issues.Add(new ValidationIssue
    {
        RuleId = rule.Id,
        Severity = rules.SeverityOf(rule),
        Type = rule.Type,
        Path = path,
        Value = value,
        Message = message.In(Language, values),
        Hint = hint?.In(Language, values),
        Suggestion = suggestion,
    });
}
