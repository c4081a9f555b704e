using PatientTools.Patients;

namespace PatientTools.Interchange;

/// <summary>Where something was read.</summary>
/// <param name="File">The file's name as people know it; an entry of an archive follows after <c>!</c>.</param>
/// <param name="Line">The line, from 1; 0 where lines mean nothing.</param>
/// <param name="Entry">The number of the bundle entry or array element, from 1; 0 where there is none.</param>
public readonly record struct SourcePlace(string File, long Line = 0, long Entry = 0)
{
    /// <summary>The place in words.</summary>
    /// <returns>Such as <c>bundles.zip!José.json, entry 3</c>.</returns>
    public override string ToString() => (Line, Entry) switch
    {
        (0, 0) => File,
        (0, _) => FormattableString.Invariant($"{File}, entry {Entry}"),
        (_, 0) => FormattableString.Invariant($"{File}, line {Line}"),
        _ => FormattableString.Invariant($"{File}, line {Line}, entry {Entry}"),
    };
}

/// <summary>One thing read from a source.</summary>
/// <param name="Place">Where it stands.</param>
public abstract record ImportItem(SourcePlace Place);

/// <summary>A patient that can be taken.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Document">The FHIR document.</param>
/// <param name="Legacy">What maps to nothing, as one compact JSON object; null when there is nothing.</param>
/// <param name="Record">The patient's other resources, in the order of the source.</param>
/// <param name="SourceId">The id by which a second import finds the patient again: the FHIR id, else a key of the content.</param>
public sealed record PatientItem(SourcePlace Place, PatientDocument Document, byte[]? Legacy, IReadOnlyList<RecordResource> Record, string SourceId)
    : ImportItem(Place)
{
    /// <summary>The absolute address under which the other resources of its bundle refer to the patient; null outside a bundle.</summary>
    public string? FullUrl { get; init; }
}

/// <summary>Something that cannot be taken.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Reason">Why, and what to do.</param>
public sealed record RejectedItem(SourcePlace Place, PatientToolsException Reason) : ImportItem(Place);

/// <summary>Something worth knowing that is no error.</summary>
/// <param name="Place">What it is about.</param>
/// <param name="Message">What there is to know; names no patient's data.</param>
public sealed record NoticeItem(SourcePlace Place, string Message) : ImportItem(Place);
