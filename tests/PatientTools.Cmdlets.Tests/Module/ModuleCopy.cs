using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Module;

/// <summary>A copy of the assembled module that a test may damage.</summary>
internal sealed class ModuleCopy : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("patienttools-module-");

    public ModuleCopy()
    {
        foreach (var path in Directory.EnumerateFiles(Places.ModuleFolder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(Places.ModuleFolder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
    }

    public string Folder => Path.Combine(_root.FullName, "PatientTools");

    /// <summary>What is said when the copy's adapters are asked for, in a process that has loaded nothing else.</summary>
    public async Task<string> CatalogError()
    {
        var core = Path.Combine(Folder, "PatientTools.Core.dll").Replace("'", "''", StringComparison.Ordinal);
        var result = await ShellProcess.Run(
            "-Command",
            "try { [System.Runtime.Loader.AssemblyLoadContext]::new('copy').LoadFromAssemblyPath('"
            + core
            + "').GetType('PatientTools.Hosting.AdapterHost').GetProperty('Catalog').GetValue($null) } catch { $_.Exception.GetBaseException().Message; for ($e = $_.Exception; $e; $e = $e.InnerException) { $e.Message } }");
        return result.Output;
    }

    public void Dispose() => _root.Delete(recursive: true);
}
