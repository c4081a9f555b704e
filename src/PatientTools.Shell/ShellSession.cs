using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;
using Microsoft.PowerShell;

namespace PatientTools.Shell;

/// <summary>
/// The engine with the module loaded, and one way to run something in it: through <c>Out-Default</c>, stoppable, with an
/// exit code as its result.
/// </summary>
internal sealed class ShellSession : IDisposable
{
    private readonly ShellHost _host;
    private readonly Runspace _runspace;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private volatile Pipeline? _running;
    private volatile bool _stopped;

    private ShellSession(ShellHost host, Runspace runspace)
    {
        _host = host;
        _runspace = runspace;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    /// <summary>The exit code a script has asked for with <c>exit</c>; null if none has.</summary>
    public int? RequestedExit => _host.RequestedExit;

    /// <summary>Where output goes and answers come from.</summary>
    public ShellUserInterface Interface => _host.Interface;

    /// <summary>Starts the engine and loads the module; without the module there is no shell, and the process ends.</summary>
    public static ShellSession Open(bool nonInteractive)
    {
        if (ModuleLocation.Find() is not { } module)
        {
            Console.Error.WriteLine("The PatientTools module is not where the build or the installation puts it. Build src/PatientTools, or install again.");
            Environment.Exit(ExitCode.CannotStart);
            throw new InvalidOperationException("The process has ended.");
        }

        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(module);
        // The engine's own default forbids every script on Windows; this is what pwsh is installed with.
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        var shellHost = new ShellHost(nonInteractive);
        var opened = RunspaceFactory.CreateRunspace(shellHost, state);
        opened.ThreadOptions = PSThreadOptions.ReuseThread;
        opened.Open();
        Runspace.DefaultRunspace = opened;
        MissingCommands.Attach(opened);
        return new(shellHost, opened);
    }

    /// <summary>Runs text as <c>-Command</c> does.</summary>
    public int RunText(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return ExitCode.Success;
        var source = Parser.ParseInput(text, out _, out var errors);
        if (errors.Length > 0)
        {
            Report(errors);
            return ExitCode.Failure;
        }

        // Only a pipeline that goes into the history leaves $? as its last command has set it.
        using var pipeline = _runspace.CreatePipeline(text, addToHistory: true);
        var completed = Invoke(pipeline, source);
        return ExitCodeAfter(failed: !completed || !LastCommandSucceeded());
    }

    /// <summary>
    /// Runs a script as <c>-File</c> does: in the global scope, with <c>exit</c> as the process's exit code. The engine lets
    /// only its own console tell <c>exit</c> in a file from a native program's exit code, so the file is parsed here and its
    /// block is run; <c>$PSScriptRoot</c>, <c>$PSCommandPath</c> and the positions in errors are the file's.
    /// </summary>
    public int RunFile(string path, IEnumerable<string> arguments)
    {
        var script = Parser.ParseFile(path, out _, out var errors);
        if (errors.Length > 0)
        {
            Report(errors);
            return ExitCode.Failure;
        }

        // As a function, because errors are shown with the name of the command they come from.
        var name = Path.GetFileName(path);
        _runspace.SessionStateProxy.InvokeProvider.Item.Set([$"function:{name}"], script.GetScriptBlock(), force: true, literalPath: true);
        var call = $". '{CodeGeneration.EscapeSingleQuotedStringContent(name)}' {ScriptArguments.ToSource(arguments)}";
        using var pipeline = _runspace.CreatePipeline();
        pipeline.Commands.AddScript(call, useLocalScope: false);
        return ExitCodeAfter(failed: !Invoke(pipeline, script));
    }

    /// <summary>Runs one input of the prompt.</summary>
    public void RunInteractive(string text) => RunText(text);

    /// <summary>What the <c>prompt</c> function says.</summary>
    public string PromptText()
    {
        using var shell = PowerShell.Create(_runspace);
        var text = shell.AddCommand("prompt").Invoke<string>();
        return text.Count > 0 ? text[0] : "> ";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _runspace.Dispose();
        _host.Interface.ClearProgress();
    }

    /// <summary>Runs the pipeline; false if it did not come to its end.</summary>
    private bool Invoke(Pipeline pipeline, Ast source)
    {
        ShowResults(pipeline);
        _stopped = false;
        _running = pipeline;
        try
        {
            if (UsesInput(source) && Console.IsInputRedirected)
                pipeline.Invoke(StandardInput());
            else
                pipeline.Invoke();
            return true;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (ParseException unreadable) when (unreadable.Errors is not null)
        {
            Report(unreadable.Errors);
            return false;
        }
        catch (RuntimeException error)
        {
            Report(error);
            return false;
        }
        finally
        {
            _running = null;
            _host.Interface.ClearProgress();
        }
    }

    private int ExitCodeAfter(bool failed) =>
        _stopped ? ExitCode.Interrupted
        : _host.RequestedExit ?? (failed ? ExitCode.Failure : ExitCode.Success);

    private bool LastCommandSucceeded()
    {
        using var question = _runspace.CreatePipeline("$global:?");
        return LanguagePrimitives.IsTrue(question.Invoke());
    }

    /// <summary>Shows an error that ended a pipeline as the engine shows every other, whatever preference the script has left.</summary>
    private void Report(RuntimeException error)
    {
        using var pipeline = _runspace.CreatePipeline();
        pipeline.Commands.Add("Out-Default");
        _host.Interface.WritesToError = true;
        try
        {
            pipeline.Invoke(new[] { error.ErrorRecord });
            foreach (var place in PlacesInFiles(error.ErrorRecord))
                _host.Interface.WriteErrorLine(place);
        }
        finally
        {
            _host.Interface.WritesToError = false;
        }
    }

    /// <summary>Output and errors in the order they come, through the engine's formatting to the _host.</summary>
    private static void ShowResults(Pipeline pipeline)
    {
        pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add(new Command("Out-Default", isScript: false, useLocalScope: true)
        {
            MergeUnclaimedPreviousCommandResults = PipelineResultTypes.Error | PipelineResultTypes.Output,
        });
    }

    /// <summary>The lines of the stack that lie in a script file: where to look.</summary>
    private static IEnumerable<string> PlacesInFiles(ErrorRecord record) =>
        (record.ScriptStackTrace ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.Contains("<No file>", StringComparison.Ordinal));

    private void Report(IEnumerable<ParseError> errors)
    {
        foreach (var error in errors)
            _host.Interface.WriteErrorLine($"{error.Extent.File ?? "command"}:{error.Extent.StartLineNumber}:{error.Extent.StartColumnNumber}: {error.Message}");
    }

    private static bool UsesInput(Ast source) =>
        source.Find(node => node is VariableExpressionAst { VariablePath.UserPath: "input" }, searchNestedScriptBlocks: false) is not null;

    private static IEnumerable<string> StandardInput()
    {
        while (Console.In.ReadLine() is { } line)
            yield return line;
    }

    /// <summary>The first signal stops the pipeline and lets it clean up; the second ends the process.</summary>
    private void Stop(PosixSignalContext signal)
    {
        if (_running is not { } pipeline || _stopped)
            return;
        signal.Cancel = true;
        _stopped = true;
        pipeline.StopAsync();
    }
}
