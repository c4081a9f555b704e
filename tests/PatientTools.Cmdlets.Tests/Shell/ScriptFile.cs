namespace PatientTools.Cmdlets.Tests.Shell;

/// <summary>A script in a _folder of its own, gone with the test.</summary>
internal sealed class ScriptFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("patienttools-shell-");

    public ScriptFile(string text)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "script.ps1");
        File.WriteAllText(Path, text);
    }

    public string Path { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
