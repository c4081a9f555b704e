namespace PatientTools.Validation.Runs;

/// <summary>Some consecutive patients that one worker checks.</summary>
/// <param name="weight">The memory it holds until it is checked, in bytes.</param>
internal abstract class CheckBatch(long weight)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReadOnlyList<PatientInput> _patients = [];
    private PatientValidationResult[] _results = [];
    private int _next;
    private bool _isLoaded;
    private bool _wasLost;

    /// <summary>The memory it holds until it is checked, in bytes.</summary>
    public long Weight { get; } = weight;

    /// <summary>Done when the results are there, or whoever tried has failed.</summary>
    public Task Done => _done.Task;

    /// <summary>The results; to be asked for when <see cref="Done"/>.</summary>
    public PatientValidationResult[] Results
    {
        get
        {
            _done.Task.GetAwaiter().GetResult();
            return _results;
        }
    }

    /// <summary>Checks the patients, from where it stopped.</summary>
    /// <param name="worker">Who checks.</param>
    /// <param name="stop">Stops.</param>
    /// <returns>False when the worker was given up meanwhile, so that nothing may be touched any more.</returns>
    public bool Run(CheckWorker worker, CancellationToken stop)
    {
        try
        {
            stop.ThrowIfCancellationRequested();
            if (!_isLoaded)
            {
                _patients = Load(stop);
                _results = new PatientValidationResult[_patients.Count];
                _isLoaded = true;
            }

            while (_next < _results.Length)
            {
                var result = worker.Check(_patients[_next]);
                if (result is null)
                {
                    return false;
                }

                _results[_next++] = result;
            }

            worker.Terms.Stored?.Compare(_patients, _results, stop);
            Release();
            _done.SetResult();
        }
        catch (Exception e)
        {
            Fail(e);
        }

        return true;
    }

    /// <summary>Passes over the present patient, whose rule does not end. Whoever checks it must have been given up before.</summary>
    /// <param name="terms">How is checked.</param>
    /// <param name="running">The rule that does not end.</param>
    public void PassOver(CheckTerms terms, PatientRule? running)
    {
        _wasLost = true;
        _results[_next] = terms.Late(_patients[_next], running);
        _next++;
    }

    /// <summary>Ends the batch without results.</summary>
    /// <param name="error">Why.</param>
    public void Fail(Exception error)
    {
        Release();
        if (error is OperationCanceledException canceled)
        {
            _done.TrySetCanceled(canceled.CancellationToken);
        }
        else
        {
            _done.TrySetException(error);
        }
    }

    /// <summary>Reads the patients. Called once, on the worker's thread.</summary>
    protected abstract IReadOnlyList<PatientInput> Load(CancellationToken stop);

    /// <summary>Gives memory back for others to use. Not called while a rule that does not end may still read it.</summary>
    protected virtual void GiveBack()
    {
    }

    private void Release()
    {
        _patients = [];
        if (!_wasLost)
        {
            GiveBack();
        }
    }
}
