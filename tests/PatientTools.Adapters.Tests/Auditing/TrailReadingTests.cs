using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Auditing;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Auditing;

/// <summary>Whatever is asked of the trail, the answer is what a look at every entry would give.</summary>
public sealed class TrailReadingTests : IDisposable
{
    private const int Entries = 30_000;
    private static readonly DateTime Begin = new(2020, 3, 1, 8, 0, 0, DateTimeKind.Utc);
    private static readonly string?[] Accounts = [null, "Ada", "ADA", "Bob", "Ödön"];
    private static readonly StoreOperation[] Operations = [StoreOperation.ReadPatient, StoreOperation.ReadPatient, StoreOperation.SearchPatients, StoreOperation.PurgePatient];
    private static readonly AuditOutcome[] Outcomes = [AuditOutcome.Pending, AuditOutcome.Succeeded, AuditOutcome.Failed, AuditOutcome.Refused];
    private readonly TemporaryStore _place = new();
    private readonly Random _random = new(20261124);
    private readonly PatientId[] _patients;
    private readonly SortedDictionary<long, Known> _known = [];
    private readonly PatientStoreSession _session;

    public TrailReadingTests()
    {
        _patients = [.. Enumerable.Range(0, 60).Select(_ => PatientId.New(DateTimeOffset.UtcNow))];
        _place.Store.Write(Fill);
        _session = PatientStoreSession.Open(new SqlitePatientStoreProvider(), _place.Path, new StoreOptions());
    }

    public void Dispose()
    {
        _session.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void Events_are_those_of_a_plain_model()
    {
        for (var round = 0; round < 60; round++)
        {
            var query = Query();
            var wanted = _known.Values.Where(known => IsWanted(known, query)).ToList();
            var expected = query.Newest is { } newest ? wanted.TakeLast(newest).ToList() : wanted;

            var found = _session.AuditTrail().Read(query).ToList();

            Assert.Equal(expected.Select(known => known.Number), found.Select(one => one.Number));
            Assert.All(expected.Zip(found), pair => AssertSame(pair.First, pair.Second));
        }
    }

    [Fact]
    public void Everything_is_read_when_nothing_is_asked_but_not_the_reading_itself()
    {
        var found = _session.AuditTrail().Read(new AuditQuery()).ToList();

        Assert.Equal([.. _known.Keys, Entries + 1L], found.Select(one => one.Number));
        Assert.Equal(StoreOperation.Connect, found[^1].Operation);
        Assert.Equal(StoreOperation.ReadAuditTrail, Assert.Single(_session.AuditTrail().Read(new AuditQuery { Newest = 1 })).Operation);
    }

    private static bool IsWanted(Known known, AuditQuery query) =>
        (query.Since is null || known.Time >= query.Since) && (query.Until is null || known.Time < query.Until)
        && (query.Account is null || string.Equals(known.Account, query.Account, StringComparison.OrdinalIgnoreCase))
        && (query.Operations.Count == 0 || query.Operations.Contains(known.Operation))
        && (query.Outcomes.Count == 0 || query.Outcomes.Contains(known.Outcome))
        && (query.Patient is null || known.Patients.Contains(query.Patient.Value));

    private static void AssertSame(Known known, AuditEvent found)
    {
        Assert.Equal(
            (known.Time, known.Account, known.Operation, known.Outcome, known.ErrorId, (string?)"desk", (long)known.Patients.Count),
            (found.Time, found.Account, found.Operation, found.Outcome, found.ErrorId, found.Machine, found.PatientCount));
        Assert.Equal(known.Details.Count == 0 ? null : string.Join("; ", known.Details), found.Details);
        Assert.Equal(known.Patients, found.Patients);
    }

    /// <summary>A question for which the session's own events, which are of today, are no answer.</summary>
    private AuditQuery Query() => new()
    {
        Since = _random.Next(3) == 0 ? Begin.AddSeconds(_random.Next(Entries)).AddTicks(_random.Next(2)) : null,
        Until = Begin.AddSeconds(_random.Next(3) == 0 ? _random.Next(Entries) : 2 * Entries),
        Account = _random.Next(3) == 0 ? new[] { "ada", "BOB", "nobody", "ödön" }[_random.Next(4)] : null,
        Operations = _random.Next(3) == 0 ? [.. Operations.Distinct().Take(_random.Next(1, 4))] : [],
        Outcomes = _random.Next(3) == 0 ? [.. Outcomes.Take(_random.Next(1, 4))] : [],
        Patient = _random.Next(4) == 0 ? _patients[_random.Next(_patients.Length)] : null,
        Newest = _random.Next(3) == 0 ? _random.Next(0, 700) : null,
    };

    private int Fill(IStoreWriter writer)
    {
        AuditEntry? last = null;
        for (var number = 1L; number <= Entries; number++)
        {
            var firsts = number > 1 && _random.Next(6) == 0 ? _known.Keys.ElementAt(_known.Count - 1) : 0;
            var known = firsts > 0 ? _known[firsts]
                : new Known(number, Begin.AddSeconds(number + _random.Next(-300, 300)), Accounts[_random.Next(Accounts.Length)], Operations[_random.Next(Operations.Length)]);
            _known[known.Number] = known;
            PatientId[] added = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => _patients[_random.Next(_patients.Length)])];
            known.Patients.AddRange(added);
            known.Outcome = Outcomes[_random.Next(Outcomes.Length)];
            var (details, errorId) = (_random.Next(3) == 0 ? $"said {number}" : null, _random.Next(5) == 0 ? $"Error{number}" : null);
            known.ErrorId ??= errorId;
            if (details is not null)
            {
                known.Details.Add(details);
            }

            var content = new AuditContent { Machine = firsts > 0 ? null : "desk", Details = details, ErrorId = errorId };
            var time = firsts > 0 ? Begin.AddSeconds(number) : known.Time;
            last = AuditChain.Append(writer, _place.Store.Identity.StoreId, last, new AuditDraft(
                time, firsts > 0 ? firsts : null, known.Account, known.Operation, known.Outcome, content, known.Patients.Count, AccessSamples.Bytes(added)));
        }

        return 0;
    }

    private sealed record Known(long Number, DateTime Time, string? Account, StoreOperation Operation)
    {
        public AuditOutcome Outcome { get; set; }

        public string? ErrorId { get; set; }

        public List<string> Details { get; } = [];

        public List<PatientId> Patients { get; } = [];
    }
}
