namespace PatientTools.Validation.Fhir;

/// <summary>A resource, a data type, or a part of one that has members of its own.</summary>
internal sealed class FhirType
{
    private NameTable<FhirElement>? _byName;

    /// <summary>Its name: <c>Patient</c>, <c>HumanName</c>, <c>Patient.contact</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is a resource, whose JSON has a member <c>resourceType</c>.</summary>
    public bool IsResource { get; internal set; }

    /// <summary>Whether it is only a base of others: <c>Element</c>, <c>DomainResource</c>.</summary>
    public bool IsAbstract { get; internal set; }

    /// <summary>Its members as JSON spells them: of a choice each (<c>deceasedBoolean</c>, <c>deceasedDateTime</c>), and the shadows of primitives (<c>_birthDate</c>).</summary>
    public IReadOnlyList<FhirElement> Elements { get; internal set; } = [];

    /// <summary>Those that every instance has to have. A choice is in it with its first member; any other will do (<see cref="FhirElement.Choice"/>).</summary>
    public IReadOnlyList<FhirElement> Required { get; internal set; } = [];

    /// <summary>All of <see cref="FhirElement.Presence"/> of <see cref="Required"/>: an instance is complete when the members it has come to at least this.</summary>
    public ulong RequiredPresence { get; internal set; }

    /// <summary>Finds a member.</summary>
    /// <param name="name">Its name in UTF-8, without escapes.</param>
    /// <returns>The member; null when FHIR knows none of that name here. <c>resourceType</c> is found in resources.</returns>
    public FhirElement? Find(ReadOnlySpan<byte> name) => (_byName ??= new NameTable<FhirElement>(Elements, element => element.Name)).Find(name);

    /// <summary>The name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}

/// <summary>A member of a type, as JSON spells it.</summary>
internal sealed class FhirElement
{
    /// <summary>Its number in <see cref="FhirModel"/>, from 1, by which nodes remember it.</summary>
    public required ushort Number { get; init; }

    /// <summary>Its name: <c>birthDate</c>, <c>deceasedBoolean</c>, <c>_birthDate</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name as JSON writes it in front of a value, quotes and colon too, in UTF-8.</summary>
    public byte[] Key => field ??= System.Text.Encoding.UTF8.GetBytes($"\"{Name}\":");

    /// <summary>The type that brings it: <c>Patient</c> for <c>birthDate</c>, <c>DomainResource</c> for <c>text</c>.</summary>
    public required FhirType Owner { get; init; }

    /// <summary>For a choice the name all its members share, such as <c>deceased</c>; else null.</summary>
    public string? Choice { get; init; }

    /// <summary>
    /// A bit of its own within its type for what has to be there and for each choice, shared by all members of the choice and by
    /// the shadows; 0 for the others.
    /// </summary>
    public ulong Presence { get; init; }

    /// <summary>Whether JSON holds it as an array.</summary>
    public required bool IsArray { get; init; }

    /// <summary>The primitive type; <see cref="FhirPrimitive.None"/> for an object.</summary>
    public required FhirPrimitive Primitive { get; init; }

    /// <summary>The type of the object; null for primitives, and where any resource may stand (<see cref="IsAnyResource"/>).</summary>
    public FhirType? Type { get; init; }

    /// <summary>Whether any resource may stand there: <c>contained</c>, and <c>resource</c> of bundles.</summary>
    public bool IsAnyResource { get; init; }

    /// <summary>Whether it holds id and extensions of the primitive of the same name without the leading underscore; its arrays may hold <c>null</c>.</summary>
    public bool IsShadow => Name[0] == '_';

    /// <summary>Whether rules tell documents of no interest to them by it.</summary>
    public FhirTrace Trace { get; init; }

    /// <summary>The codes that may be used, where FHIR allows no others (required bindings); else null.</summary>
    public FhirCodes? Codes { get; init; }

    /// <summary>The name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}

/// <summary>What elements rules look for all over a document.</summary>
internal enum FhirTrace : byte
{
    /// <summary>Nothing of the kind.</summary>
    None,

    /// <summary>The system of a coding or an identifier.</summary>
    System,

    /// <summary>The literal of a reference: <c>Reference.reference</c>.</summary>
    Reference,
}

/// <summary>The codes of a required binding.</summary>
internal sealed class FhirCodes
{
    private NameTable<string>? _byName;

    /// <summary>The value set's address, such as <c>http://hl7.org/fhir/ValueSet/administrative-gender</c>.</summary>
    public required string ValueSet { get; init; }

    /// <summary>The codes.</summary>
    public required IReadOnlyList<string> Codes { get; init; }

    /// <summary>Whether a code is one of them.</summary>
    /// <param name="code">UTF-8, without escapes.</param>
    /// <returns>Whether it may be used.</returns>
    public bool Contains(ReadOnlySpan<byte> code) => (_byName ??= new NameTable<string>(Codes, name => name)).Find(code) is not null;
}
