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

    /// <summary>What a source gave.</summary>
    /// <param name="item">A patient, or something that cannot be taken.</param>
    /// <returns>The patient to be checked; null for a notice, which is about no patient.</returns>
    public static PatientInput? Of(ImportItem item) => item switch
    {
        PatientItem patient => new PatientInput
        {
            Place = patient.Place,
            Document = patient.Document.Utf8,
            Record = patient.Record.Count == 0 ? [] : [.. patient.Record.Select(resource => (ReadOnlyMemory<byte>)resource.Json)],
        },
        RejectedItem rejected => new PatientInput { Place = rejected.Place, Refusal = rejected.Reason },
        _ => null,
    };
}
