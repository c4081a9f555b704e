using System.Text;
using PatientTools.Search.Conditions;
using PatientTools.Search.Index;
using PatientTools.Storage;

namespace PatientTools.Search.Answers;

/// <summary>How well patients fit the words of a search by resemblance.</summary>
internal sealed class Resemblance
{
    /// <summary>Scores are kept as whole numbers, two bytes for each patient and word.</summary>
    private const int Scale = 10_000;

    private readonly ushort[][] _scores;

    private Resemblance(ushort[][] scores) => _scores = scores;

    /// <summary>Reads all name parts of the store and scores them.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="words">The words.</param>
    /// <param name="matching">Takes who has a name part for every word.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static Resemblance Read(IStoreReader reader, IReadOnlyList<LooksLikeCondition> words, out KeySet matching, CancellationToken cancellation)
    {
        var scores = new ushort[words.Count][];
        matching = new KeySet();
        for (var i = 0; i < words.Count; i++)
        {
            var found = new KeySet();
            scores[i] = Read(reader, words[i], found, cancellation);
            if (i == 0)
            {
                matching = found;
            }
            else
            {
                matching.IntersectWith(found);
            }
        }

        return new Resemblance(scores);
    }

    /// <summary>The score of a patient in memory: the mean over the words, 0 when one of them resembles nothing.</summary>
    public static double ScoreOf(PatientSubject subject, IReadOnlyList<LooksLikeCondition> words)
    {
        var sum = 0.0;
        foreach (var word in words)
        {
            var best = Best(subject, word).Score;
            if (best <= 0)
            {
                return 0;
            }

            sum += best;
        }

        return sum / words.Count;
    }

    /// <summary>Which words matched which name parts, for a person to read.</summary>
    public static IReadOnlyList<string> MatchesOf(PatientSubject subject, IReadOnlyList<LooksLikeCondition> words) =>
        [.. words.Select(word => Best(subject, word) is { Score: > 0 } best ? $"{word.Word} ≈ {best.Term} ({NameOf(best.Kind)})" : word.Word)];

    /// <summary>The score of a patient, from 0 to 1.</summary>
    public double this[long key] => _scores.Sum(scores => key < scores.Length ? scores[key] : 0) / (double)(Scale * _scores.Length);

    private static (double Score, string Term, SearchEntryKind Kind) Best(PatientSubject subject, LooksLikeCondition word)
    {
        var best = (Score: 0.0, Term: "", Kind: SearchEntryKind.FamilyNamePart);
        foreach (var entry in subject.Entries)
        {
            if (word.Kinds.Contains(entry.Kind) && word.Score(Encoding.UTF8.GetBytes(entry.Term)) is var score && score > best.Score)
            {
                best = (score, entry.Term, entry.Kind);
            }
        }

        return best;
    }

    private static string NameOf(SearchEntryKind kind) => kind == SearchEntryKind.FamilyNamePart ? "FamilyName" : "GivenName";

    private static ushort[] Read(IStoreReader reader, LooksLikeCondition word, KeySet found, CancellationToken cancellation)
    {
        ushort[] scores = [];
        var keys = new List<long>();
        foreach (var kind in word.Kinds)
        {
            reader.VisitEntries(kind, word.Range, descending: false, Visit, cancellation);
        }

        return scores;

        bool Visit(ReadOnlySpan<byte> term, long first, ReadOnlySpan<byte> gaps)
        {
            var score = (ushort)(word.Score(term) * Scale);
            if (score == 0)
            {
                return true;
            }

            keys.Clear();
            KeySegment.Read(first, gaps, keys);
            foreach (var key in keys)
            {
                if (key >= scores.Length)
                {
                    Array.Resize(ref scores, checked((int)Math.Max(key + 1, scores.Length * 2L)));
                }

                scores[key] = Math.Max(scores[key], score);
                found.Add(key);
            }

            return true;
        }
    }
}
