using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PatientTools.Benchmarks;

/// <summary>The real engine with the assembled module, in this process.</summary>
internal sealed class HostedModule : IDisposable
{
    private readonly Runspace _runspace;

    public HostedModule(string manifest)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([manifest]);
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    /// <summary>The assembled module of this repository.</summary>
    public static string FindManifest()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var output = Path.Combine(folder.FullName, "output", "PatientTools");
            if (Directory.Exists(output))
            {
                return Directory.EnumerateFiles(output, "PatientTools.psd1", SearchOption.AllDirectories).Max(StringComparer.Ordinal)!;
            }
        }

        throw new FileNotFoundException("There is no assembled module. Build src/PatientTools first.");
    }

    public long Run(string script)
    {
        using var shell = PowerShell.Create(_runspace);
        var output = shell.AddScript(script).Invoke();
        return shell.HadErrors
            ? throw new InvalidOperationException(shell.Streams.Error[0].ToString())
            : output.Count > 0 ? Convert.ToInt64(output[^1].BaseObject, System.Globalization.CultureInfo.InvariantCulture) : 0;
    }

    public void Dispose() => _runspace.Dispose();
}
