namespace PatientTools.Patients;

/// <summary>The identifier systems and types the engine knows by name.</summary>
public static class IdentifierSystems
{
    /// <summary>German statutory health insurance number, the first ten characters (fhir.de basis profile).</summary>
    public const string Kvnr = "http://fhir.de/sid/gkv/kvid-10";

    /// <summary>German institution number, such as a payer's (Arbeitsgemeinschaft Institutionskennzeichen).</summary>
    public const string InstitutionNumber = "http://fhir.de/sid/arge-ik/iknr";

    /// <summary>German lifelong number of a doctor (Kassenärztliche Bundesvereinigung).</summary>
    public const string Lanr = "https://fhir.kbv.de/NamingSystem/KBV_NS_Base_ANR";

    /// <summary>German number of a place of practice (Kassenärztliche Bundesvereinigung).</summary>
    public const string Bsnr = "https://fhir.kbv.de/NamingSystem/KBV_NS_Base_BSNR";

    /// <summary>HL7 v2 table 0203, in which FHIR names the types of identifiers.</summary>
    public const string TypeCodes = "http://terminology.hl7.org/CodeSystem/v2-0203";

    /// <summary>The code for a medical record number in <see cref="TypeCodes"/>.</summary>
    public const string MedicalRecordNumber = "MR";

    /// <summary>The types of identifiers that only Germany has (fhir.de basis profile).</summary>
    public const string GermanTypeCodes = "http://fhir.de/CodeSystem/identifier-type-de-basis";

    /// <summary>The code for a KVNR in <see cref="GermanTypeCodes"/>.</summary>
    public const string KvnrType = "KVZ10";
}

/// <summary>An identifier as a patient document holds it.</summary>
/// <param name="System">The namespace of the value; null when the document names none.</param>
/// <param name="Value">The value, never empty.</param>
/// <param name="IsMrn">Whether its type is MR, a medical record number.</param>
public sealed record PatientIdentifier(string? System, string Value, bool IsMrn);
