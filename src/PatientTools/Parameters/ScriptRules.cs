using System.Globalization;
using System.Management.Automation;
using PatientTools.Patients;
using PatientTools.Storage;
using PatientTools.Validation;

namespace PatientTools.Parameters;

/// <summary>Rules that are script blocks: run on the pipeline's thread in a scope below the caller's, on results that are finished.</summary>
/// <param name="scripts">The script blocks.</param>
/// <param name="rules">Says how bad it is when one fails.</param>
/// <param name="options">In which language issues are told, and on which day is checked.</param>
internal sealed class ScriptRules(IReadOnlyList<ScriptBlock> scripts, RuleSet rules, ValidationOptions options)
{
    private const string FailedRule = "RuleFailed";
    private static readonly LocalText LeftLoop = new("'break' and 'continue' have no loop to leave there; 'return' ends a rule.", "„break“ und „continue“ haben dort keine Schleife zu verlassen; „return“ beendet eine Regel.");
    private static readonly LocalText Failed = new("The rule '{0}' failed: {1}", "Die Regel „{0}“ ist gescheitert: {1}");
    private readonly ScriptRule[] _rules = [.. scripts.Select((script, index) => new ScriptRule(script, index == 0 ? "ScriptRule" : string.Create(CultureInfo.InvariantCulture, $"ScriptRule{index + 1}"), options.Language))];

    /// <summary>Adds what the scripts find. What could not be read is shown to none of them.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The same, or one with more issues.</returns>
    public PatientValidationResult Judge(PatientValidationResult result)
    {
        if (_rules.Length == 0 || result.HighestSeverity == IssueSeverity.Fatal || PatientOf(result.GetInput()) is not { } patient)
        {
            return result;
        }

        ValidationIssue[] found = [.. _rules.SelectMany(rule => Run(rule, patient, result.GetInput()))];
        return found.Length == 0 ? result : result with
        {
            Issues = [.. result.Issues, .. found],
            HighestSeverity = found.Select(issue => issue.Severity).Append(result.HighestSeverity ?? IssueSeverity.Information).Max(),
        };
    }

    private List<ValidationIssue> Run(ScriptRule rule, Patient patient, PatientInput input)
    {
        var found = new List<ValidationIssue>();
        try
        {
            rule.Run(patient, input, found);
        }
        catch (LoopFlowException)
        {
            // It would leave a loop of whoever called, and the batch with it.
            found.Add(Failure(rule, LeftLoop.In(options.Language, [])));
        }
        catch (Exception e) when (e is PatientToolsException or RuntimeException and not PipelineStoppedException)
        {
            found.Add(Failure(rule, e is RuntimeException { ErrorRecord: { } record } ? record.ToString() : e.Message));
        }

        return found;
    }

    private ValidationIssue Failure(ScriptRule rule, string reason) => new()
    {
        RuleId = FailedRule,
        Severity = FailureSeverity(),
        Type = IssueType.Exception,
        Path = ScriptRule.Whole,
        Message = Failed.In(options.Language, [rule.Id, reason]),
    };

    private IssueSeverity FailureSeverity() =>
        PatientRules.All.FirstOrDefault(rule => rule.Id == FailedRule) is { } known ? rules.SeverityOf(known) : IssueSeverity.Error;

    private Patient? PatientOf(PatientInput input)
    {
        if (input.Stored is { } stored)
        {
            return stored.ToPatient(options.Today);
        }

        try
        {
            return input.Document.IsEmpty ? null : new PatientState(default, PatientDocument.Parse(input.Document.Span), null).ToPatient(options.Today);
        }
        catch (PatientToolsException)
        {
            // The issues of the document say already what is wrong with it.
            return null;
        }
    }
}
