using PatientTools.Validation.Rules.Document;
using PatientTools.Validation.Rules.Duplicates;
using PatientTools.Validation.Rules.Run;

namespace PatientTools.Validation;

/// <summary>The rules there are.</summary>
public static class PatientRules
{
    /// <summary>All of them, in the order in which they are checked and listed.</summary>
    public static IReadOnlyList<PatientRule> All { get; } = [.. Document, .. Fhir, .. Names, .. Person, .. Identifiers, .. Contact, .. Record, .. Duplicates, .. Run];

    private static PatientRule[] Document => [JsonSyntax.Instance, JsonDuplicateMember.Instance, NotAPatient.Instance, SourceContent.Instance];

    private static PatientRule[] Fhir => [];

    private static PatientRule[] Names => [];

    private static PatientRule[] Person => [];

    private static PatientRule[] Identifiers => [];

    private static PatientRule[] Contact => [];

    private static PatientRule[] Record => [];

    private static PatientRule[] Duplicates => [DuplicateId.Instance, DuplicateMrn.Instance, DuplicateKvnr.Instance, StoredKvnr.Instance, StoredPerson.Instance];

    private static PatientRule[] Run => [RuleTimeout.Instance, RuleFailed.Instance];
}
