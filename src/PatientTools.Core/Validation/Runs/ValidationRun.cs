using PatientTools.Interchange;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Validation.Runs;

/// <summary>
/// Checks any number of patients: in parallel, with results in the order of the input, and each compared with those before it.
/// </summary>
public sealed class ValidationRun : IDisposable
{
    /// <summary>Begins.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="options">How is checked.</param>
    public ValidationRun(RuleSet rules, ValidationOptions options)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(options);
    }

    /// <summary>Checks all that a source holds; nothing gets imported.</summary>
    /// <param name="source">The source.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>A result for each patient, and for each line, row or entry that is none, as soon as there is one. When enumeration ends, early or not, no thread is left behind.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public IEnumerable<PatientValidationResult> Read(IPatientSource source, CancellationToken cancellation) => throw new NotSupportedException();

    /// <summary>Checks patients of a store with their records, as of the moment of the answer.</summary>
    /// <param name="session">The store.</param>
    /// <param name="answer">Which patients.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>A result for each patient.</returns>
    /// <exception cref="PatientToolsException">The store cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public IEnumerable<PatientValidationResult> Read(PatientStoreSession session, PatientAnswer answer, CancellationToken cancellation) => throw new NotSupportedException();

    /// <summary>Takes a patient of a pipeline.</summary>
    /// <param name="patient">The patient; its memory must not change.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The results that are ready, in order; those of a slow pipe all at once.</returns>
    public IReadOnlyList<PatientValidationResult> Add(PatientInput patient, CancellationToken cancellation) => throw new NotSupportedException();

    /// <summary>Waits for what was added.</summary>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The remaining results, in order.</returns>
    public IReadOnlyList<PatientValidationResult> Complete(CancellationToken cancellation) => throw new NotSupportedException();

    /// <summary>Stops whatever is under way.</summary>
    public void Dispose()
    {
    }
}
