using System.Collections.Concurrent;
using System.Text;
using PatientTools.Validation;

namespace PatientTools.Interchange;

/// <summary>Refuses patients that are not valid, on the threads that parse. Used by many threads.</summary>
/// <param name="rules">The rules; of those that look at one patient by itself. What is an error for them is refused.</param>
/// <param name="options">Language and day; the rest does not matter here.</param>
public sealed class ImportValidation(RuleSet rules, ValidationOptions options)
{
    /// <summary>How many issues a refusal tells.</summary>
    private const int ToldIssues = 5;

    private static readonly LocalText Refused = new("The patient is not valid: {0}", "Der Patient ist nicht gültig: {0}");
    private static readonly LocalText More = new("{0} and {1} more.", "{0} und {1} weitere.");
    private readonly ConcurrentBag<PatientValidator> _free = [];

    /// <summary>Checks an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The item; a <see cref="RejectedItem"/> with the id <c>InvalidPatient</c> in its place when it is a patient with an error.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public ImportItem Check(ImportItem item, CancellationToken cancellation = default)
    {
        if (item is not PatientItem || PatientInput.Of(item) is not { } patient)
        {
            return item;
        }

        if (!_free.TryTake(out var validator))
        {
            validator = new PatientValidator(rules, options);
        }

        var result = validator.Validate(patient, cancellation);
        _free.Add(validator);
        return result.IsValid ? item : new RejectedItem(item.Place, RefusalOf(result));
    }

    private PatientToolsException RefusalOf(PatientValidationResult result)
    {
        var errors = result.Issues.Where(issue => issue.Severity >= IssueSeverity.Error).ToList();
        var told = new StringBuilder();
        foreach (var issue in errors.Take(ToldIssues))
        {
            told.Append(told.Length > 0 ? "; " : "").Append(issue.Path).Append(": ").Append(issue.Message).Append(" [").Append(issue.RuleId).Append(']');
        }

        var more = errors.Count - ToldIssues + result.OmittedIssues;
        var text = more > 0 ? More.In(options.Language, [told, more]) : told.ToString();
        return new PatientToolsException("InvalidPatient", $"{result.Source}: {Refused.In(options.Language, [text])}", ErrorKind.InvalidData) { Target = result.Source.ToString() };
    }
}
