namespace PatientTools.Validation.Rules.Document;

/// <summary>Tells as issues what a reader refuses with an error.</summary>
internal static class RefusalRules
{
    private static readonly LocalText MendJson = new(
        "Mend the text at this place, or export the patient again from where it came.",
        "Korrigieren Sie den Text an dieser Stelle, oder exportieren Sie den Patienten noch einmal aus seiner Quelle.");

    private static readonly LocalText MendTwice = new(
        "Keep one of the two members.",
        "Behalten Sie nur eines der beiden Elemente.");

    private static readonly LocalText MendType = new(
        "Name the type: \"resourceType\": \"Patient\". Other resources belong into the patient's record or into a Bundle with the patient.",
        "Nennen Sie den Typ: \"resourceType\": \"Patient\". Andere Ressourcen gehören in die Akte des Patienten oder mit ihm in ein Bundle.");

    private static readonly LocalText MendSource = new(
        "Import-Patient would refuse it for the same reason ({1}).",
        "Import-Patient würde den Eintrag aus demselben Grund abweisen ({1}).");

    private static readonly LocalText Malformed = new(
        "The JSON cannot be read{1}: {0}",
        "Das JSON lässt sich nicht lesen{1}: {0}");

    private static readonly LocalText Twice = new(
        "A member stands twice{1}: {0}",
        "Ein Element steht doppelt{1}: {0}");

    private static readonly LocalText OtherType = new(
        "This is no patient: {0}",
        "Dies ist kein Patient: {0}");

    private static readonly LocalText Unreadable = new(
        "This cannot be read: {0}",
        "Dies lässt sich nicht lesen: {0}");

    /// <summary>The rule for an error of a reader.</summary>
    /// <param name="errorId">The error's id.</param>
    /// <returns>The rule.</returns>
    public static PatientRule RuleOf(string errorId) => errorId switch
    {
        "InvalidJson" => JsonSyntax.Instance,
        "DuplicateJsonMember" => JsonDuplicateMember.Instance,
        "NotAPatient" => NotAPatient.Instance,
        _ => SourceContent.Instance,
    };

    /// <summary>Reports why something could not be read.</summary>
    /// <param name="refusal">The error.</param>
    /// <param name="issues">Takes the issue.</param>
    /// <param name="path">What could not be read: the patient, or a resource of the record.</param>
    public static void Report(PatientToolsException refusal, IssueSink issues, string path = "Patient")
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var rule = RuleOf(refusal.ErrorId);
        var (message, hint) = rule switch
        {
            JsonSyntax => (Malformed, MendJson),
            JsonDuplicateMember => (Twice, MendTwice),
            NotAPatient => (OtherType, MendType),
            _ => (Unreadable, MendSource),
        };
        issues.AddAt(rule, path, null, message, hint, Problem(refusal), rule == SourceContent.Instance ? refusal.ErrorId : Place(refusal, issues.Language));
    }

    /// <summary>What is wrong, without the place.</summary>
    private static string Problem(PatientToolsException refusal) => refusal is InvalidDocumentException document ? document.Problem : refusal.Message;

    /// <summary>Counted within the text of the patient alone: where that stands, the result's source says.</summary>
    private static string Place(PatientToolsException refusal, ResultLanguage language) => (refusal as InvalidDocumentException, language) switch
    {
        ({ Line: 1 } at, ResultLanguage.German) => FormattableString.Invariant($" (Byte {at.Column})"),
        ({ Line: 1 } at, _) => FormattableString.Invariant($" (byte {at.Column})"),
        ({ Line: > 1 } at, ResultLanguage.German) => FormattableString.Invariant($" (in seiner Zeile {at.Line}, Byte {at.Column})"),
        ({ Line: > 1 } at, _) => FormattableString.Invariant($" (in its line {at.Line}, byte {at.Column})"),
        _ => "",
    };
}
