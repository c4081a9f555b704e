using System.Diagnostics;

namespace PatientTools.Adapters.Tests.Sqlite;

/// <summary>A process of its own that writes into a store.</summary>
public sealed class StoreProcess : IDisposable
{
    private readonly Process _process;

    public StoreProcess(string store, params string[] arguments)
        : this(store, arguments, wrapper: [])
    {
    }

    private StoreProcess(string store, string[] arguments, string[] wrapper)
    {
        var dotnet = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
        string[] command = [.. wrapper, dotnet, Path.Combine(AppContext.BaseDirectory, "PatientTools.TestHost.dll"), store, .. arguments];
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Starts it as a user who owns nothing (setpriv(1)); whoever calls this is root.</summary>
    public static StoreProcess AsNobody(string store, params string[] arguments) =>
        new(store, arguments, ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]);

    /// <summary>The next line it reports; null at its end.</summary>
    public string? ReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>Gives it a line to read.</summary>
    public void WriteLine(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    public void Kill() => _process.Kill();

    /// <summary>Waits for its end.</summary>
    /// <returns>Exit code and what it complained about.</returns>
    public (int Code, string Errors) Wait()
    {
        var errors = _process.StandardError.ReadToEnd();
        _process.WaitForExit();
        return (_process.ExitCode, errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
