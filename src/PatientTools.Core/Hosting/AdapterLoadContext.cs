using System.Reflection;
using System.Runtime.Loader;

namespace PatientTools.Hosting;

/// <summary>
/// The load context of the adapters: their packages come from their own folder and never meet the copies that another
/// module in the same process brought. The engine itself and the framework are shared with everybody.
/// </summary>
internal sealed class AdapterLoadContext : AssemblyLoadContext
{
    private readonly string _folder;

    public AdapterLoadContext(string folder)
        : base("PatientTools.Adapters") => _folder = folder;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var engine = typeof(AdapterLoadContext).Assembly;
        if (assemblyName.Name == engine.GetName().Name)
            return engine;
        var path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        var runtimes = Path.Combine(_folder, "runtimes");
        var file = NativePlatform.FileName(unmanagedDllName);
        var path = Path.Combine(runtimes, NativePlatform.Current, "native", file);
        if (File.Exists(path))
            return LoadUnmanagedDllFromPath(path);

        // A library that we ship for other platforms only: the system's search would find nothing, or a stranger.
        if (Directory.Exists(runtimes) && NativePlatform.Shipped(runtimes, unmanagedDllName) is { Count: > 0 } platforms)
        {
            throw new PatientToolsException(
                "PlatformNotSupported",
                $"PatientTools has no '{unmanagedDllName}' for {NativePlatform.Current} at '{path}'. "
                + $"It runs on {string.Join(", ", platforms)}; if this is one of them, install the module again.",
                ErrorKind.NotSupported)
            {
                Target = NativePlatform.Current,
            };
        }

        return IntPtr.Zero;
    }
}
