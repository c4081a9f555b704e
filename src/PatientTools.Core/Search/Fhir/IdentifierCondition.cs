using System.Text;
using PatientTools.Patients;
using PatientTools.Search.Conditions;
using PatientTools.Search.Index;
using PatientTools.Search.Text;

namespace PatientTools.Search.Fhir;

/// <summary>Some identifier is the one that a token names: <c>system|value</c>, <c>value</c> of any system, <c>|value</c> of none, <c>system|</c>.</summary>
/// <remarks>FHIR leaves open whether case matters in values and recommends that it does not; systems are compared as they are.</remarks>
/// <param name="System">The system; empty for none, null for any.</param>
/// <param name="Value">The value in normal form C; null for any.</param>
internal sealed record IdentifierCondition(string? System, string? Value) : PatientCondition
{
    private static readonly SearchEntryKind[] WithSystem = [SearchEntryKind.Mrn, SearchEntryKind.Identifier];
    private static readonly SearchEntryKind[] Kvnr = [SearchEntryKind.Kvnr];
    private readonly string? _folded = Value is null ? null : CaseFold.Of(Value);

    private bool TakesKvnr => System is null or IdentifierSystems.Kvnr;

    public override bool IsMetBy(PatientSubject subject) =>
        subject.HasEntry(WithSystem, IsIdentifier) || (TakesKvnr && subject.HasEntry(Kvnr, IsKvnr));

    public override IndexQuery ToIndexQuery(DateOnly today)
    {
        var range = Value is null ? TermRange.All : TermRange.StartingWith(GermanLetters.Of(Value) + ValueTerm.Separator);
        var identifiers = new EntryQuery(WithSystem, range, IsIdentifier, "identifier");
        return TakesKvnr ? new UnionQuery([identifiers, new EntryQuery(Kvnr, range, IsKvnr, "identifier")]) : identifiers;
    }

    internal override string Shape() => $"Identifier is{(System is { Length: > 0 } ? " of a system" : "")}";

    private bool IsIdentifier(ReadOnlySpan<byte> term)
    {
        if (term.IsEmpty)
        {
            return false;
        }

        SearchEntries.ReadIdentifier(term, out var value, out var system);
        return (System is null || System == Encoding.UTF8.GetString(system)) && IsValue(value);
    }

    private bool IsKvnr(ReadOnlySpan<byte> term) => !term.IsEmpty && IsValue(ValueTerm.TextBytesOf(term));

    private bool IsValue(ReadOnlySpan<byte> value) => _folded is null || CaseFold.Equals(Encoding.UTF8.GetString(value), _folded);
}
