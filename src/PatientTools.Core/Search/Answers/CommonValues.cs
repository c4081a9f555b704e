using PatientTools.Search.Index;
using PatientTools.Search.Text;
using PatientTools.Storage;

namespace PatientTools.Search.Answers;

/// <summary>Finds the most common values of a property.</summary>
/// <param name="reader">The snapshot.</param>
/// <param name="cancellation">Stops looking; what was found so far counts.</param>
internal sealed class CommonValues(IStoreReader reader, CancellationToken cancellation)
{
    /// <summary>Values that begin with some text, the most common first.</summary>
    public IReadOnlyList<string> Of(SearchProperty property, string start, int most)
    {
        if ((property.Kind ?? GroupProperty.Find(property.Name)?.Parts[0].Kind) is not { } kind || property.Type != SearchPropertyType.Text)
        {
            return [];
        }

        var folded = CaseFold.Of(UnicodeNormalization.ToNfc(start));
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        try
        {
            reader.VisitEntries(kind, TermRange.StartingWith(ValueTerm.StartOf(start)), descending: false, Visit, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Whoever waits at the prompt has waited long enough.
        }

        return [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(most).Select(pair => pair.Key)];

        bool Visit(ReadOnlySpan<byte> term, long first, ReadOnlySpan<byte> gaps)
        {
            if (ValueTerm.TextOf(term) is { } value && value.Length >= folded.Length && CaseFold.Equals(value.AsSpan(0, folded.Length), folded))
            {
                counts[value] = counts.GetValueOrDefault(value) + KeySegment.Count(gaps);
            }

            return true;
        }
    }
}
