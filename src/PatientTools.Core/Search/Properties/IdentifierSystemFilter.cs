using PatientTools.Search.Text;

namespace PatientTools.Search;

/// <summary>Which systems of identifiers are meant: one by its whole URL, or all that end in some part.</summary>
internal sealed class IdentifierSystemFilter
{
    private static readonly System.Buffers.SearchValues<char> Dividers = System.Buffers.SearchValues.Create("/:#");

    private readonly string _folded;
    private readonly bool _isWhole;

    /// <summary>Takes what a person wrote; case does not matter.</summary>
    /// <param name="text"><c>http://fhir.de/sid/gkv/kvid-10</c> or <c>kvid-10</c>.</param>
    internal IdentifierSystemFilter(string text)
    {
        _folded = CaseFold.Of(UnicodeNormalization.ToNfc(text));
        _isWhole = text.AsSpan().ContainsAny(Dividers);
    }

    internal bool IsMetBy(string? system) => system is not null && IsMetBy(system.AsSpan());

    internal bool IsMetBy(ReadOnlySpan<char> system) =>
        CaseFold.Equals(_isWhole ? system : system[(system.LastIndexOfAny(Dividers) + 1)..], _folded);
}
