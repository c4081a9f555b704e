using System.Reflection;

namespace PatientTools.Cmdlets.Tests.Hosting;

/// <summary>Where the build has put what is tested.</summary>
internal static class Places
{
    public static string ModuleManifest { get; } = Metadata("ModuleManifest");

    public static string ModuleFolder { get; } = Path.GetDirectoryName(ModuleManifest)!;

    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public static string ShellProgram { get; } = Metadata("ShellProgram");

    private static string Metadata(string key) => typeof(Places).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
