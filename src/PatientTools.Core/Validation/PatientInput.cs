using PatientTools.Interchange;

namespace PatientTools.Validation;

/// <summary>A patient to be checked, as it came: nothing of it has to be right.</summary>
public readonly record struct PatientInput
{
    /// <summary>Where it was read.</summary>
    public required SourcePlace Place { get; init; }

    /// <summary>The document: UTF-8 text that claims to be JSON. Empty when <see cref="Refusal"/> says why there is none.</summary>
    public ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>The patient's other resources, each UTF-8 text that claims to be JSON.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Record { get; init; }

    /// <summary>Why the source could not take it; null when it could.</summary>
    public PatientToolsException? Refusal { get; init; }

    /// <summary>The state that a store holds; null for a patient that is in no store.</summary>
    public Storage.PatientState? Stored { get; init; }
}
