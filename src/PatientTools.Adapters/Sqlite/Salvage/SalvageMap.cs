using System.Runtime.InteropServices;
using PatientTools.Search.Index;

namespace PatientTools.Adapters.Sqlite.Salvage;

/// <summary>Where a row lies: its page and which of the page's rows it is.</summary>
/// <param name="Owner">The key of what the row belongs to; the row's own key for a patient.</param>
/// <param name="Order">What sorts rows of one owner.</param>
/// <param name="Page">The page.</param>
/// <param name="Cell">Which of the page's rows.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RowPlace(long Owner, long Order, int Page, int Cell);

/// <summary>
/// Finds all rows of people's data by looking into every page, so that nothing is lost but what the damage hit: trees and
/// schema are not needed, because each table has a number of columns of its own.
/// </summary>
internal sealed class SalvageMap
{
    private readonly List<RowPlace> _patients = [];
    private readonly List<RowPlace> _versions = [];
    private readonly List<RowPlace> _records = [];
    private readonly Dictionary<(long Owner, long Key, long Version), List<RowPlace>> _chunks = [];
    private readonly Dictionary<long, Guid> _ids = [];
    private readonly HashSet<long> _found = [];
    private readonly List<KeyRun> _censuses = [];
    private readonly Dictionary<long, int> _recordCounts = [];
    private ILookup<long, RowPlace>? _versionsOf;
    private ILookup<long, RowPlace>? _recordsOf;

    /// <summary>Keys of all patients there is any trace of, in order.</summary>
    public IEnumerable<long> PatientKeys =>
        _patients.Select(place => place.Owner).Concat(_versions.Select(place => place.Owner)).Concat(_ids.Keys).Concat(_found).Distinct().Order();

    public bool IsEmpty => _patients.Count == 0 && _versions.Count == 0 && _ids.Count == 0;

    /// <summary>Looks into every page.</summary>
    public static SalvageMap Read(PageFile file, CancellationToken cancellation)
    {
        var map = new SalvageMap();
        var page = new TreePage(file);
        for (var number = 1; number <= file.PageCount; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            page.Load(number);
            for (var cell = 0; cell < page.Cells; cell++)
            {
                if (page.TryRead(cell) is { } row)
                {
                    map.Add(row, page.IsTable, number, cell);
                }
            }
        }

        map.AddCensuses();
        map._versionsOf = map._versions.ToLookup(place => place.Owner);
        map._recordsOf = map._records.ToLookup(place => place.Owner);
        return map;
    }

    /// <summary>The rows that claim to be a patient's present state; more than one only by damage.</summary>
    public IEnumerable<RowPlace> Patients => _patients;

    public IEnumerable<RowPlace> Versions(long patient) => _versionsOf![patient].OrderBy(place => place.Order);

    public IEnumerable<RowPlace> Records(long patient) => _recordsOf![patient].OrderBy(place => place.Order);

    public IReadOnlyList<RowPlace> Chunks(ContentOwner owner, long key, long version) =>
        _chunks.TryGetValue(((long)owner, key, version), out var places) ? [.. places.OrderBy(place => place.Order)] : [];

    /// <summary>A patient's id, as the index of ids has it.</summary>
    public Guid? Id(long patient) => _ids.TryGetValue(patient, out var id) ? id : null;

    /// <summary>How many record entries an index knows of a patient.</summary>
    public int RecordCount(long patient) => _recordCounts.GetValueOrDefault(patient);

    private void Add(SalvagedRow row, bool isTable, int page, int cell)
    {
        if (!isTable)
        {
            AddIndexed(row);
        }
        else if (SalvageRows.IsPatient(row))
        {
            _patients.Add(new RowPlace(row.Key, row.Int64(2), page, cell));
        }
        else if (SalvageRows.IsVersion(row))
        {
            _versions.Add(new RowPlace(row.Int64(1), row.Int64(2), page, cell));
        }
        else if (SalvageRows.IsRecord(row))
        {
            _records.Add(new RowPlace(row.Int64(1), row.Key, page, cell));
        }
        else if (SalvageRows.IsChunk(row))
        {
            var key = (row.Int64(1), row.Int64(2), row.Int64(3));
            if (!_chunks.TryGetValue(key, out var places))
            {
                _chunks[key] = places = [];
            }

            places.Add(new RowPlace(row.Int64(2), row.Int64(4), page, cell));
        }
    }

    /// <summary>
    /// Bytes that only look like a segment may name any key: none is believed that goes further than patients do.
    /// </summary>
    private void AddCensuses()
    {
        var last = _patients.Select(place => place.Owner).Concat(_ids.Keys).DefaultIfEmpty().Max();
        foreach (var run in _censuses.Where(run => run.Last <= last))
        {
            for (var key = run.First; key <= run.Last; key++)
            {
                _found.Add(key);
            }
        }
    }

    private void AddIndexed(SalvagedRow row)
    {
        if (row.Count == 2 && row.IsBlob(0) && row.Bytes(0).Length == 16 && row.IsInteger(1))
        {
            _ids[row.Int64(1)] = new Guid(row.Bytes(0), bigEndian: true);
        }
        else if (row.Count == 3 && row.IsInteger(0) && row.IsText(1) && row.IsInteger(2))
        {
            // An entry as format 2 had it.
            _found.Add(row.Int64(2));
        }
        else if (SalvageRows.IsCensus(row))
        {
            var runs = new List<KeyRun>();
            if (KeySegment.TryRead(row.Int64(2), row.Bytes(3), runs))
            {
                _censuses.AddRange(runs);
            }
        }
        else if (row.Count == 4 && row.IsInteger(0) && row.IsText(1) && row.IsText(2) && row.IsInteger(3))
        {
            _recordCounts[row.Int64(0)] = RecordCount(row.Int64(0)) + 1;
        }
    }
}
