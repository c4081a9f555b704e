using System.Runtime.InteropServices;
using PatientTools.Patients;
using PatientTools.Search.Conditions;

namespace PatientTools.Validation.Content;

/// <summary>
/// A patient as rules see it: the document, the record, and where in the document stands what most rules are about. Numbers of
/// nodes are numbers in <see cref="Document"/>; 0 means that there is none. Used again for the next patient; belongs to one thread.
/// </summary>
internal sealed class PatientContent
{
    /// <summary>The patient document.</summary>
    public ResourceContent Document { get; } = new();

    /// <summary>The patient's other resources; those that are no JSON are left out, with an issue.</summary>
    public IReadOnlyList<ResourceContent> Record => throw new NotSupportedException();

    /// <summary>The day on which is checked; the same for a whole batch.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>The member <c>name</c>.</summary>
    public ReadOnlySpan<NameContent> Names => throw new NotSupportedException();

    /// <summary>All texts of all names, also of contacts' names: those that are text.</summary>
    public ReadOnlySpan<NamePart> NameParts => throw new NotSupportedException();

    /// <summary>The member <c>identifier</c>.</summary>
    public ReadOnlySpan<IdentifierContent> Identifiers => throw new NotSupportedException();

    /// <summary>The member <c>telecom</c>, and those of contacts.</summary>
    public ReadOnlySpan<TelecomContent> Telecoms => throw new NotSupportedException();

    /// <summary>The member <c>address</c>, and those of contacts.</summary>
    public ReadOnlySpan<AddressContent> Addresses => throw new NotSupportedException();

    /// <summary>The birth date.</summary>
    public DateContent BirthDate { get; private set; }

    /// <summary>The date of death, <c>deceasedDateTime</c>.</summary>
    public DateContent DeceasedDate { get; private set; }

    /// <summary>The member <c>deceasedBoolean</c>.</summary>
    public int DeceasedFlag { get; private set; }

    /// <summary>The member <c>gender</c>.</summary>
    public int Gender { get; private set; }

    /// <summary>The member <c>active</c>.</summary>
    public int Active { get; private set; }

    /// <summary>The member <c>link</c>.</summary>
    public int Link { get; private set; }

    /// <summary>The patient as conditions of the filter language see it; made when first asked for.</summary>
    public PatientSubject Subject => throw new NotSupportedException();
}

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

/// <summary>What characters a text holds, told by one look at its bytes.</summary>
[Flags]
internal enum TextTraits : byte
{
    /// <summary>Nothing but ASCII letters, hyphens, apostrophes, dots and single blanks inside.</summary>
    None,

    /// <summary>A digit 0 to 9.</summary>
    Digit = 1,

    /// <summary>A small ASCII letter.</summary>
    Lower = 2,

    /// <summary>A capital ASCII letter.</summary>
    Upper = 4,

    /// <summary>A control character: U+0000 to U+001F, U+007F, U+0080 to U+009F.</summary>
    Control = 8,

    /// <summary>A blank at the start or the end: whatever Unicode calls white space or a format character.</summary>
    OuterBlank = 16,

    /// <summary>A character beyond ASCII.</summary>
    BeyondAscii = 32,

    /// <summary>Another ASCII character than letters, digits, blanks, hyphens, apostrophes and dots.</summary>
    Other = 64,

    /// <summary>Two blanks in a row.</summary>
    DoubleBlank = 128,
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
