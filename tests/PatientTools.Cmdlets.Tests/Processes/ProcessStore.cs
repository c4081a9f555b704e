using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Processes;

/// <summary>A store in a folder of its own, on which processes of the shell work.</summary>
internal sealed class ProcessStore : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("patienttools-processes-");

    /// <summary>Where the store is.</summary>
    public string Path => System.IO.Path.Combine(Folder, "patients.ptstore");

    /// <summary>The folder, in which nothing but the store lies.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Whether the full numbers of a long run are asked for.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("PATIENTTOOLS_LONG") == "1";

    /// <summary>The script that fails unless everything can be read and nothing is wrong with it.</summary>
    public static string Soundness => "$check = Test-PatientStore -Full; if (-not $check.IsValid) { throw ($check.Problems -join ' ') }";

    /// <summary>Makes the store, and whatever else is to be done to begin with.</summary>
    public static async Task<ProcessStore> Make(string script = "")
    {
        var store = new ProcessStore();
        await store.Run($"$null = New-PatientStore '{store.Path}'; {script}");
        return store;
    }

    /// <summary>The arguments with which a shell runs a script on the store.</summary>
    public string[] Arguments(string script) =>
        ["-NonInteractive", "-Command", $"$ErrorActionPreference = 'Stop'; if ([IO.File]::Exists('{Path}')) {{ $null = Connect-PatientStore '{Path}' }}; {script}"];

    /// <summary>Runs a script in a process of its own, to its end and without an error.</summary>
    public async Task<string[]> Run(string script)
    {
        var result = await ShellProcess.Run(Arguments(script));
        Assert.True(result.ExitCode == 0 && result.Error.Length == 0, $"{result.Output}{result.Error}");
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Asks one thing of the store.</summary>
    public async Task<string> Ask(string script) => Assert.Single(await Run(script));

    /// <summary>Everything is read, and nothing is wrong with it.</summary>
    public Task IsSound() => Run(Soundness);

    public void Dispose() => _folder.Delete(recursive: true);
}
