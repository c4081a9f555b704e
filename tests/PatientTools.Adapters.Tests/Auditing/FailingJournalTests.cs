using System.Reflection;
using PatientTools.Accounts;
using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Auditing;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Auditing;

/// <summary>What cannot be logged must not happen, and is not forgotten either.</summary>
public sealed class FailingJournalTests : IDisposable
{
    private readonly TemporaryStore _place = new();
    private readonly SteppedTime _time = new();
    private readonly IPatientStore _store;
    private readonly AuditJournal _journal;

    public FailingJournalTests()
    {
        _store = DispatchProxy.Create<IPatientStore, FailingStore>();
        Failing.Inner = _place.Store;
        _journal = new AuditJournal(_store, _time, TimeSpan.FromSeconds(30));
    }

    private FailingStore Failing => (FailingStore)(object)_store;

    public void Dispose()
    {
        _journal.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void A_full_disk_stops_the_session_until_the_trail_is_written()
    {
        Begin().End();
        Failing.Failure = new PatientToolsException("StoreFull", "The disk is full.", ErrorKind.Full);
        _time.Step(TimeSpan.FromSeconds(1));

        Assert.Equal("AuditTrailNotWritable", Assert.Throws<PatientToolsException>(_journal.RefuseWhenFailing).ErrorId);
        Assert.Equal("StoreFull", Assert.Throws<PatientToolsException>(() => _journal.Flush()).ErrorId);

        Failing.Failure = null;
        _time.Step(TimeSpan.FromSeconds(1));
        _journal.RefuseWhenFailing();
        Assert.Equal(1, Entries());
    }

    [Fact]
    public void Another_writer_is_waited_for_and_no_failure_until_it_takes_too_long()
    {
        Begin().End();
        Failing.Failure = new PatientToolsException("StoreBusy", "Somebody writes.", ErrorKind.Busy);
        _time.Step(TimeSpan.FromSeconds(30));
        _journal.RefuseWhenFailing();
        _time.Step(TimeSpan.FromSeconds(10));

        Assert.Equal("AuditTrailNotWritable", Assert.Throws<PatientToolsException>(_journal.RefuseWhenFailing).ErrorId);

        Failing.Failure = null;
        _journal.RefuseWhenFailing();
        Assert.Equal(1, Entries());
    }

    [Fact]
    public void Nothing_is_done_while_nothing_waits()
    {
        var audited = Begin();
        _time.Step(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Failing.Logs);
        _time.Step(TimeSpan.FromHours(1));

        Assert.Equal((1, 0), (Failing.Logs, _time.Timers));
        audited.End();
        Assert.Equal(1, _time.Timers);
    }

    private AuditedEvent Begin() => new(_journal, StoreOperation.ReadPatient, null, new AuditContent());

    private int Entries() => _place.Store.Read(reader => reader.ReadAuditEntries(0, 100).Count);

    /// <summary>A store whose log can be made to fail.</summary>
    public class FailingStore : DispatchProxy
    {
        internal IPatientStore Inner { get; set; } = null!;

        public PatientToolsException? Failure { get; set; }

        public int Logs { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(IPatientStore.BeginLog))
            {
                Logs++;
                if (Failure is not null)
                {
                    throw Failure;
                }
            }

            return targetMethod.Invoke(Inner, args);
        }
    }

    /// <summary>A clock that goes when it is told to.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private readonly List<Timer> _due = [];
        private DateTimeOffset _now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

        public int Timers => _due.Count;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer(this, () => callback(state));

        public void Step(TimeSpan time)
        {
            _now += time;
            Timer[] due = [.. _due];
            _due.Clear();
            Array.ForEach(due, timer => timer.Ring());
        }

        private sealed class Timer(SteppedTime clock, Action ring) : ITimer
        {
            public void Ring() => ring();

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                clock._due.Add(this);
                return true;
            }

            public void Dispose() => clock._due.Remove(this);

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
