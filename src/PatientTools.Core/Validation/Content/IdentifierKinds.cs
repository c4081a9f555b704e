using PatientTools.Patients;

namespace PatientTools.Validation.Content;

/// <summary>Tells which number an identifier is.</summary>
internal static class IdentifierKinds
{
    private static readonly byte[] Kvnr = Bytes(IdentifierSystems.Kvnr);
    private static readonly byte[] OlderKvnr = Bytes("http://fhir.de/NamingSystem/gkv/kvid-10");
    private static readonly byte[] InstitutionNumber = Bytes(IdentifierSystems.InstitutionNumber);
    private static readonly byte[] Lanr = Bytes(IdentifierSystems.Lanr);
    private static readonly byte[] Bsnr = Bytes(IdentifierSystems.Bsnr);
    private static readonly byte[] TypeCodes = Bytes(IdentifierSystems.TypeCodes);
    private static readonly byte[] GermanTypeCodes = Bytes(IdentifierSystems.GermanTypeCodes);
    private static readonly byte[] KvnrType = Bytes(IdentifierSystems.KvnrType);
    private static readonly byte[] MrnType = Bytes(IdentifierSystems.MedicalRecordNumber);

    /// <summary>Which number it is.</summary>
    /// <param name="document">The document.</param>
    /// <param name="system">The member <c>system</c>; 0 when there is none.</param>
    /// <param name="type">The member <c>type</c>, which tells where there is no system; 0 when there is none.</param>
    /// <returns>The kind.</returns>
    public static IdentifierKind Of(ResourceContent document, int system, int type)
    {
        if (system == 0 || document.Nodes[system].Kind != ContentKind.Text)
        {
            return type != 0 && HasCode(document, type, KvnrType, GermanTypeCodes) ? IdentifierKind.Kvnr : IdentifierKind.Other;
        }

        var text = document.TextOf(system);
        return text.SequenceEqual(Kvnr) || text.SequenceEqual(OlderKvnr) ? IdentifierKind.Kvnr
            : text.SequenceEqual(InstitutionNumber) ? IdentifierKind.InstitutionNumber
            : text.SequenceEqual(Lanr) ? IdentifierKind.Lanr
            : text.SequenceEqual(Bsnr) ? IdentifierKind.Bsnr
            : IdentifierKind.Other;
    }

    /// <summary>Whether a type is MR, a medical record number.</summary>
    /// <param name="document">The document.</param>
    /// <param name="type">The member <c>type</c>.</param>
    /// <returns>Whether it has that code, of table 0203 or of no system.</returns>
    public static bool IsMrn(ResourceContent document, int type) => HasCode(document, type, MrnType, TypeCodes);

    private static bool HasCode(ResourceContent document, int type, ReadOnlySpan<byte> code, ReadOnlySpan<byte> system)
    {
        foreach (var coding in document.Items(document.Member(type, "coding"u8)))
        {
            if (document.Is(document.Member(coding, "code"u8), code)
                && document.Member(coding, "system"u8) is var of
                && (of == 0 || document.Is(of, system) || (system.SequenceEqual(TypeCodes) && document.Is(of, "http://hl7.org/fhir/v2/0203"u8))))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
