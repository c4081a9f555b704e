namespace PatientTools.Validation.Fhir;

/// <summary>A resource, a data type, or a part of one that has members of its own.</summary>
internal sealed class FhirType
{
    /// <summary>Its name: <c>Patient</c>, <c>HumanName</c>, <c>Patient.contact</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is a resource, whose JSON has a member <c>resourceType</c>.</summary>
    public required bool IsResource { get; init; }

    /// <summary>Its members as JSON spells them: of a choice each (<c>deceasedBoolean</c>, <c>deceasedDateTime</c>), and the shadows of primitives (<c>_birthDate</c>).</summary>
    public IReadOnlyList<FhirElement> Elements => throw new NotSupportedException();

    /// <summary>Those that every instance has to have; of a choice any one of its members will do (<see cref="FhirElement.Choice"/>).</summary>
    public IReadOnlyList<FhirElement> Required => throw new NotSupportedException();

    /// <summary>Finds a member.</summary>
    /// <param name="name">Its name in UTF-8, without escapes.</param>
    /// <returns>The member; null when FHIR knows none of that name here. <c>resourceType</c> is found in resources.</returns>
    public FhirElement? Find(ReadOnlySpan<byte> name) => throw new NotSupportedException();

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

    /// <summary>For a choice the name all its members share, such as <c>deceased</c>; else null.</summary>
    public string? Choice { get; init; }

    /// <summary>Whether JSON holds it as an array.</summary>
    public required bool IsArray { get; init; }

    /// <summary>The primitive type; <see cref="FhirPrimitive.None"/> for an object.</summary>
    public required FhirPrimitive Primitive { get; init; }

    /// <summary>The type of the object; null for primitives, and where any resource may stand (<see cref="IsAnyResource"/>).</summary>
    public FhirType? Type { get; init; }

    /// <summary>Whether any resource may stand there: <c>contained</c>, and <c>resource</c> of bundles.</summary>
    public bool IsAnyResource { get; init; }

    /// <summary>The codes that may be used, where FHIR allows no others (required bindings); else null.</summary>
    public FhirCodes? Codes { get; init; }

    /// <summary>The name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}

/// <summary>The codes of a required binding.</summary>
internal sealed class FhirCodes
{
    /// <summary>The value set's address, such as <c>http://hl7.org/fhir/ValueSet/administrative-gender</c>.</summary>
    public required string ValueSet { get; init; }

    /// <summary>The codes.</summary>
    public required IReadOnlyList<string> Codes { get; init; }

    /// <summary>Whether a code is one of them.</summary>
    /// <param name="code">UTF-8, without escapes.</param>
    /// <returns>Whether it may be used.</returns>
    public bool Contains(ReadOnlySpan<byte> code) => throw new NotSupportedException();
}
