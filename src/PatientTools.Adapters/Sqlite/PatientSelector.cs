using System.Text;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Search;
using PatientTools.Search.Text;

namespace PatientTools.Adapters.Sqlite;

/// <summary>
/// Answers queries. Each condition is one range of an index, read into a set of keys; sets are intersected here, which is
/// quicker than SQLite's temporary trees. Values reach SQLite as parameters only.
/// </summary>
internal sealed class PatientSelector(StoreConnection connection)
{
    /// <summary>Below this many candidates a condition is asked for each of them, not read as a whole.</summary>
    private const int FewCandidates = 2048;

    private static readonly StatementText Exact = new("SELECT patient FROM search_entry WHERE kind = ?1 AND term = ?2");

    private static readonly StatementText ExactPage =
        new("SELECT patient FROM search_entry WHERE kind = ?1 AND term = ?2 ORDER BY patient LIMIT ?3 OFFSET ?4");

    private static readonly StatementText ExactCount = new("SELECT count(*) FROM search_entry WHERE kind = ?1 AND term = ?2");
    private static readonly StatementText HasExact = new("SELECT 1 FROM search_entry WHERE kind = ?1 AND term = ?2 AND patient = ?3");

    private static readonly StatementText Range =
        new("SELECT patient FROM search_entry WHERE kind = ?1 AND term >= ?2 AND term < ?3");

    private static readonly StatementText GlobRange =
        new("SELECT patient FROM search_entry WHERE kind = ?1 AND term >= ?2 AND term < ?3 AND term GLOB ?4");

    private static readonly StatementText Kind = new("SELECT patient FROM search_entry WHERE kind = ?1");
    private static readonly StatementText GlobKind = new("SELECT patient FROM search_entry WHERE kind = ?1 AND term GLOB ?2");

    private static readonly StatementText LivingBorn =
        new("SELECT key FROM patient WHERE removed = 0 AND birth_from BETWEEN ?1 AND ?2 AND birth_to <= ?2");

    private static readonly StatementText RemovedBorn =
        new("SELECT key FROM patient WHERE removed = 1 AND birth_from BETWEEN ?1 AND ?2 AND birth_to <= ?2");

    private static readonly StatementText WasBorn =
        new("SELECT 1 FROM patient WHERE key = ?3 AND birth_from >= ?1 AND birth_to <= ?2");

    private static readonly StatementText Living = new("SELECT key FROM patient INDEXED BY patient_birth WHERE removed = 0");
    private static readonly StatementText Removed = new("SELECT key FROM patient INDEXED BY patient_removed WHERE removed = 1");
    private static readonly StatementText LivingCount = new("SELECT count(*) FROM patient INDEXED BY patient_birth WHERE removed = 0");
    private static readonly StatementText RemovedCount = new("SELECT count(*) FROM patient INDEXED BY patient_removed WHERE removed = 1");
    private static readonly StatementText LivingPage = new("SELECT key FROM patient WHERE removed = 0 ORDER BY key LIMIT ?1 OFFSET ?2");
    private static readonly StatementText AnyPage = new("SELECT key FROM patient ORDER BY key LIMIT ?1 OFFSET ?2");

    public static long CountLiving(StoreConnection connection) => connection.ReadInt64(LivingCount);

    public static long CountRemoved(StoreConnection connection) => connection.ReadInt64(RemovedCount);

    /// <summary>Answers a query from the connection's snapshot.</summary>
    public PatientSelection Select(PatientQuery query, ResultWindow window, long sequence, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var registration = cancellation.Register(connection.Interrupt);
        var (keys, total) = query switch
        {
            { Conditions: [] } when window.First is { } first && window.Skip + first <= 100_000 => PageOfAll(query.IncludeRemoved, window, first),
            { IncludeRemoved: false, Conditions: [EntryCondition { Kinds: [var kind], Pattern: { Kind: TextPatternKind.Exact } pattern }] } =>
                PageOfTerm(kind, pattern.Value, window),
            _ => PageOf(Matches(query), window),
        };
        return new PatientSelection(sequence, keys, total);
    }

    private static (long[] Keys, long? Total) PageOf(KeySet matches, ResultWindow window) =>
        (matches.Slice(window.Skip, window.First ?? long.MaxValue), window.IncludeTotal ? matches.Count() : null);

    private (long[] Keys, long? Total) PageOfTerm(SearchEntryKind kind, string term, ResultWindow window)
    {
        using var page = connection.Rent(ExactPage);
        page.Bind(1, (long)kind).Bind(2, term).Bind(3, window.First ?? -1).Bind(4, window.Skip);
        var keys = Keys(page);
        if (!window.IncludeTotal)
        {
            return (keys, null);
        }

        if (window is { Skip: 0 } && (window.First ?? long.MaxValue) > keys.Length)
        {
            return (keys, keys.Length);
        }

        using var count = connection.Rent(ExactCount);
        count.Bind(1, (long)kind).Bind(2, term).Step();
        return (keys, count.Int64(0));
    }

    private (long[] Keys, long? Total) PageOfAll(bool includeRemoved, ResultWindow window, long first)
    {
        using var page = connection.Rent(includeRemoved ? AnyPage : LivingPage);
        page.Bind(1, first).Bind(2, window.Skip);
        long? total = window.IncludeTotal ? CountLiving(connection) + (includeRemoved ? CountRemoved(connection) : 0) : null;
        return (Keys(page), total);
    }

    private KeySet Matches(PatientQuery query)
    {
        KeySet? matches = null;
        foreach (var condition in query.Conditions.OrderBy(Breadth))
        {
            if (matches is null)
            {
                matches = MatchesOf(condition, query.IncludeRemoved);
            }
            else if (matches.Count() > FewCandidates || !TryKeep(matches, condition, query.IncludeRemoved))
            {
                matches.IntersectWith(MatchesOf(condition, query.IncludeRemoved));
            }
        }

        return matches ?? All(query.IncludeRemoved);
    }

    /// <summary>Guesses how many patients a condition lets through: it only decides what is asked first.</summary>
    private static int Breadth(PatientCondition condition) => condition switch
    {
        EntryCondition { Kinds: [var kind, ..], Pattern: var pattern } => BreadthOf(kind) * pattern.Kind switch
        {
            TextPatternKind.Exact => 1,
            _ => Math.Max(10_000 / (1 + (pattern.LiteralPrefix.Length * pattern.LiteralPrefix.Length)), 2),
        },
        EntryCondition => 0,
        _ => 100_000,
    };

    private static int BreadthOf(SearchEntryKind kind) => kind switch
    {
        SearchEntryKind.Kvnr or SearchEntryKind.Mrn or SearchEntryKind.Identifier => 1,
        SearchEntryKind.FamilyNamePart => 10,
        SearchEntryKind.GivenNamePart => 40,
        SearchEntryKind.PostalCode => 20,
        SearchEntryKind.City => 100,
        _ => 1000,
    };

    /// <summary>Asks a condition for each of a few candidates.</summary>
    /// <returns>Whether the condition can be asked that way.</returns>
    private bool TryKeep(KeySet matches, PatientCondition condition, bool includeRemoved)
    {
        switch (condition)
        {
            case EntryCondition { Pattern: { Kind: TextPatternKind.Exact } pattern } entry:
                using (var has = connection.Rent(HasExact))
                {
                    has.Bind(2, pattern.Value);
                    matches.Keep(key => Signed(entry.Kinds, includeRemoved).Any(kind => Finds(has.Bind(1, kind).Bind(3, key))));
                }

                return true;
            case BirthDateCondition birth:
                using (var born = connection.Rent(WasBorn))
                {
                    Bind(born, birth);
                    matches.Keep(key => Finds(born.Bind(3, key)));
                }

                return true;
            default:
                return false;
        }
    }

    private static bool Finds(Statement statement)
    {
        var found = statement.Step();
        statement.Reset();
        return found;
    }

    private KeySet MatchesOf(PatientCondition condition, bool includeRemoved)
    {
        var matches = new KeySet();
        switch (condition)
        {
            case EntryCondition entry:
                foreach (var kind in Signed(entry.Kinds, includeRemoved))
                {
                    AddEntries(matches, kind, entry.Pattern);
                }

                break;
            case BirthDateCondition birth:
                AddBorn(matches, LivingBorn, birth);
                if (includeRemoved)
                {
                    AddBorn(matches, RemovedBorn, birth);
                }

                break;
            default:
                throw new PatientToolsException("ConditionNotSupported", $"This store cannot answer a condition of type {condition.GetType().Name}.", ErrorKind.NotSupported);
        }

        return matches;
    }

    private KeySet All(bool includeRemoved)
    {
        var matches = new KeySet();
        Add(matches, Living);
        if (includeRemoved)
        {
            Add(matches, Removed);
        }

        return matches;
    }

    private void AddEntries(KeySet matches, long kind, TextPattern pattern)
    {
        if (pattern.Kind == TextPatternKind.Exact)
        {
            using var exact = connection.Rent(Exact);
            AddAll(matches, exact.Bind(1, kind).Bind(2, pattern.Value));
            return;
        }

        var isGlob = pattern.Kind == TextPatternKind.Wildcard;
        var prefix = Encoding.UTF8.GetBytes(pattern.LiteralPrefix);
        if (prefix.Length == 0)
        {
            using var all = connection.Rent(isGlob ? GlobKind : Kind);
            all.Bind(1, kind);
            AddAll(matches, isGlob ? all.Bind(2, pattern.ToGlob()) : all);
            return;
        }

        using var range = connection.Rent(isGlob ? GlobRange : Range);
        range.Bind(1, kind).BindUtf8(2, prefix);
        // No byte of UTF-8 is 0xFF, so the last one can always be raised: the first text behind all that begin so.
        prefix[^1]++;
        range.BindUtf8(3, prefix);
        AddAll(matches, isGlob ? range.Bind(4, pattern.ToGlob()) : range);
    }

    private void AddBorn(KeySet matches, StatementText text, BirthDateCondition birth)
    {
        using var statement = connection.Rent(text);
        Bind(statement, birth);
        AddAll(matches, statement);
    }

    private static void Bind(Statement statement, BirthDateCondition birth) =>
        statement.Bind(1, birth.From?.DayNumber ?? (long)int.MinValue).Bind(2, birth.To?.DayNumber ?? (long)int.MaxValue);

    private void Add(KeySet matches, StatementText text)
    {
        using var statement = connection.Rent(text);
        AddAll(matches, statement);
    }

    private static void AddAll(KeySet matches, Statement statement)
    {
        while (statement.Step())
        {
            matches.Add(statement.Int64(0));
        }
    }

    private static long[] Keys(Statement statement)
    {
        var keys = new List<long>();
        while (statement.Step())
        {
            keys.Add(statement.Int64(0));
        }

        return [.. keys];
    }

    /// <summary>Entries of removed patients are stored under the negative kind.</summary>
    private static IEnumerable<long> Signed(IReadOnlyList<SearchEntryKind> kinds, bool includeRemoved)
    {
        foreach (var kind in kinds)
        {
            yield return (long)kind;
            if (includeRemoved)
            {
                yield return -(long)kind;
            }
        }
    }
}
