using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PatientTools.Cmdlets.Tests.Hosting;

/// <summary>
/// The engine in this process, with the assembled module loaded: <c>using var shell = HostedShell.Start();</c> then
/// <c>shell.Run("Get-Patient -Id x")</c>. One runspace; what one run defines, the next one sees.
/// </summary>
public sealed class HostedShell : IDisposable
{
    private HostedShell(Runspace runspace) => Runspace = runspace;

    /// <summary>The runspace, for what <see cref="Run"/> does not offer.</summary>
    public Runspace Runspace { get; }

    /// <summary>Opens a runspace and imports the module; a failing import fails the test.</summary>
    public static HostedShell Start()
    {
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.ImportPSModule(Places.ModuleManifest);
        var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        return new(runspace);
    }

    /// <summary>Gives scripts a variable.</summary>
    public void Set(string name, object? value) => Runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Runs a script to its end and collects all its streams. A terminating error is the last of the errors.</summary>
    public RunResult Run(string script)
    {
        using var shell = Prepare(script);
        var result = new RunResult();
        try
        {
            shell.Invoke(input: null, result.Output);
        }
        catch (RuntimeException error)
        {
            result.Terminating = error.ErrorRecord;
        }

        return result.Take(shell.Streams);
    }

    /// <summary>Starts a script and stops it, as Ctrl+C does, when it has written <paramref name="count"/> objects.</summary>
    public RunResult RunAndStopAfter(int count, string script)
    {
        using var shell = Prepare(script);
        var result = new RunResult();
        using var output = new PSDataCollection<PSObject>();
        using var enough = new ManualResetEventSlim();
        output.DataAdded += (_, _) =>
        {
            if (output.Count >= count)
                enough.Set();
        };
        var running = shell.BeginInvoke<PSObject, PSObject>(input: null, output);
        WaitHandle.WaitAny([enough.WaitHandle, running.AsyncWaitHandle]);
        shell.Stop();
        result.Output.AddRange(output);
        return result.Take(shell.Streams);
    }

    /// <summary>Closes the runspace.</summary>
    public void Dispose() => Runspace.Dispose();

    private PowerShell Prepare(string script)
    {
        var shell = PowerShell.Create(Runspace);
        shell.AddScript(script);
        return shell;
    }
}

/// <summary>What a run has left on each stream.</summary>
public sealed class RunResult
{
    /// <summary>The objects written.</summary>
    public List<PSObject> Output { get; } = [];

    /// <summary>The errors written, a terminating one last.</summary>
    public List<ErrorRecord> Errors { get; } = [];

    /// <summary>The error that ended the run; null if it came to its end.</summary>
    public ErrorRecord? Terminating { get; internal set; }

    /// <summary>The warnings written.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>The verbose messages written.</summary>
    public List<string> Verbose { get; } = [];

    /// <summary>The debug messages written.</summary>
    public List<string> Debug { get; } = [];

    /// <summary>The information records written.</summary>
    public List<InformationRecord> Information { get; } = [];

    /// <summary>The progress records written.</summary>
    public List<ProgressRecord> Progress { get; } = [];

    /// <summary>The base objects of the output, which must all be of one type.</summary>
    public IReadOnlyList<T> Values<T>() => [.. Output.Select(value => Assert.IsType<T>(value.BaseObject, exactMatch: false))];

    /// <summary>Fails the test, with the errors' text, unless nothing went wrong.</summary>
    public RunResult Succeeded()
    {
        Assert.True(Errors.Count == 0, string.Join(Environment.NewLine, Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}")));
        return this;
    }

    /// <summary>The one error of the run, which must have this id (the part before the comma).</summary>
    public ErrorRecord FailedWith(string errorId)
    {
        var error = Assert.Single(Errors);
        Assert.Equal(errorId, error.FullyQualifiedErrorId.Split(',')[0]);
        return error;
    }

    internal RunResult Take(PSDataStreams streams)
    {
        Errors.AddRange(streams.Error);
        if (Terminating is not null)
            Errors.Add(Terminating);
        Warnings.AddRange(streams.Warning.Select(record => record.Message));
        Verbose.AddRange(streams.Verbose.Select(record => record.Message));
        Debug.AddRange(streams.Debug.Select(record => record.Message));
        Information.AddRange(streams.Information);
        Progress.AddRange(streams.Progress);
        return this;
    }
}
