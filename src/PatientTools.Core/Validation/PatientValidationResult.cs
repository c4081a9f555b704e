using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PatientTools.Interchange;
using PatientTools.Patients;

namespace PatientTools.Validation;

/// <summary>What was found in one patient.</summary>
public sealed record PatientValidationResult
{
    /// <summary>The number within the batch, from 1.</summary>
    public long Number { get; internal set; }

    /// <summary>Where the patient was read.</summary>
    public required SourcePlace Source { get; init; }

    /// <summary>The file, the store or <c>pipeline</c>; an entry of an archive follows after <c>!</c>.</summary>
    public string File => Source.File;

    /// <summary>The line of the file, from 1; 0 where lines mean nothing.</summary>
    public long Line => Source.Line;

    /// <summary>The store's own id; null for a patient that is in no store.</summary>
    public PatientId? Id { get; init; }

    /// <summary>The document's FHIR id; null when it has none.</summary>
    public string? FhirId { get; init; }

    /// <summary>The first medical record number; null when there is none.</summary>
    public string? Mrn { get; init; }

    /// <summary>Family and given name; null when there is none.</summary>
    public string? Name { get; init; }

    /// <summary>Everything found, in the order of the rules.</summary>
    public IReadOnlyList<ValidationIssue> Issues { get; init; } = [];

    /// <summary>How many issues were found beyond those that are told; 0 for all but hopeless documents.</summary>
    public long OmittedIssues { get; init; }

    /// <summary>The worst of what was found, also of what is not told; null when nothing was.</summary>
    public IssueSeverity? HighestSeverity { get; init; }

    /// <summary>Whether nothing worse than a warning was found.</summary>
    public bool IsValid => HighestSeverity is null or < IssueSeverity.Error;

    /// <summary>How many issues were found, told or not.</summary>
    public long IssueCount => Issues.Count + OmittedIssues;

    /// <summary>What the first of the worst issues says; null when there are none.</summary>
    public string? Message => Issues.MaxBy(issue => issue.Severity)?.Message;

    /// <summary>All issues as text, for somebody to read: where, what, and how to mend it.</summary>
    public string IssueText => string.Join('\n', Issues.Select(issue => issue.ToText()).Concat(OmittedIssues > 0 ? [FormattableString.Invariant($"… {OmittedIssues}")] : []));

    /// <summary>What identifies the patient among others, for the rules about duplicates.</summary>
    internal IdentityKey[] Keys { get; init; } = [];

    /// <summary>What was checked; kept only where rules have to be run on the pipeline's thread.</summary>
    internal StrongBox<PatientInput>? Input { get; init; }

    /// <summary>What was checked, for rules that are run by whoever asked.</summary>
    /// <returns>The patient as it came; without a document unless <see cref="ValidationOptions.KeepsInput"/> was set.</returns>
    public PatientInput GetInput() => Input?.Value ?? default;

    /// <summary>The same result with more issues behind its own.</summary>
    /// <param name="more">Holds what was found beside; at least one issue.</param>
    /// <returns>A new result.</returns>
    internal PatientValidationResult With(IssueSink more) => this with
    {
        Issues = [.. Issues, .. more.ToArray()],
        OmittedIssues = OmittedIssues + more.Omitted,
        HighestSeverity = HighestSeverity is { } own && own >= more.Highest ? own : more.Highest,
    };

    /// <summary>Who it is and how it went, for the prompt.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Name ?? FhirId ?? Source.ToString()}: {(IsValid ? "valid" : "invalid")}, {IssueCount} issues";
}

/// <summary>What an identity key is a key of.</summary>
internal enum IdentityKeyKind : byte
{
    /// <summary>The document's FHIR id.</summary>
    FhirId,

    /// <summary>A medical record number with its system.</summary>
    Mrn,

    /// <summary>A health insurance number.</summary>
    Kvnr,
}

/// <summary>Something by which a patient is known.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Hash">64 bits over kind, system and value; for looking it up among others.</param>
/// <param name="Value">The value.</param>
/// <param name="Index">Which of the document's identifiers it is, from 0; meaningless for the FHIR id.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IdentityKey(IdentityKeyKind Kind, ulong Hash, string Value, int Index)
{
    /// <summary>Makes a key.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="system">The system in UTF-8; empty when there is none.</param>
    /// <param name="value">The value in UTF-8.</param>
    /// <param name="text">The value.</param>
    /// <param name="index">Which of the document's identifiers it is.</param>
    /// <returns>The key.</returns>
    public static IdentityKey Of(IdentityKeyKind kind, ReadOnlySpan<byte> system, ReadOnlySpan<byte> value, string text, int index) =>
        new(kind, Runs.IdentityHash.Of(kind, system, value), text, index);
}
