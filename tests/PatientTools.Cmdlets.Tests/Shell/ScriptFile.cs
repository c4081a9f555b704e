namespace PatientTools.Cmdlets.Tests.Shell;

/// <summary>A script in a folder of its own, gone with the test.</summary>
internal sealed class ScriptFile : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("patienttools-shell-");

    public ScriptFile(string text)
    {
        Path = System.IO.Path.Combine(folder.FullName, "script.ps1");
        File.WriteAllText(Path, text);
    }

    public string Path { get; }

    public void Dispose() => folder.Delete(recursive: true);
}
