using System.Reflection;

namespace PatientTools.Shell;

/// <summary>Finds the assembled module: beside a published shell, or where the build has put it.</summary>
internal static class ModuleLocation
{
    /// <summary>The manifest's path, or null where there is none.</summary>
    public static string? Find()
    {
        var home = AppContext.BaseDirectory;
        var built = typeof(ModuleLocation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "AssembledModule").Value!;
        string[] candidates =
        [
            Path.Combine(home, "PatientTools", ShellHost.ProductVersion.ToString(), "PatientTools.psd1"),
            Path.GetFullPath(Path.Combine(home, built)),
        ];
        return candidates.FirstOrDefault(File.Exists);
    }
}
