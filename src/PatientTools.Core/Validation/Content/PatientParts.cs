using System.Runtime.InteropServices;
using PatientTools.Patients;

namespace PatientTools.Validation.Content;

/// <summary>What a text of a name is.</summary>
internal enum NamePartKind : byte
{
    /// <summary>The family name.</summary>
    Family,

    /// <summary>A given name.</summary>
    Given,

    /// <summary>A title.</summary>
    Prefix,

    /// <summary>What follows the name.</summary>
    Suffix,

    /// <summary>The whole name as one text.</summary>
    Text,
}

/// <summary>A name of the patient.</summary>
/// <param name="Node">The object.</param>
/// <param name="Use">The member <c>use</c>.</param>
/// <param name="Family">The member <c>family</c>.</param>
/// <param name="Given">The member <c>given</c>.</param>
/// <param name="Text">The member <c>text</c>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NameContent(int Node, int Use, int Family, int Given, int Text);

/// <summary>One text of a name.</summary>
/// <param name="Node">The text.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Traits">What characters it holds.</param>
/// <param name="Name">Which of <see cref="PatientContent.Names"/> it belongs to; -1 for a name of a contact.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NamePart(int Node, NamePartKind Kind, TextTraits Traits, int Name);

/// <summary>The numbers the rules know.</summary>
internal enum IdentifierKind : byte
{
    /// <summary>Some other.</summary>
    Other,

    /// <summary>A health insurance number, by its system, or by its type where there is no system.</summary>
    Kvnr,

    /// <summary>An institution number.</summary>
    InstitutionNumber,

    /// <summary>A number of a doctor of the statutory system (LANR).</summary>
    Lanr,

    /// <summary>A number of a place of practice (BSNR).</summary>
    Bsnr,
}

/// <summary>An identifier of the patient.</summary>
/// <param name="Node">The object.</param>
/// <param name="System">The member <c>system</c>.</param>
/// <param name="Value">The member <c>value</c>.</param>
/// <param name="Kind">Which number it is.</param>
/// <param name="IsMrn">Whether it is of type MR.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IdentifierContent(int Node, int System, int Value, IdentifierKind Kind, bool IsMrn);

/// <summary>A way to reach somebody.</summary>
/// <param name="Node">The object.</param>
/// <param name="System">The member <c>system</c>.</param>
/// <param name="Value">The member <c>value</c>.</param>
/// <param name="Use">The member <c>use</c>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TelecomContent(int Node, int System, int Value, int Use);

/// <summary>An address.</summary>
/// <param name="Node">The object.</param>
/// <param name="Line">The member <c>line</c>.</param>
/// <param name="City">The member <c>city</c>.</param>
/// <param name="PostalCode">The member <c>postalCode</c>.</param>
/// <param name="Country">The member <c>country</c>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AddressContent(int Node, int Line, int City, int PostalCode, int Country);

/// <summary>A date of the patient.</summary>
/// <param name="Node">The value; 0 when it is missing.</param>
/// <param name="Date">The date; null when it is missing or none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DateContent(int Node, PartialDate? Date);
