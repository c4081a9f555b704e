namespace PatientTools.Validation.Runs;

/// <summary>Checks the patients of a pipeline, which come one by one at a pace that nobody knows. Used by one thread.</summary>
/// <remarks>
/// <para>A pipe is slow when more than a millisecond passes from one object to the next; for each result that the last call
/// handed on, another millisecond is allowed, since whoever comes behind in the pipeline works in that time. Who comes through
/// a slow pipe is checked at once, with all that waits: the call in which an object came returns its result.</para>
/// <para>Objects of a fast pipe are collected in groups of 4, 8, 16 … up to 256 patients or 64 KB, which are checked in
/// parallel; each call hands on what is done, in order, and waits only when too much is under way. After a pause groups begin
/// small again, so that no more waits than came in the same rush before.</para>
/// <para>The first three are checked at once in any case, and with one worker every one is: on the caller's thread.</para>
/// </remarks>
internal sealed class PipelineChecks : IDisposable
{
    private const int FirstGroup = 4;
    private const int LargestGroup = 256;
    private const long GroupBytes = 64 << 10;
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(1);

    private readonly OrderedChecks _checks;
    private readonly TimeProvider _time;
    private List<PatientInput> _group = [];
    private long _groupBytes;
    private int _groupSize = FirstGroup;
    private long _returned;
    private int _handedOn;

    /// <summary>Begins.</summary>
    /// <param name="terms">How is checked.</param>
    /// <param name="cancellation">Stops.</param>
    public PipelineChecks(CheckTerms terms, CancellationToken cancellation)
    {
        _checks = new OrderedChecks(terms, cancellation);
        _time = terms.Time;
        _returned = _time.GetTimestamp();
    }

    /// <summary>Takes a patient.</summary>
    /// <param name="patient">The patient.</param>
    /// <returns>The results that are ready, in order.</returns>
    public List<PatientValidationResult> Add(in PatientInput patient)
    {
        var isSlow = _time.GetElapsedTime(_returned) > Slow * (1 + _handedOn);
        _group.Add(patient);
        _groupBytes += Weight(patient);
        var ready = new List<PatientValidationResult>();
        if (_checks.IsHere || isSlow)
        {
            Flush(ready);
        }
        else
        {
            if (_group.Count >= _groupSize || _groupBytes >= GroupBytes)
            {
                Post(here: false);
                _groupSize = Math.Min(_groupSize * 2, LargestGroup);
            }

            TakeReady(ready);
        }

        (_handedOn, _returned) = (ready.Count, _time.GetTimestamp());
        return ready;
    }

    /// <summary>Waits for all that was added.</summary>
    /// <returns>The remaining results, in order.</returns>
    public List<PatientValidationResult> Complete()
    {
        var ready = new List<PatientValidationResult>();
        Flush(ready);
        return ready;
    }

    /// <summary>Stops, and waits until nothing is under way.</summary>
    public void Dispose() => _checks.Dispose();

    private static long Weight(in PatientInput patient)
    {
        long weight = patient.Document.Length;
        foreach (var resource in patient.Record ?? [])
        {
            weight += resource.Length;
        }

        return weight;
    }

    /// <summary>A few are checked here; more are shared out, however few they are for each, since somebody waits for all of them.</summary>
    private void Flush(List<PatientValidationResult> ready)
    {
        _groupSize = FirstGroup;
        if (_group.Count <= OrderedChecks.Few || _checks.Workers == 1)
        {
            Post(here: true);
        }
        else
        {
            Share();
        }

        while (!_checks.IsEmpty)
        {
            ready.AddRange(_checks.Take());
        }
    }

    private void TakeReady(List<PatientValidationResult> ready)
    {
        while (_checks.IsFull)
        {
            ready.AddRange(_checks.Take());
        }

        while (_checks.TryTake(out var done))
        {
            ready.AddRange(done);
        }
    }

    private void Share()
    {
        var weight = _groupBytes / _checks.Workers;
        foreach (var part in _group.Chunk((_group.Count + _checks.Workers - 1) / _checks.Workers))
        {
            _checks.Add(new InputBatch(part, weight), here: false);
        }

        (_group, _groupBytes) = ([], 0);
    }

    private void Post(bool here)
    {
        if (_group.Count > 0)
        {
            _checks.Add(new InputBatch(_group, _groupBytes), here);
            (_group, _groupBytes) = ([], 0);
        }
    }
}
