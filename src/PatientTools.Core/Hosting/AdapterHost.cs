using System.Reflection;
using System.Runtime.Loader;

namespace PatientTools.Hosting;

/// <summary>
/// Brings in <c>PatientTools.Adapters</c> and the packages it needs, when they are first asked for and not before, so that
/// importing the module reads no package.
/// </summary>
public static class AdapterHost
{
    private const string AssemblyName = "PatientTools.Adapters";
    private const string CatalogName = "PatientTools.Adapters.AdapterCatalog";

    private static readonly Lock Gate = new();
    private static volatile IAdapterCatalog? _catalog;

    /// <summary>The adapters. The first use loads them; it may come from any thread.</summary>
    /// <exception cref="PatientToolsException">
    /// <c>AdaptersMissing</c>: the module's folder is incomplete. <c>AdaptersDamaged</c>: what lies there is not ours.
    /// </exception>
    public static IAdapterCatalog Catalog
    {
        get
        {
            if (_catalog is { } loaded)
                return loaded;
            lock (Gate)
            {
                // A failed attempt is not remembered: whoever puts a missing file back need not start a new process.
                return _catalog ??= Load();
            }
        }
    }

    private static IAdapterCatalog Load()
    {
        var assembly = LoadAssembly();
        return assembly.GetType(CatalogName) is { } type && Activator.CreateInstance(type) is IAdapterCatalog found
            ? found
            : throw new PatientToolsException(
                "AdaptersDamaged",
                $"'{assembly.Location}' does not belong to this version of PatientTools. Install the module again.",
                ErrorKind.Damaged);
    }

    private static Assembly LoadAssembly()
    {
        var home = Path.GetDirectoryName(typeof(AdapterHost).Assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;
        var packed = Path.Combine(home, "adapters");
        try
        {
            if (File.Exists(Path.Combine(packed, AssemblyName + ".dll")))
                return new AdapterLoadContext(packed).LoadFromAssemblyName(new AssemblyName(AssemblyName));

            // A program that references the adapters has them, and their packages, among its own files.
            return AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(AssemblyName));
        }
        catch (FileNotFoundException missing)
        {
            throw new PatientToolsException(
                "AdaptersMissing",
                $"'{Path.Combine(packed, AssemblyName + ".dll")}' is missing: the module's folder is incomplete. Install the module again.",
                ErrorKind.NotFound,
                missing)
            {
                Target = packed,
            };
        }
        catch (BadImageFormatException damaged)
        {
            throw new PatientToolsException(
                "AdaptersDamaged",
                $"'{Path.Combine(packed, AssemblyName + ".dll")}' cannot be read as a program file. Install the module again.",
                ErrorKind.Damaged,
                damaged)
            {
                Target = packed,
            };
        }
    }
}
