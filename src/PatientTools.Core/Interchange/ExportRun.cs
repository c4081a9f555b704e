using System.Collections.Concurrent;
using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Interchange;

/// <summary>
/// Writes patients that come one by one into a file: a few wait in memory, another thread writes. The file appears when
/// the run is completed, and only then.
/// </summary>
public sealed class ExportRun : IDisposable
{
    private const int MostWaiting = 256;
    private readonly PatientStoreSession _session;
    private readonly StoreUse _use;
    private readonly bool _withDocument;
    private readonly bool _withRecord;
    private readonly bool _withLegacy;
    private readonly BlockingCollection<ExportItem> _waiting = new(MostWaiting);
    private readonly CancellationTokenSource _over;
    private readonly Task<ExportResult> _writing;
    private bool _isComplete;

    /// <summary>Begins.</summary>
    /// <param name="session">The store the patients are of.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How to write; <see cref="ExportOptions.WithRecord"/> follows from the two below.</param>
    /// <param name="includeRecord">Whether each document holds the patient's other resources.</param>
    /// <param name="includeLegacy">Whether each document holds what the source had besides.</param>
    /// <param name="cancellation">Gives up; nothing is left of the file then.</param>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>, <c>PermissionDenied</c>.</exception>
    [Requires(StoreOperation.ExportPatients)]
    public ExportRun(PatientStoreSession session, string path, ExportOptions options, bool includeRecord, bool includeLegacy, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(options);
        _session = session;
        _withRecord = includeRecord;
        _withLegacy = includeLegacy;
        var written = options with { WithRecord = includeRecord || includeLegacy };
        var format = PatientExport.FormatOf(path, written);
        _withDocument = format != ExportFormat.Csv;
        _use = Begin(session);
        _use.Event.Describe($"{format}{(includeRecord ? " with record" : "")}{(includeLegacy ? " with legacy" : "")}");
        _over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _writing = Task.Factory.StartNew(() => Write(path, written), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>How many patients were taken.</summary>
    public long Count { get; private set; }

    /// <summary>Reads what is to be written of a patient: the document of the version that is given.</summary>
    /// <param name="patient">The patient, as a search found it.</param>
    /// <returns>What <see cref="Add"/> takes.</returns>
    /// <exception cref="PatientToolsException"><c>PatientNotFound</c> when the store no longer has it.</exception>
    [Requires(StoreOperation.ExportPatients)]
    public ExportItem Read(Patient patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        return _use.Do(use =>
        {
            var item = ItemOf(patient) ?? throw PatientErrors.NotFound(patient.Id);
            use.Event.Saw(patient.Id);
            return item;
        });
    }

    /// <summary>Reads what is to be written of all patients that answer a question, while they are enumerated.</summary>
    /// <param name="query">The question.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>What <see cref="Add"/> takes; nothing of a patient that is purged meanwhile.</returns>
    /// <exception cref="PatientToolsException">The store cannot be read.</exception>
    [Requires(StoreOperation.ExportPatients)]
    public IEnumerable<ExportItem> Read(PatientQuery query, CancellationToken cancellation)
    {
        var patients = _use.Do(use => _session.Search().ReadAll(use, query, cancellation));
        return _use.Watch(patients.Select(ItemOf).OfType<ExportItem>());
    }

    /// <summary>Takes a patient.</summary>
    /// <param name="item">What to write.</param>
    /// <exception cref="PatientToolsException">The file cannot be written, as <see cref="PatientExport.Write"/>.</exception>
    [Requires(StoreOperation.ExportPatients)]
    public void Add(ExportItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (!item.IsTold)
        {
            _use.Event.Saw(item.Patient.Id);
        }

        _use.Do(_ =>
        {
            try
            {
                _waiting.Add(item, _over.Token);
                Count++;
                return true;
            }
            catch (OperationCanceledException)
            {
                // The writer gave up, or is about to: its own error says why.
                _writing.GetAwaiter().GetResult();
                throw;
            }
        });
    }

    /// <summary>Writes the rest and makes the file appear.</summary>
    /// <returns>What was written.</returns>
    /// <exception cref="PatientToolsException">As <see cref="PatientExport.Write"/>.</exception>
    [Requires(StoreOperation.ExportPatients)]
    public ExportResult Complete()
    {
        _waiting.CompleteAdding();
        var result = _use.Do(_ => _writing.GetAwaiter().GetResult());
        _isComplete = true;
        return result;
    }

    /// <summary>Ends the run; without <see cref="Complete"/> nothing is left of the file.</summary>
    public void Dispose()
    {
        _over.Cancel();
        ((IAsyncResult)_writing).AsyncWaitHandle.WaitOne();
        _over.Dispose();
        _waiting.Dispose();
        if (!_isComplete)
        {
            _use.Event.Fail(AuditOutcome.Stopped, null);
        }

        _use.Dispose();
    }

    /// <summary>What is to be written of a patient; null when the store no longer has it.</summary>
    private ExportItem? ItemOf(Patient patient)
    {
        if (!_withDocument)
        {
            return new ExportItem(patient, default) { IsTold = true };
        }

        var state = PatientSearch.GetState(_use, patient.Id);
        if (state is not null && state.Stamp.Version != patient.Version)
        {
            state = PatientSearch.GetVersions(_use, patient.Id)?.FirstOrDefault(version => version.Stamp.Version == patient.Version);
        }

        return state is null ? null : new ExportItem(
            patient,
            state.Document.Utf8,
            _withLegacy ? state.Legacy.GetValueOrDefault() : default,
            _withRecord ? PatientSearch.GetRecord(_use, patient.Id)?.Select(entry => entry.Json) : null)
        { IsTold = true };
    }

    /// <summary>A file of columns needs nothing of the store: that the session holds is looked up before there is a file.</summary>
    private static StoreUse Begin(PatientStoreSession session)
    {
        var use = session.Access.Begin(StoreOperation.ExportPatients);
        try
        {
            use.Do(begun => begun.Read(_ => true));
            return use;
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    private ExportResult Write(string path, ExportOptions options)
    {
        try
        {
            return PatientExport.Write(path, _waiting.GetConsumingEnumerable(_over.Token), options, progress: null, _over.Token);
        }
        finally
        {
            _over.Cancel();
        }
    }
}
