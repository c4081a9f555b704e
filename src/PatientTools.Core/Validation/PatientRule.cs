using System.Globalization;
using PatientTools.Validation.Content;

namespace PatientTools.Validation;

/// <summary>What a rule looks at.</summary>
public enum RuleCategory
{
    /// <summary>Whether the text can be read at all.</summary>
    Document,

    /// <summary>The form that FHIR demands.</summary>
    Fhir,

    /// <summary>Names.</summary>
    Name,

    /// <summary>Birth, death and gender.</summary>
    Person,

    /// <summary>Identifiers and their check digits.</summary>
    Identifier,

    /// <summary>Addresses and ways to reach somebody.</summary>
    Contact,

    /// <summary>The other resources of the patient.</summary>
    Record,

    /// <summary>Other patients of the same batch, or of the store.</summary>
    Duplicate,

    /// <summary>How the checking itself went.</summary>
    Run,

    /// <summary>Rules of one's own.</summary>
    Own,
}

/// <summary>One thing that a patient is checked for. A rule has no state: it is used by many threads at once.</summary>
public abstract class PatientRule
{
    private protected PatientRule(string id, IssueSeverity severity, RuleCategory category, IssueType type) =>
        (Id, Severity, Category, Type) = (id, severity, category, type);

    /// <summary>The stable id, in PascalCase, by which a rule is chosen.</summary>
    public string Id { get; }

    /// <summary>How bad what it finds is, unless somebody says otherwise.</summary>
    public IssueSeverity Severity { get; }

    /// <summary>What it looks at.</summary>
    public RuleCategory Category { get; }

    /// <summary>The kind of issue it reports.</summary>
    public IssueType Type { get; }

    /// <summary>What it reports, in the language of the current UI culture.</summary>
    public string Description => About.In(LocalText.LanguageOf(CultureInfo.CurrentUICulture));

    /// <summary>Something it reports: a path and a value as FHIR writes them, such as <c>name[0].family: "MÃ¼ller"</c>.</summary>
    public abstract string Example { get; }

    /// <summary>Where the rule comes from: a standard, a register, a page.</summary>
    public abstract string Reference { get; }

    /// <summary>What it reports, in one sentence each.</summary>
    internal abstract LocalText About { get; }

    /// <summary>The id.</summary>
    /// <returns>The id.</returns>
    public override string ToString() => Id;
}

/// <summary>A rule that looks at one patient by itself.</summary>
internal abstract class ContentRule(string id, IssueSeverity severity, RuleCategory category, IssueType type) : PatientRule(id, severity, category, type)
{
    /// <summary>What a patient has to have at least one of for the rule to find anything; it is not asked about others.</summary>
    public virtual PatientAspects Needs => PatientAspects.Document;

    /// <summary>Checks a patient. Called for many patients, by many threads at once.</summary>
    /// <param name="patient">The patient; what it gives is gone when the call returns.</param>
    /// <param name="issues">Takes what is found.</param>
    /// <param name="cancellation">To be looked at by whatever may take longer than a millisecond.</param>
    public abstract void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation);
}

/// <summary>A rule whose issues the engine itself reports, since no look at one patient finds them.</summary>
internal abstract class EngineRule(string id, IssueSeverity severity, RuleCategory category, IssueType type) : PatientRule(id, severity, category, type);
