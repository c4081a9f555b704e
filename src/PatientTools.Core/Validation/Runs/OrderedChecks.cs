using System.Diagnostics.CodeAnalysis;

namespace PatientTools.Validation.Runs;

/// <summary>Batches that are under way, in their order, a bounded way ahead. Used by one thread.</summary>
internal sealed class OrderedChecks : IDisposable
{
    /// <summary>How much batches under way may hold at once; a single one may hold more.</summary>
    private const long WeightAhead = 4 << 20;

    /// <summary>Starting threads costs more than checking these few.</summary>
    public const int Few = 3;

    private const int BatchesAhead = 4;
    private readonly CheckCrew _crew;
    private readonly Queue<CheckBatch> _ahead = new();
    private long _weight;
    private long _checked;

    /// <summary>Begins.</summary>
    /// <param name="terms">How is checked.</param>
    /// <param name="cancellation">Stops.</param>
    /// <param name="before">How many patients of the batch were checked before.</param>
    public OrderedChecks(CheckTerms terms, CancellationToken cancellation, long before = 0)
    {
        _checked = before;
        Workers = terms.Options.Workers;
        _crew = new CheckCrew(terms, cancellation);
    }

    /// <summary>How many work at once.</summary>
    public int Workers { get; }

    /// <summary>Whether nothing is under way.</summary>
    public bool IsEmpty => _ahead.Count == 0;

    /// <summary>Whether results have to be taken before more is added.</summary>
    public bool IsFull => _ahead.Count >= Workers * BatchesAhead || (_ahead.Count > 0 && _weight >= WeightAhead);

    /// <summary>Whether what is added next is checked at once, on the caller's thread.</summary>
    public bool IsHere => Workers <= 1 || _checked < Few;

    /// <summary>Adds a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="here">Whether it is checked at once, on the caller's thread.</param>
    public void Add(CheckBatch batch, bool here)
    {
        _ahead.Enqueue(batch);
        _weight += batch.Weight;
        if (here)
        {
            _crew.Run(batch);
            return;
        }

        _crew.Post(batch);
    }

    /// <summary>Takes the results of the first batch, waiting for them.</summary>
    /// <returns>The results.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public PatientValidationResult[] Take()
    {
        var batch = _ahead.Dequeue();
        _weight -= batch.Weight;
        var results = batch.Results;
        _checked += results.Length;
        return results;
    }

    /// <summary>Takes the results of the first batch if it is done.</summary>
    /// <param name="results">The results.</param>
    /// <returns>Whether it is.</returns>
    public bool TryTake([NotNullWhen(true)] out PatientValidationResult[]? results)
    {
        results = _ahead.TryPeek(out var first) && first.Done.IsCompleted ? Take() : null;
        return results is not null;
    }

    /// <summary>Checks all batches.</summary>
    /// <param name="batches">The batches; enumerated by the caller's thread alone.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The results, batch by batch.</returns>
    public IEnumerable<PatientValidationResult[]> Check(IEnumerable<CheckBatch> batches, CancellationToken cancellation)
    {
        foreach (var batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            Add(batch, IsHere);
            while (!IsEmpty && (IsFull || IsHere))
            {
                yield return Take();
            }

            while (TryTake(out var ready))
            {
                yield return ready;
            }
        }

        while (!IsEmpty)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return Take();
        }
    }

    /// <summary>Stops, and waits until nothing is under way; what comes of it is of no interest any more.</summary>
    public void Dispose()
    {
        if (!IsEmpty)
        {
            _crew.Stop();
            foreach (var batch in _ahead)
            {
                batch.Done.ContinueWith(static done => done.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait(CancellationToken.None);
            }
        }

        _crew.Dispose();
    }
}
