using System.Text;
using PatientTools.Search.Conditions;
using PatientTools.Search.Index;
using PatientTools.Search.Text;
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
    /// <param name="recorder">Writes down what is read: a step for each word.</param>
    /// <param name="today">The day of the question.</param>
    /// <param name="matching">Takes who has a name part for every word.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static Resemblance Read(
        IStoreReader reader, IReadOnlyList<LooksLikeCondition> words, QueryRecorder recorder, DateOnly today, out KeySet matching, CancellationToken cancellation)
    {
        var scores = new ushort[words.Count][];
        matching = new KeySet();
        for (var i = 0; i < words.Count; i++)
        {
            var found = new KeySet();
            var step = recorder.Begin(words[i].ToIndexQuery(today), 0);
            scores[i] = Read(reader, words[i], recorder, found, cancellation);
            recorder.End(step, found);
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
        var sum = 0;
        foreach (var word in words)
        {
            var best = Best(subject, word).Score;
            if (best == 0)
            {
                return 0;
            }

            sum += best;
        }

        return Mean(sum, words.Count);
    }

    /// <summary>Which words matched which name parts, for a person to read.</summary>
    public static IReadOnlyList<string> MatchesOf(PatientSubject subject, IReadOnlyList<LooksLikeCondition> words) =>
        [.. words.Select(word => Best(subject, word) is { Score: > 0 } best ? $"{word.Word} ≈ {Written(subject, best.Term)} ({NameOf(best.Kind)})" : word.Word)];

    /// <summary>A folded name part as the document writes it.</summary>
    private static string Written(PatientSubject subject, string part) => subject.Properties.Names
        .SelectMany(name => name.Given.Append(name.Family ?? name.Text ?? ""))
        .SelectMany(text => text.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries))
        .FirstOrDefault(text => TextFolding.Fold(text) == part) ?? part;

    /// <summary>The score of a patient, from 0 to 1.</summary>
    public double this[long key] => Mean(_scores.Sum(scores => key < scores.Length ? scores[key] : 0), _scores.Length);

    /// <summary>Made of whole numbers in memory, too: a patient keeps its place among equals when it is not the index that tells its score.</summary>
    private static double Mean(int sum, int words) => sum / (double)(Scale * words);

    private static ushort ScoreOf(LooksLikeCondition word, ReadOnlySpan<byte> term) => (ushort)(word.Score(term) * Scale);

    private static (ushort Score, string Term, SearchEntryKind Kind) Best(PatientSubject subject, LooksLikeCondition word)
    {
        var best = (Score: (ushort)0, Term: "", Kind: SearchEntryKind.FamilyNamePart);
        foreach (var entry in subject.State.Document.SearchEntries)
        {
            if (word.Kinds.Contains(entry.Kind) && ScoreOf(word, Encoding.UTF8.GetBytes(entry.Term)) is var score && score > best.Score)
            {
                best = (score, entry.Term, entry.Kind);
            }
        }

        return best;
    }

    private static string NameOf(SearchEntryKind kind) => kind == SearchEntryKind.FamilyNamePart ? "FamilyName" : "GivenName";

    private static ushort[] Read(IStoreReader reader, LooksLikeCondition word, QueryRecorder recorder, KeySet found, CancellationToken cancellation)
    {
        ushort[] scores = [];
        var rows = 0L;
        var keys = new List<long>();
        foreach (var kind in word.Kinds)
        {
            reader.VisitEntries(kind, word.Range, descending: false, Visit, cancellation);
        }

        recorder.Count(rows);
        return scores;

        bool Visit(ReadOnlySpan<byte> term, long first, ReadOnlySpan<byte> gaps)
        {
            rows++;
            var score = ScoreOf(word, term);
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
