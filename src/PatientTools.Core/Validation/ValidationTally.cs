namespace PatientTools.Validation;

/// <summary>Counts results. Used by one thread; holds a number for each rule and source, whatever the number of patients.</summary>
public sealed class ValidationTally
{
    private readonly Dictionary<string, long> _byRule = new(StringComparer.Ordinal);
    private readonly long[] _bySeverity = new long[Enum.GetValues<IssueSeverity>().Length];
    private readonly Dictionary<string, int> _sourceNumbers = new(StringComparer.Ordinal);
    private readonly List<NamedCount> _bySource = [];
    private long _issues;
    private int _source = -1;

    /// <summary>How many patients so far.</summary>
    public long Patients { get; private set; }

    /// <summary>How many of them are not valid.</summary>
    public long Invalid { get; private set; }

    /// <summary>Counts a result.</summary>
    /// <param name="result">The result.</param>
    public void Add(PatientValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Patients++;
        TurnTo(result.File);
        if (!result.IsValid)
        {
            Invalid++;
            _bySource[_source] = _bySource[_source] with { Count = _bySource[_source].Count + 1 };
        }

        _issues += result.OmittedIssues;
        foreach (var issue in result.Issues)
        {
            _issues++;
            _bySeverity[(int)issue.Severity]++;
            _byRule[issue.RuleId] = _byRule.GetValueOrDefault(issue.RuleId) + 1;
        }
    }

    /// <summary>What it came to so far.</summary>
    /// <param name="duration">How long it took.</param>
    /// <returns>The summary.</returns>
    public ValidationSummary ToSummary(TimeSpan duration) => new()
    {
        Patients = Patients,
        Valid = Patients - Invalid,
        Issues = _issues,
        ByRule = [.. _byRule.OrderByDescending(rule => rule.Value).ThenBy(rule => rule.Key, StringComparer.Ordinal).Select(rule => new NamedCount(rule.Key, rule.Value))],
        BySeverity = [.. Enum.GetValues<IssueSeverity>().OrderDescending().Where(severity => _bySeverity[(int)severity] > 0).Select(severity => new NamedCount(severity.ToString(), _bySeverity[(int)severity]))],
        BySource = [.. _bySource],
        Duration = duration,
    };

    /// <summary>Mostly it is the source of the result before.</summary>
    private void TurnTo(string file)
    {
        if (_source >= 0 && string.Equals(_bySource[_source].Name, file, StringComparison.Ordinal))
        {
            return;
        }

        if (!_sourceNumbers.TryGetValue(file, out _source))
        {
            _source = _bySource.Count;
            _sourceNumbers.Add(file, _source);
            _bySource.Add(new NamedCount(file, 0));
        }
    }
}
