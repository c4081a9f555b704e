using System.Diagnostics.CodeAnalysis;

namespace PatientTools.Validation.Runs;

/// <summary>
/// Workers on threads of the pool, as many as wanted and no more than there is work for, and the watchdog that looks after
/// them. A worker whose rule does not end is given up: its thread, a background one, is left alone, and another goes on with
/// the rest of its batch.
/// </summary>
internal sealed class CheckCrew : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CheckTerms _terms;
    private readonly CancellationTokenSource _stop;
    private readonly Queue<CheckBatch> _waiting = new();
    private readonly List<CheckWorker> _workers = [];
    private readonly Stack<CheckWorker> _resting = new();
    private readonly ITimer _watchdog;
    private readonly TimeProvider _time;
    private readonly long _started;
    private CheckWorker? _callers;
    private int _active;
    private bool _isLooking;

    /// <summary>Makes a crew.</summary>
    /// <param name="terms">How is checked.</param>
    /// <param name="cancellation">Stops.</param>
    public CheckCrew(CheckTerms terms, CancellationToken cancellation)
    {
        _terms = terms;
        _time = terms.Time;
        _started = _time.GetTimestamp();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _watchdog = _time.CreateTimer(static crew => ((CheckCrew)crew!).Look(), this, terms.Interval, terms.Interval);
    }

    /// <summary>Has a batch checked on the caller's thread.</summary>
    /// <param name="batch">The batch; done when this returns.</param>
    public void Run(CheckBatch batch)
    {
        _callers ??= Hire(isCallers: true);
        batch.Run(_callers, _stop.Token);
    }

    /// <summary>Has a batch checked by the next worker that is free.</summary>
    /// <param name="batch">The batch.</param>
    public void Post(CheckBatch batch)
    {
        lock (_lock)
        {
            _waiting.Enqueue(batch);
            if (_active == _terms.Options.Workers)
            {
                return;
            }

            _active++;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static crew => crew.Work(null), this, preferLocal: false);
    }

    /// <summary>Stops what is under way.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Ends the crew. Everything posted has to be done.</summary>
    public void Dispose()
    {
        _watchdog.Dispose();
        lock (_lock)
        {
            _workers.ForEach(worker => worker.Dispose());
            _workers.Clear();
            _resting.Clear();
        }

        _stop.Dispose();
    }

    private CheckWorker Hire(bool isCallers = false)
    {
        lock (_lock)
        {
            if (!isCallers && _resting.TryPop(out var rested))
            {
                return rested;
            }

            var worker = new CheckWorker(_terms, isCallers, _stop.Token);
            _workers.Add(worker);
            return worker;
        }
    }

    /// <param name="worker">Who works; null hires one when there is something to do.</param>
    private void Work(CheckWorker? worker)
    {
        while (TryTake(worker, out var batch))
        {
            worker ??= Hire();
            worker.Batch = batch;
            if (!batch.Run(worker, _stop.Token))
            {
                return;
            }
        }
    }

    private bool TryTake(CheckWorker? worker, [NotNullWhen(true)] out CheckBatch? batch)
    {
        lock (_lock)
        {
            if (_waiting.TryDequeue(out batch))
            {
                return true;
            }

            _active--;
            if (worker is not null)
            {
                worker.Batch = null;
                _resting.Push(worker);
            }

            return false;
        }
    }

    private void Look()
    {
        CheckWorker[] workers;
        lock (_lock)
        {
            if (_isLooking)
            {
                return;
            }

            _isLooking = true;
            workers = [.. _workers];
        }

        var now = _time.GetElapsedTime(_started);
        foreach (var worker in workers)
        {
            if (worker.Look(now) is { } lost)
            {
                Replace(worker, lost);
            }
        }

        lock (_lock)
        {
            _isLooking = false;
        }
    }

    /// <summary>A thread of its own, since the pool has lost one for who knows how long.</summary>
    private void Replace(CheckWorker worker, LostCheck lost)
    {
        var batch = worker.Batch!;
        batch.PassOver(_terms, lost.Running);
        lock (_lock)
        {
            _workers.Remove(worker);
        }

        new Thread(() => GoOn(batch)) { IsBackground = true, Name = "PatientTools validation" }.Start();
    }

    private void GoOn(CheckBatch batch)
    {
        var worker = Hire();
        worker.Batch = batch;
        if (batch.Run(worker, _stop.Token))
        {
            Work(worker);
        }
    }
}
