using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Patients;

namespace PatientTools.Adapters.Tests.Backups;

/// <summary>Processes that add patients to a store, until they are stopped or their sessions end.</summary>
internal sealed class RunningWriters : IDisposable
{
    private const int IdLength = 36;
    private readonly StoreProcess[] _processes;
    private readonly Task<List<PatientId>>[] _reading;

    /// <summary>Starts them, and waits until each has written.</summary>
    public RunningWriters(string store, int count = 2)
    {
        _processes = [.. Enumerable.Range(0, count).Select(_ => new StoreProcess(store, "writes", "each"))];
        var first = Array.ConvertAll(_processes, process => process.ReadLine());
        _reading = [.. _processes.Select((process, i) => Task.Run(() => Read(process, first[i])))];
    }

    /// <summary>Kills them.</summary>
    /// <returns>Whom they have told to be written.</returns>
    public async Task<HashSet<PatientId>> StopAsync()
    {
        Array.ForEach(_processes, process => process.Kill());
        return [.. (await Task.WhenAll(_reading)).SelectMany(ids => ids)];
    }

    public void Dispose() => Array.ForEach(_processes, process => process.Dispose());

    private static List<PatientId> Read(StoreProcess process, string? first)
    {
        var ids = new List<PatientId>();
        for (var line = first; line is not null; line = process.ReadLine())
        {
            // A line that was cut off by the kill was not told.
            if (line.Length > IdLength && Guid.TryParse(line.AsSpan(0, IdLength), out var id))
            {
                ids.Add(new PatientId(id));
            }
        }

        return ids;
    }
}
