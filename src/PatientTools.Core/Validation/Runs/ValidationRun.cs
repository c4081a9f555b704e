using System.Runtime.InteropServices;
using PatientTools.Accounts;
using PatientTools.Interchange;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Validation.Runs;

/// <summary>
/// Checks any number of patients: in parallel, with results in the order of the input, and each compared with those before it.
/// Used by one thread, for one batch: numbers and duplicates count on from one call to the next.
/// </summary>
/// <remarks>
/// The first three patients are checked on the caller's thread, since starting others costs more; with one worker all are. A
/// rule that takes longer than <see cref="ValidationOptions.Timeout"/> is told to stop, and the patient gets a result that
/// says so. A rule that does not stop is left alone, and the batch goes on without it; only on the caller's own thread nobody
/// can help it.
/// </remarks>
public sealed class ValidationRun : IDisposable
{
    private const int LargestBatch = 256;
    private readonly CheckTerms _terms;
    private readonly BatchDuplicates? _duplicates;
    private PipelineChecks? _pipeline;
    private long _number;

    /// <summary>Begins.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="options">How is checked.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one worker, or a time-out of zero or less.</exception>
    /// <exception cref="PatientToolsException">The store to compare with: <c>SessionClosed</c>, <c>PermissionDenied</c>.</exception>
    [Requires(StoreOperation.ValidatePatients)]
    public ValidationRun(RuleSet rules, ValidationOptions options)
        : this(rules, options, () => new PatientValidator(rules, options), TimeProvider.System)
    {
    }

    /// <summary>Begins, with validators and a clock of one's own.</summary>
    internal ValidationRun(RuleSet rules, ValidationOptions options, Func<IPatientCheck> make, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout, TimeSpan.Zero);
        _terms = new CheckTerms(rules, options, make, time);
        _duplicates = BatchDuplicates.For(rules, options.Language);
    }

    /// <summary>Checks all that a source holds; nothing gets imported.</summary>
    /// <param name="source">The source.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>
    /// A result for each patient, and for each line, row or entry that is none, as soon as there is one; what an import would
    /// only give notice of, such as a bundle without a patient, has none. When enumeration ends, early or not, no thread is
    /// left behind.
    /// </returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    [Requires(StoreOperation.ValidatePatients)]
    public IEnumerable<PatientValidationResult> Read(IPatientSource source, CancellationToken cancellation) => Read(source, static _ => { }, cancellation);

    /// <summary>As <see cref="Read(IPatientSource, CancellationToken)"/>, telling also what is known of the source as a whole.</summary>
    /// <param name="source">The source.</param>
    /// <param name="notice">Takes what an import would tell of the whole, such as dates of a CSV column that are none; after the last result.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The results.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    [Requires(StoreOperation.ValidatePatients)]
    public IEnumerable<PatientValidationResult> Read(IPatientSource source, Action<NoticeItem> notice, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(notice);
        return ReadWhole();

        IEnumerable<PatientValidationResult> ReadWhole()
        {
            var summaries = new List<ImportChunk>();
            foreach (var result in Check(Batches(source, summaries), cancellation))
            {
                yield return result;
            }

            foreach (var item in summaries.SelectMany(summary => summary.Parse()).OfType<NoticeItem>())
            {
                notice(item);
            }
        }
    }

    /// <summary>Checks patients that are in memory.</summary>
    /// <param name="patients">The patients, enumerated a bounded way ahead by the caller's thread; their memory must not change.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>A result for each patient.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    [Requires(StoreOperation.ValidatePatients)]
    public IEnumerable<PatientValidationResult> Read(IEnumerable<PatientInput> patients, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(patients);
        return Check(Growing(patients).Select(batch => new InputBatch(batch, batch.Sum(patient => (long)patient.Document.Length))), cancellation);
    }

    /// <summary>Checks patients of a store with their records, as of the moment of the answer.</summary>
    /// <param name="session">The store.</param>
    /// <param name="answer">Which patients.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>A result for each patient; none for those that are purged before they are read.</returns>
    /// <exception cref="PatientToolsException">The store cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    [Requires(StoreOperation.ValidatePatients)]
    public IEnumerable<PatientValidationResult> Read(PatientStoreSession session, PatientAnswer answer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(answer);
        return ReadStored();

        IEnumerable<PatientValidationResult> ReadStored()
        {
            using var use = session.Access.Begin(StoreOperation.ValidatePatients);
            if (answer.Shape is { } shape)
            {
                use.Event.Describe(shape);
            }

            var place = new SourcePlace(session.Location);
            var keys = answer.KeysOf?.Invoke(use).SelectMany(batch => batch) ?? answer.Patients.Select(patient => patient.Key);
            foreach (var result in use.Watch(Check(Growing(keys).Select(batch => new StoreBatch(use, place, batch, answer.Sequence)), cancellation)))
            {
                if (result.Id is { } id)
                {
                    use.Event.Saw(id);
                }

                yield return result;
            }
        }
    }

    /// <summary>Takes a patient of a store, as it is now; see <see cref="Add(PatientInput, CancellationToken)"/>.</summary>
    /// <param name="session">The store.</param>
    /// <param name="id">The patient.</param>
    /// <param name="includeRemoved">Whether a removed patient is checked rather than refused.</param>
    /// <param name="cancellation">Stops; the same for all calls.</param>
    /// <returns>The results that are ready, in order.</returns>
    /// <exception cref="PatientToolsException"><c>PatientNotFound</c>, <c>PatientRemoved</c>, and the store cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    [Requires(StoreOperation.ValidatePatients)]
    public IReadOnlyList<PatientValidationResult> Add(PatientStoreSession session, PatientId id, bool includeRemoved, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(session);
        return Add(
            session.Access.Run(StoreOperation.ValidatePatients, use => StoreBatch.InputOf(
                new SourcePlace(session.Location), new PatientLookup(session.Search(), includeRemoved).StateOf(use, id), PatientSearch.GetRecord(use, id) ?? [])),
            cancellation);
    }

    /// <summary>Takes a patient of a pipeline; see <see cref="PipelineChecks"/> for which results are ready when.</summary>
    /// <param name="patient">The patient; its memory must not change.</param>
    /// <param name="cancellation">Stops; the same for all calls.</param>
    /// <returns>The results that are ready, in order; those of a slow pipe all at once.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    [Requires(StoreOperation.ValidatePatients)]
    public IReadOnlyList<PatientValidationResult> Add(PatientInput patient, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _pipeline ??= new PipelineChecks(_terms, cancellation);
        return Finish(_pipeline.Add(patient));
    }

    /// <summary>Waits for what was added.</summary>
    /// <param name="cancellation">Stops; the same as for <see cref="Add(PatientInput, CancellationToken)"/>.</param>
    /// <returns>The remaining results, in order.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    [Requires(StoreOperation.ValidatePatients)]
    public IReadOnlyList<PatientValidationResult> Complete(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return _pipeline is null ? [] : Finish(_pipeline.Complete());
    }

    /// <summary>Stops whatever is under way.</summary>
    public void Dispose()
    {
        _pipeline?.Dispose();
        _pipeline = null;
        _terms.Stored?.Dispose();
    }

    private IEnumerable<CheckBatch> Batches(IPatientSource source, List<ImportChunk> summaries)
    {
        foreach (var chunk in source.ReadChunks())
        {
            if (chunk.IsSummary)
            {
                summaries.Add(chunk);
            }
            else
            {
                yield return new SourceBatch(chunk, _terms.Options.KeepsInput);
            }
        }
    }

    private IEnumerable<PatientValidationResult> Check(IEnumerable<CheckBatch> batches, CancellationToken cancellation)
    {
        using var checks = new OrderedChecks(_terms, cancellation, _number);
        foreach (var results in checks.Check(batches, cancellation))
        {
            _duplicates?.Prepare(results);
            foreach (var result in results)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return Finish(result);
            }
        }
    }

    private List<PatientValidationResult> Finish(List<PatientValidationResult> results)
    {
        _duplicates?.Prepare(CollectionsMarshal.AsSpan(results));
        for (var i = 0; i < results.Count; i++)
        {
            results[i] = Finish(results[i]);
        }

        return results;
    }

    /// <summary>What depends on the order of the batch.</summary>
    private PatientValidationResult Finish(PatientValidationResult result)
    {
        result.Number = ++_number;
        return _duplicates?.Check(result) ?? result;
    }

    private static IEnumerable<T[]> Growing<T>(IEnumerable<T> items)
    {
        var batch = new List<T>();
        var size = 1;
        foreach (var item in items)
        {
            batch.Add(item);
            if (batch.Count == size)
            {
                yield return [.. batch];
                batch.Clear();
                size = Math.Min(size * 2, LargestBatch);
            }
        }

        if (batch.Count > 0)
        {
            yield return [.. batch];
        }
    }
}
