using System.Runtime.InteropServices;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Search;

namespace PatientTools.Adapters.Sqlite;

/// <summary>
/// The search entries of a store that is filled: gathered, sorted in runs that go to a file beside the store, and written to
/// the table at the end in its own order, so that each of its pages is written once.
/// </summary>
/// <remarks>A run is a row of terms: kind, length and bytes of the term, the number of its keys, and the gaps between these.</remarks>
internal sealed class SearchEntryRuns : IDisposable
{
    /// <summary>About 10 MB.</summary>
    private const int EntriesOfRun = 200_000;

    private readonly string _path;
    private readonly int _most;
    private readonly FileStream _file;
    private readonly BinaryWriter _writer;
    private readonly List<long> _starts = [];
    private readonly PendingEntries _pending = new();

    /// <summary>Begins.</summary>
    /// <param name="path">A file that does not exist yet; disposing deletes it.</param>
    /// <param name="most">How many entries are gathered before they become a run.</param>
    public SearchEntryRuns(string path, int most = EntriesOfRun)
    {
        _most = most;
        StoreFile.Make(path);
        _path = path;
        _file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 20 });
        _writer = new BinaryWriter(_file);
    }

    /// <summary>Adds an entry; one that is there already does not matter.</summary>
    public void Add(long patient, SearchEntry entry)
    {
        if (_pending.Count >= _most)
        {
            WriteRun();
        }

        _pending.Add((int)entry.Kind, entry.Term, patient, isRemoval: false);
    }

    /// <summary>Writes all entries to the table, which is empty.</summary>
    public void WriteTo(StoreConnection connection)
    {
        WriteRun();
        var queue = new PriorityQueue<SearchEntryRun, SearchEntryRun>(_starts.Count, SearchEntryRun.Order);
        for (var i = 0; i < _starts.Count; i++)
        {
            Advance(queue, new SearchEntryRun(_file.SafeFileHandle, i, _starts[i], i + 1 < _starts.Count ? _starts[i + 1] : _file.Length));
        }

        Merge(queue, connection);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (IOException)
        {
            // A full disk refuses the last buffer, which is about to be deleted anyway.
        }

        File.Delete(_path);
    }

    private static void Merge(PriorityQueue<SearchEntryRun, SearchEntryRun> queue, StoreConnection connection)
    {
        using var table = new SegmentInserts(connection);
        var keys = new List<long>();
        var term = new List<byte>();
        while (queue.TryPeek(out var first, out _))
        {
            var kind = first.Kind;
            keys.Clear();
            term.Clear();
            term.AddRange(first.Term);
            while (queue.TryPeek(out var next, out _) && next.Kind == kind && next.Term.SequenceEqual(CollectionsMarshal.AsSpan(term)))
            {
                next.ReadKeys(keys);
                queue.Dequeue();
                Advance(queue, next);
            }

            table.Insert(kind, CollectionsMarshal.AsSpan(term), Ascending(keys));
        }
    }

    private static void Advance(PriorityQueue<SearchEntryRun, SearchEntryRun> queue, SearchEntryRun run)
    {
        if (run.MoveNext())
        {
            queue.Enqueue(run, run);
        }
    }

    /// <summary>Keys mostly come ascending already; those of records come after those of all patients, and may repeat.</summary>
    private static ReadOnlySpan<long> Ascending(List<long> keys)
    {
        var all = CollectionsMarshal.AsSpan(keys);
        var isAscending = true;
        for (var i = 1; i < all.Length && isAscending; i++)
        {
            isAscending = all[i] > all[i - 1];
        }

        if (isAscending)
        {
            return all;
        }

        all.Sort();
        var count = 1;
        for (var i = 1; i < all.Length; i++)
        {
            if (all[i] != all[count - 1])
            {
                all[count++] = all[i];
            }
        }

        return all[..count];
    }

    private void WriteRun()
    {
        if (_pending.Count == 0)
        {
            return;
        }

        try
        {
            _starts.Add(_file.Position);
            _pending.WriteTo(WriteTerm);
            _writer.Flush();
        }
        catch (IOException e)
        {
            throw StoreErrors.OfSystem(_path, e);
        }

        _pending.Clear();
    }

    private void WriteTerm(int kind, ReadOnlySpan<byte> term, ReadOnlySpan<KeyChange> changes)
    {
        _writer.Write7BitEncodedInt(kind);
        _writer.Write7BitEncodedInt(term.Length);
        _writer.Write(term);
        _writer.Write7BitEncodedInt(changes.Length);
        var last = 0L;
        foreach (var change in changes)
        {
            _writer.Write7BitEncodedInt64(change.Key - last);
            last = change.Key;
        }
    }
}
