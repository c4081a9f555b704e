using PatientTools.Patients;
using PatientTools.Validation.Content;
using PatientTools.Validation.Fhir;
using PatientTools.Validation.Rules.Document;
using PatientTools.Validation.Rules.Run;
using PatientTools.Validation.Runs;

namespace PatientTools.Validation;

/// <summary>Checks patients, one after the other. Belongs to one thread; <see cref="Runs.ValidationRun"/> uses many.</summary>
public sealed class PatientValidator : IPatientCheck
{
    private const int NoRule = -1;
    private readonly RuleSet _rules;
    private readonly ValidationOptions _options;
    private readonly PatientContent _content = new();
    private readonly IssueSink _issues;
    private readonly bool _needsKeys;
    private int _next = NoRule;

    /// <summary>Makes one.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="options">How is checked.</param>
    public PatientValidator(RuleSet rules, ValidationOptions options)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(options);
        (_rules, _options) = (rules, options);
        _issues = new IssueSink(rules, options.Language);
        _needsKeys = rules.Rules.Any(rule => rule.Category == RuleCategory.Duplicate);
    }

    /// <summary>The rule that is being checked; null between two patients. May be asked from any thread.</summary>
    internal PatientRule? Current => _next is var next and >= 0 && next < _rules.ContentRules.Length ? _rules.ContentRules[next] : null;

    /// <inheritdoc/>
    PatientRule? IPatientCheck.Current => Current;

    /// <summary>Checks a patient by itself, without a look at others.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="cancellation">Given to the rules, which stop.</param>
    /// <returns>What was found; an exception in a rule is an issue.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public PatientValidationResult Validate(in PatientInput patient, CancellationToken cancellation = default)
    {
        _issues.Clear();
        if (patient.Refusal is { } refusal)
        {
            RefusalRules.Report(refusal, _issues);
            return Unreadable(patient);
        }

        if (!_content.Read(patient, _options.Today))
        {
            RefusalRules.Report(RefusalOf(patient.Document.Span), _issues);
            return Unreadable(patient);
        }

        if (_content.Document.Type != FhirModel.Patient)
        {
            RefusalRules.Report(RefusalOf(patient.Document.Span), _issues);
            return Result(patient);
        }

        ReportUnreadable(patient);
        Check(cancellation);
        return Result(patient);
    }

    /// <summary>What is known of the patient whose check was stopped because it took too long.</summary>
    /// <param name="patient">The patient.</param>
    /// <returns>What was found until then, and that there is more to know.</returns>
    internal PatientValidationResult TimedOut(in PatientInput patient)
    {
        RuleTimeout.Report(Current, _options.Timeout, _issues);
        _next = NoRule;
        return Result(patient);
    }

    /// <inheritdoc/>
    PatientValidationResult IPatientCheck.TimedOut(in PatientInput patient) => TimedOut(patient);

    private static PatientToolsException RefusalOf(ReadOnlySpan<byte> document)
    {
        try
        {
            PatientDocument.Parse(document);
        }
        catch (PatientToolsException e)
        {
            return e.ErrorId == "InvalidJson" && OtherJson.KindOf(document) is { } kind
                ? new InvalidDocumentException("NotAPatient", $"The JSON is {kind}, not an object; a patient document is one object.")
                : e;
        }

        return new InvalidDocumentException("InvalidJson", "The JSON is malformed.");
    }

    private void ReportUnreadable(in PatientInput patient)
    {
        foreach (var number in _content.Unreadable)
        {
            try
            {
                JsonText.CompactObject(patient.Record[number].Span);
            }
            catch (PatientToolsException e)
            {
                RefusalRules.Report(e, _issues, FormattableString.Invariant($"record[{number}]"));
            }
        }
    }

    private void Check(CancellationToken cancellation)
    {
        for (_next = 0; _next < _rules.ContentRules.Length; _next++)
        {
            try
            {
                CheckRest(cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                RuleFailed.Report(Current, e, _issues);
            }
        }

        _next = NoRule;
    }

    /// <summary>In a method of its own, so that the rules share one guard.</summary>
    private void CheckRest(CancellationToken cancellation)
    {
        var rules = _rules.ContentRules;
        var needs = _rules.Needs;
        var aspects = _content.Aspects;
        for (; _next < rules.Length; _next++)
        {
            if ((needs[_next] & aspects) != PatientAspects.None)
            {
                rules[_next].Check(_content, _issues, cancellation);
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private PatientValidationResult Unreadable(in PatientInput patient) => new()
    {
        Source = patient.Place,
        Id = patient.Stored?.Stamp.Id,
        Issues = _issues.ToArray(),
        OmittedIssues = _issues.Omitted,
        HighestSeverity = _issues.Highest,
        Input = _options.Keep(patient),
    };

    private PatientValidationResult Result(in PatientInput patient)
    {
        var identity = new PatientIdentityReader(_content);
        return new PatientValidationResult
        {
            Source = patient.Place,
            Id = patient.Stored?.Stamp.Id,
            FhirId = identity.FhirId,
            Mrn = identity.Mrn,
            Name = identity.Name,
            Issues = _issues.ToArray(),
            OmittedIssues = _issues.Omitted,
            HighestSeverity = _issues.Highest,
            Keys = _needsKeys ? identity.Keys() : [],
            Input = _options.Keep(patient),
        };
    }
}
