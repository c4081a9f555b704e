namespace PatientTools.Validation;

/// <summary>How bad an issue is (hl7.org/fhir/R4/valueset-issue-severity.html), ordered from harmless to worst.</summary>
public enum IssueSeverity
{
    /// <summary>Worth knowing; nothing has to be done.</summary>
    Information,

    /// <summary>Probably wrong; the document can be used.</summary>
    Warning,

    /// <summary>Wrong: the document is not valid.</summary>
    Error,

    /// <summary>The document could not be processed, so nothing more is known of it.</summary>
    Fatal,
}

/// <summary>What kind of issue it is: the codes of hl7.org/fhir/R4/valueset-issue-type.html that the rules use.</summary>
public enum IssueType
{
    /// <summary><c>invalid</c>: content that breaks a rule in a way none of the others says.</summary>
    Invalid,

    /// <summary><c>structure</c>: something stands where it may not.</summary>
    Structure,

    /// <summary><c>required</c>: something that has to be there is missing.</summary>
    Required,

    /// <summary><c>value</c>: a value is not what it may be.</summary>
    Value,

    /// <summary><c>invariant</c>: several values contradict each other.</summary>
    Invariant,

    /// <summary><c>code-invalid</c>: a code is not one of those that may be used.</summary>
    CodeInvalid,

    /// <summary><c>duplicate</c>: the same thing is there already.</summary>
    Duplicate,

    /// <summary><c>not-found</c>: something that is referred to is missing.</summary>
    NotFound,

    /// <summary><c>business-rule</c>: a rule of the house, not of the format.</summary>
    BusinessRule,

    /// <summary><c>exception</c>: a rule failed.</summary>
    Exception,

    /// <summary><c>timeout</c>: a rule did not finish in time.</summary>
    Timeout,
}
