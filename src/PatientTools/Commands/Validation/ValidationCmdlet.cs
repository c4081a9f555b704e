using System.Collections;
using System.Diagnostics;
using System.Management.Automation;
using PatientTools.Commands.Patients;
using PatientTools.Errors;
using PatientTools.Interchange;
using PatientTools.Parameters;
using PatientTools.Parameters.Completion;
using PatientTools.Search;
using PatientTools.Validation;
using PatientTools.Validation.Runs;

namespace PatientTools.Commands.Validation;

/// <summary>The base of cmdlets that check patients: which rules, and what is written of what they find.</summary>
public abstract class ValidationCmdlet : PatientQueryCmdlet
{
    private readonly ThrottledProgress _progress;
    private readonly ValidationTally _tally = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private ValidationRun? _run;
    private ScriptRules? _scripts;
    private bool _failed;

    /// <summary>Begins.</summary>
    protected ValidationCmdlet() => _progress = new ThrottledProgress(this, "Checking patients");

    /// <inheritdoc/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string? Name { get; set; }

    /// <summary>Ids of the rules to check; all when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[]? Rule { get; set; }

    /// <summary>Ids of rules not to check.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[] ExcludeRule { get; set; } = [];

    /// <summary>Ids of rules, with how bad what they find is, such as <c>@{ KvnrCheckDigit = 'Error' }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public IDictionary? Severity { get; set; }

    /// <summary>JSON files of rules of one's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] RuleFile { get; set; } = [];

    /// <summary>Script blocks that are rules: <c>$_</c> is the patient, and what they write is an issue.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ScriptBlock[] ScriptRule { get; set; } = [];

    /// <summary>How long the rules may take for one patient, in seconds, 0.1 to 86400.</summary>
    [Parameter]
    [ValidateRange(0.1, 86400.0)]
    public double TimeoutSeconds { get; set; } = 30;

    /// <summary>Leaves out issues that are less bad.</summary>
    [Parameter]
    public IssueSeverity MinimumSeverity { get; set; }

    /// <summary>Writes only patients with an error, or with an issue as bad as <see cref="MinimumSeverity"/>.</summary>
    [Parameter]
    public SwitchParameter InvalidOnly { get; set; }

    /// <summary>Writes whether all patients are valid, and nothing else.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Writes what all came to, rather than the results.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>Looks for each patient among those of the store.</summary>
    [Parameter]
    public SwitchParameter CompareWithStore { get; set; }

    /// <summary>How many patients are checked at once.</summary>
    private protected virtual int Workers => 1;

    /// <summary>Whether the answer is known, so that nothing more need be checked.</summary>
    private protected bool IsDecided => Quiet && _failed;

    private ValidationRun Run => _run ?? throw new InvalidOperationException("Checking has not begun.");

    /// <summary>From which severity on a patient counts as one to be reported.</summary>
    private IssueSeverity Threshold => MyInvocation.BoundParameters.ContainsKey(nameof(MinimumSeverity)) ? MinimumSeverity : IssueSeverity.Error;

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (Quiet && Summary)
        {
            throw new PatientToolsException("QuietOrSummary", "-Quiet writes true or false, -Summary writes counts. Give one of them.", ErrorKind.InvalidArgument);
        }

        var rules = RuleChoice.Of(this, Rule, ExcludeRule, Severity, RuleFile);
        var options = new ValidationOptions
        {
            Workers = Workers,
            Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
            CompareWith = CompareWithStore ? Session : null,
            KeepsInput = ScriptRule.Length > 0,
        };
        _scripts = new ScriptRules(ScriptRule, rules, options);
        _run = new ValidationRun(rules, options);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        Finish();
        _progress.Complete();
        if (Quiet)
        {
            WriteObject(!_failed);
        }
        else if (Summary)
        {
            WriteObject(_tally.ToSummary(Stopwatch.GetElapsedTime(_started)));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _run?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Whether a question was asked.</summary>
    /// <param name="orPiped">Whether patients may come, or might have come, from the pipeline instead.</param>
    /// <exception cref="PatientToolsException"><c>NothingToCheck</c>.</exception>
    private protected bool IsAsked(bool orPiped) => AskedIn.Any() || (orPiped ? false : throw new PatientToolsException(
        "NothingToCheck",
        "Nothing was given that could be checked. Name files, pipe patients in, ask for some as Find-Patient does, or check all of the store with Test-PatientBatch -All.",
        ErrorKind.InvalidArgument));

    /// <summary>Refuses a question where patients were given.</summary>
    /// <exception cref="PatientToolsException"><c>QuestionNeedsStore</c>.</exception>
    private protected void RefuseQuestion()
    {
        if (AskedIn.FirstOrDefault() is { } parameter)
        {
            throw new PatientToolsException("QuestionNeedsStore", $"-{parameter} chooses patients of the store and cannot be combined with patients that are given. Leave one of them out.", ErrorKind.InvalidArgument) { Target = parameter };
        }
    }

    /// <summary>Does something about one item of the input; when that fails, not all is valid.</summary>
    private protected void Attempt(object target, Action action)
    {
        var failed = true;
        ForItem(target, () =>
        {
            action();
            failed = false;
        });
        _failed |= failed;
    }

    /// <summary>Reports what kept one item of the input from being checked: not all is valid.</summary>
    private protected void Fail(PatientToolsException error, object target)
    {
        _failed = true;
        Report(ErrorRecords.From(error, target));
    }

    /// <summary>Checks one patient.</summary>
    private protected void Check(PatientInput patient) => Write(Run.Add(patient, Cancellation), null);

    /// <summary>Checks what a JSON text holds.</summary>
    private protected void Check(string json, SourcePlace place)
    {
        var input = ValidationObjects.FromText(json, place);
        if (input.Refusal is not null || ValidationObjects.IsOneDocument(input.Document.Span))
        {
            Check(input);
            return;
        }

        try
        {
            Check(PatientSources.FromText(json));
        }
        catch (PatientToolsException e)
        {
            Check(input with { Document = default, Refusal = e });
        }
    }

    /// <summary>Checks an object: the patient of the store that it names, else the document that it is.</summary>
    private protected void CheckObject(PSObject given, SourcePlace place)
    {
        if (ValidationObjects.IdentityOf(given) is { } identity)
        {
            CheckStored(identity);
        }
        else
        {
            Check(ValidationObjects.Read(given, place));
        }
    }

    /// <summary>Checks all that a source holds.</summary>
    private protected void Check(IPatientSource source)
    {
        Finish();
        Write(Run.Read(source, notice => WriteWarning($"{notice.Place}: {notice.Message}"), Cancellation), () => source.TotalBytes is { } total and > 0 ? source.BytesRead / (double)total : 0);
    }

    /// <summary>Checks the patients of the store that were asked for.</summary>
    private protected void CheckAsked()
    {
        var (query, most) = Asked();
        var search = SearchFor(query);
        var answer = search.Find(query, new ResultWindow(0, most, IncludeTotal: !search.ReadsDocuments(query)), Cancellation);
        var done = _tally.Patients;
        Write(Run.Read(Session, answer, Cancellation), answer.Total is { } total and > 0 ? () => (_tally.Patients - done) / (double)Math.Min(total, most ?? total) : null);
    }

    /// <summary>Checks a patient of the store, as it is now.</summary>
    private protected void CheckStored(PatientIdentity identity)
    {
        var search = Session.Search();
        var state = new PatientLookup(search, IncludeRemoved || identity.Patient is not null).StateById(identity.Id);
        Check(new PatientInput
        {
            Place = new SourcePlace(Session.Location),
            Document = state.Document.Utf8,
            Record = [.. search.GetRecord(identity.Id).Select(entry => entry.Json)],
            Stored = state,
        });
    }

    private void Finish()
    {
        if (!IsDecided)
        {
            Write(Run.Complete(Cancellation), null);
        }
    }

    private void Write(IEnumerable<PatientValidationResult> results, Func<double>? fraction)
    {
        try
        {
            foreach (var result in results)
            {
                Write(_scripts!.Judge(result), fraction);
                if (IsDecided)
                {
                    break;
                }
            }
        }
        catch (FlowControlException)
        {
            // Somebody downstream has enough, and nothing else would take the progress off the screen.
            _progress.Complete();
            throw;
        }
    }

    private void Write(PatientValidationResult result, Func<double>? fraction)
    {
        _tally.Add(result);
        _progress.Report(_tally.Patients, fraction, _tally.Invalid);
        var isBad = result.HighestSeverity >= Threshold;
        _failed |= isBad;
        if (!Quiet && !Summary && (isBad || !InvalidOnly))
        {
            WriteObject(result.Issues.All(issue => issue.Severity >= MinimumSeverity) ? result
                : result with { Issues = [.. result.Issues.Where(issue => issue.Severity >= MinimumSeverity)] });
        }
    }
}
