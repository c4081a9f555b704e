namespace PatientTools.Validation.Reports;

/// <summary>The codes of FHIR R4 for what issues are (hl7.org/fhir/R4/valueset-issue-severity.html, valueset-issue-type.html).</summary>
internal static class OutcomeCodes
{
    /// <summary>The code of <see cref="IssueType"/> for an outcome without anything to report.</summary>
    public const string Informational = "informational";

    /// <summary>The code of a severity.</summary>
    public static string Of(IssueSeverity severity) => severity switch
    {
        IssueSeverity.Fatal => "fatal",
        IssueSeverity.Error => "error",
        IssueSeverity.Warning => "warning",
        _ => "information",
    };

    /// <summary>The code of a type.</summary>
    public static string Of(IssueType type) => type switch
    {
        IssueType.Structure => "structure",
        IssueType.Required => "required",
        IssueType.Value => "value",
        IssueType.Invariant => "invariant",
        IssueType.CodeInvalid => "code-invalid",
        IssueType.Duplicate => "duplicate",
        IssueType.NotFound => "not-found",
        IssueType.BusinessRule => "business-rule",
        IssueType.Exception => "exception",
        IssueType.Timeout => "timeout",
        _ => "invalid",
    };
}
