using System.Runtime.InteropServices;

namespace PatientTools.Validation.Content;

/// <summary>What a JSON value is.</summary>
internal enum ContentKind : byte
{
    /// <summary>An object.</summary>
    Object,

    /// <summary>An array.</summary>
    Array,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>true</c>.</summary>
    True,

    /// <summary><c>false</c>.</summary>
    False,

    /// <summary><c>null</c>.</summary>
    Null,
}

/// <summary>One JSON value of a document. Its members or items follow it directly, up to <see cref="Next"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ContentNode
{
    /// <summary>Where its text begins: of text behind the quote, of others at their first byte.</summary>
    public int Start;

    /// <summary>How many bytes its text has: of text without the quotes, escapes not resolved.</summary>
    public int Length;

    /// <summary>The number of the node behind it and all that is in it.</summary>
    public int Next;

    /// <summary>The number of the object or array that holds it; -1 for the document itself.</summary>
    public int Parent;

    /// <summary>Where the name of the member begins, behind the quote; -1 for items of arrays and the document itself.</summary>
    public int NameStart;

    /// <summary>Which item of its array it is, from 0; -1 outside arrays.</summary>
    public int Index;

    /// <summary>The number of the FHIR element; of items that of their array; 0 for what FHIR does not know.</summary>
    public ushort Element;

    /// <summary>What it is.</summary>
    public ContentKind Kind;

    /// <summary>Whether its text holds escapes.</summary>
    public bool IsEscaped;
}

/// <summary>What is wrong with the form of a value, as FHIR sees it.</summary>
internal enum StructureFaultKind : byte
{
    /// <summary>FHIR knows no such member here. Nothing in it is looked at.</summary>
    UnknownMember,

    /// <summary>Text where a number has to stand, an object where text has to, or the like; <c>null</c> outside an array of primitives.</summary>
    WrongType,

    /// <summary>An array where one value has to stand.</summary>
    Repeated,

    /// <summary>One value where an array has to stand.</summary>
    NotRepeated,

    /// <summary>Empty text, an empty object, or an empty array.</summary>
    Empty,

    /// <summary>Text or a number whose form is not that of its type; dates are in <see cref="WrongDate"/>, codes in <see cref="WrongCode"/>.</summary>
    WrongSyntax,

    /// <summary>A date or time of wrong form, or one that the calendar does not have.</summary>
    WrongDate,

    /// <summary>A code of wrong form, or not one of those that may be used.</summary>
    WrongCode,

    /// <summary>A member that has to be there is missing: <see cref="StructureFault.Element"/> of the object <see cref="StructureFault.Node"/>.</summary>
    Missing,

    /// <summary>A second member of a choice of which only one may be there.</summary>
    SecondChoice,

    /// <summary>A resource without a type, or of a type that R4 does not have. Nothing in it is looked at.</summary>
    UnknownResourceType,
}

/// <summary>Something that is wrong with the form of a value.</summary>
/// <param name="Node">The value.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Element">What FHIR expects there; for <see cref="StructureFaultKind.Missing"/> what is missing; 0 for what it does not know.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StructureFault(int Node, StructureFaultKind Kind, ushort Element);
