using System.Collections.Concurrent;
using PatientTools.Validation.Rules.Run;

namespace PatientTools.Validation.Runs;

/// <summary>What all workers of a run share: the rules, how long a patient may take, and validators that are free.</summary>
/// <param name="rules">The rules.</param>
/// <param name="options">How is checked.</param>
/// <param name="make">Makes a validator.</param>
/// <param name="time">The clock.</param>
internal sealed class CheckTerms(RuleSet rules, ValidationOptions options, Func<IPatientCheck> make, TimeProvider time)
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestGrace = TimeSpan.FromSeconds(2);
    private readonly ConcurrentBag<IPatientCheck> _free = [];

    /// <summary>The rules.</summary>
    public RuleSet Rules { get; } = rules;

    /// <summary>How is checked.</summary>
    public ValidationOptions Options { get; } = options;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Compares with the patients of a store; null when nobody asks for it.</summary>
    public StoreComparison? Stored { get; } = StoreComparison.For(rules, options);

    /// <summary>How long a patient may take.</summary>
    public TimeSpan Timeout => Options.Timeout;

    /// <summary>How long a rule may take to heed its token.</summary>
    public TimeSpan Grace { get; } = options.Timeout < LongestGrace ? options.Timeout : LongestGrace;

    /// <summary>How often the watchdog looks.</summary>
    public TimeSpan Interval { get; } = options.Timeout / 4 < LongestLook ? options.Timeout / 4 + TimeSpan.FromMilliseconds(1) : LongestLook;

    /// <summary>Takes a validator.</summary>
    /// <param name="fresh">Whether it has to be a new one.</param>
    public IPatientCheck Rent(bool fresh = false) => !fresh && _free.TryTake(out var check) ? check : make();

    /// <summary>Gives a validator back that nobody uses any more.</summary>
    public void Return(IPatientCheck check) => _free.Add(check);

    /// <summary>A result for a patient whose validator cannot be asked.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="report">Says what happened.</param>
    public PatientValidationResult Unfinished(in PatientInput patient, Action<IssueSink> report)
    {
        var issues = new IssueSink(Rules, Options.Language);
        report(issues);
        return new PatientValidationResult
        {
            Source = patient.Place,
            Id = patient.Stored?.Stamp.Id,
            Issues = issues.ToArray(),
            HighestSeverity = issues.Highest,
            Input = Options.Keep(patient),
        };
    }

    /// <summary>The result for a patient whose rule does not end.</summary>
    public PatientValidationResult Late(in PatientInput patient, PatientRule? running) =>
        Unfinished(patient, issues => RuleTimeout.Report(running, Options.Timeout, issues));
}
