using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Adapters.Sqlite.Salvage;

/// <summary>Reads what a damaged file still holds, patient by patient. The file is only read.</summary>
internal sealed class StoreSalvager
{
    private readonly PageFile _file;
    private readonly TreePage _page;
    private readonly SalvageMap _map;

    public StoreSalvager(PageFile file, SalvageMap map)
    {
        _file = file;
        _page = new TreePage(file);
        _map = map;
    }

    /// <summary>Reads all patients there is a trace of.</summary>
    public IEnumerable<SalvagedItem> Read(CancellationToken cancellation)
    {
        using (_file)
        {
            var present = _map.Patients.GroupBy(place => place.Owner)
                .ToDictionary(places => places.Key, places => places.MaxBy(place => place.Order));
            foreach (var key in _map.PatientKeys)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return Read(key, present.TryGetValue(key, out var place) ? place : null);
            }

            if (_file.MissingPages > 0)
            {
                yield return new SalvagedItem(null, [], [], $"The file is cut off: {_file.MissingPages} of its pages are missing, and with them patients that left no trace elsewhere.");
            }
        }
    }

    private SalvagedItem Read(long key, RowPlace? place)
    {
        var losses = new List<string>();
        var state = place is { } known ? ReadState(Row(known), known.Owner) : null;
        var stamp = state?.Stamp ?? (place is { } row ? SalvageRows.Stamp(Row(row)) : StampOfLost(key));
        var versions = ReadVersions(key, stamp, losses);
        if (state is null)
        {
            losses.Insert(0, versions is [.., { } last]
                ? $"its present state is lost; version {last.Stamp.Version} of it is the newest that could be read"
                : "it is lost");
            state = versions is [.., { } newest] ? newest : null;
            versions = versions is [] ? [] : versions[..^1];
        }

        var record = ReadRecord(key, losses);
        var who = place is null && _map.Id(key) is null ? $"A patient whose id is lost (number {key} of the store)" : $"Patient {stamp.Id}";
        return new SalvagedItem(state, versions, record, losses.Count == 0 ? null : $"{who}: {string.Join("; ", losses)}.");
    }

    /// <summary>What is known of a patient whose own row is destroyed.</summary>
    private PatientStamp StampOfLost(long key) =>
        new(key, new PatientId(_map.Id(key) ?? Guid.CreateVersion7()), 1, 0, DateTime.UnixEpoch, DateTime.UnixEpoch, false, null, null);

    private List<PatientState> ReadVersions(long key, PatientStamp present, List<string> losses)
    {
        var versions = new List<PatientState>();
        foreach (var place in _map.Versions(key))
        {
            var row = Row(place);
            if (ReadState(row, SalvageRows.VersionStamp(row, present)) is { } version && version.Stamp.Version != versions.LastOrDefault()?.Stamp.Version)
            {
                versions.Add(version);
            }
        }

        var missing = Math.Max(present.Version - 1 - versions.Count, 0);
        if (missing > 0)
        {
            losses.Add($"{missing} of its {present.Version - 1} old versions could not be read");
        }

        return versions;
    }

    private List<RecordState> ReadRecord(long key, List<string> losses)
    {
        var entries = new List<RecordState>();
        foreach (var place in _map.Records(key))
        {
            var row = Row(place);
            if (Content(row, 11, ContentOwner.Record, row.Key, row.Int64(5)) is { } json && IsJson(json))
            {
                entries.Add(SalvageRows.Record(row, json));
            }
            else
            {
                losses.Add($"the {row.Text(2)} '{row.Text(3)}' of its record could not be read");
            }
        }

        var missing = _map.RecordCount(key) - _map.Records(key).Count();
        if (missing > 0)
        {
            losses.Add($"{missing} entries of its record could not be read");
        }

        return entries;
    }

    private PatientState? ReadState(SalvagedRow row, long key) => ReadState(row, SalvageRows.Stamp(row) with { Key = key });

    private PatientState? ReadState(SalvagedRow row, PatientStamp stamp)
    {
        if (Content(row, row.Count - 1, ContentOwner.Document, stamp.Key, stamp.Version) is not { } document)
        {
            return null;
        }

        ReadOnlyMemory<byte>? legacy = default;
        if (SalvageRows.LegacyColumn(row) is { } column && !row.IsNull(column))
        {
            if (Content(row, column, ContentOwner.Legacy, stamp.Key, stamp.Version) is not { } beside || !IsJson(beside))
            {
                return null;
            }

            legacy = beside;
        }

        try
        {
            return new PatientState(stamp, PatientDocument.Parse(document), legacy);
        }
        catch (InvalidDocumentException)
        {
            // Bytes inside the row are damaged; the caller counts it as lost.
            return null;
        }
    }

    private static bool IsJson(byte[] json)
    {
        try
        {
            return JsonText.CompactObject(json).Length > 0;
        }
        catch (InvalidDocumentException)
        {
            return false;
        }
    }

    private byte[]? Content(SalvagedRow row, int column, ContentOwner owner, long key, long version)
    {
        if (!row.Bytes(column).IsEmpty)
        {
            return row.Bytes(column).ToArray();
        }

        using var content = new MemoryStream();
        var chunks = _map.Chunks(owner, key, version);
        for (var n = 0; n < chunks.Count; n++)
        {
            if (chunks[n].Order != n)
            {
                return null;
            }

            content.Write(Row(chunks[n]).Bytes(5));
        }

        return content.Length > 0 ? content.ToArray() : null;
    }

    private SalvagedRow Row(RowPlace place)
    {
        _page.Load(place.Page);
        return _page.TryRead(place.Cell) ?? throw new InvalidOperationException("A row that was read before can no longer be read.");
    }
}
