using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using PatientTools.Accounts;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Parameters.Completion;

/// <summary>The common values of a store's properties, for completion: somebody waits for them with a finger on Tab.</summary>
internal sealed class CommonValues
{
    private const int Most = 40;
    private const int MostKept = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly ConditionalWeakTable<PatientStoreSession, CommonValues> All = [];
    private readonly ConcurrentDictionary<(string Property, string Start), (IReadOnlyList<string> Values, long Read)> _values = new();

    /// <summary>The common values that begin so, the most common ones first; none when they cannot be told in time.</summary>
    public static IReadOnlyList<string> Of(PatientStoreSession? session, string property, string start) =>
        session is { IsOpen: true } && SearchProperties.Find(property) is { IsGroupable: true, Type: SearchPropertyType.Text } known
            ? All.GetOrCreateValue(session).Read(session, known, start)
            : [];

    private IReadOnlyList<string> Read(PatientStoreSession session, SearchProperty property, string start)
    {
        var key = (property.Name, start.ToUpperInvariant());
        if (_values.TryGetValue(key, out var cached) && Stopwatch.GetElapsedTime(cached.Read) < Lifetime)
        {
            return cached.Values;
        }

        using var patience = new CancellationTokenSource(Patience);
        var values = StoreCompleter.Read(session, StoreOperation.SearchPatients, each => each.Search().CommonValues(property, start, Most, patience.Token));
        if (!patience.IsCancellationRequested)
        {
            if (_values.Count >= MostKept)
            {
                _values.Clear();
            }

            _values[key] = (values, Stopwatch.GetTimestamp());
        }

        return values;
    }
}
