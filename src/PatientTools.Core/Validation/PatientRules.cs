using PatientTools.Validation.Rules.Contact;
using PatientTools.Validation.Rules.Document;
using PatientTools.Validation.Rules.Duplicates;
using PatientTools.Validation.Rules.Fhir;
using PatientTools.Validation.Rules.Identifiers;
using PatientTools.Validation.Rules.Names;
using PatientTools.Validation.Rules.Person;
using PatientTools.Validation.Rules.Record;
using PatientTools.Validation.Rules.Run;

namespace PatientTools.Validation;

/// <summary>The rules there are.</summary>
public static class PatientRules
{
    /// <summary>All of them, in the order in which they are checked and listed.</summary>
    public static IReadOnlyList<PatientRule> All { get; } = [.. Document, .. Fhir, .. Names, .. Person, .. Identifiers, .. Contact, .. Record, .. Duplicates, .. Run];

    private static PatientRule[] Document => [JsonSyntax.Instance, JsonDuplicateMember.Instance, NotAPatient.Instance, SourceContent.Instance];

    private static PatientRule[] Fhir =>
    [
        new UnknownResourceType(), new UnknownMember(), new PrimitiveType(), new Cardinality(), new EmptyValue(), new PrimitiveSyntax(), new DateSyntax(), new CodeValue(),
        new RequiredMember(), new ChoiceRepeated(), new UnresolvedReference(), new ContainedReference(),
    ];

    private static PatientRule[] Names => [new NameMissing(), new NameControlCharacter(), new NameSurroundingBlanks(), new NameDigits(), new TextMisread(), new NameCharacters(), new NameCapitals(), new PlaceholderPerson(), new PlaceholderValue()];

    private static PatientRule[] Person => [new BirthDateMissing(), new BirthDateImpossible(), new BirthDateInFuture(), new BirthDateTooLongAgo(), new BirthDatePartial(), new DeathBeforeBirth(), new DeathInFuture(), new GenderCode(), new GenderMissing()];

    private static PatientRule[] Identifiers => [new KvnrFormat(), new KvnrCheckDigit(), new InstitutionNumber(), new Lanr(), new IdentifierWithoutSystem(), new IdentifierRepeated(), new MergedWithoutLink()];

    private static PatientRule[] Contact => [new PostalCode(), new Phone(), new Email()];

    private static PatientRule[] Record => [new DiagnosisCode(), new RecordDateBeforeBirth(), new RecordDateAfterDeath()];

    private static PatientRule[] Duplicates => [DuplicateId.Instance, DuplicateMrn.Instance, DuplicateKvnr.Instance, StoredKvnr.Instance, StoredPerson.Instance];

    private static PatientRule[] Run => [RuleTimeout.Instance, RuleFailed.Instance];
}
