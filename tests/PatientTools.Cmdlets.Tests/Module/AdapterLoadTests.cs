using System.Runtime.InteropServices;
using System.Runtime.Loader;
using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Module;

public sealed class AdapterLoadTests
{
    [Fact]
    public void Adapters_and_their_packages_live_in_a_context_of_their_own()
    {
        var context = ContextOfAdapters();
        Assert.Equal("PatientTools.Adapters", context.Name);
        Assert.NotSame(AssemblyLoadContext.Default, context);
        var package = context.LoadFromAssemblyName(new("Bogus"));
        Assert.Same(context, AssemblyLoadContext.GetLoadContext(package));
        Assert.StartsWith(Path.Combine(Places.ModuleFolder, "adapters"), package.Location, StringComparison.Ordinal);
    }

    [Fact]
    public void The_engine_is_one_for_the_module_and_the_adapters()
    {
        var engine = ContextOfAdapters().LoadFromAssemblyName(new("PatientTools.Core"));
        Assert.Same(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(engine));
    }

    [Fact]
    public void Native_SQLite_of_this_platform_is_found()
    {
        var adapters = ContextOfAdapters().LoadFromAssemblyName(new("PatientTools.Adapters"));
        var library = NativeLibrary.Load("e_sqlite3", adapters, searchPath: null);
        Assert.True(NativeLibrary.TryGetExport(library, "sqlite3_libversion", out _));
    }

    [Fact]
    public async Task A_missing_adapters_folder_is_said_with_what_to_do()
    {
        using var copy = new ModuleCopy();
        Directory.Delete(Path.Combine(copy.Folder, "adapters"), recursive: true);
        var error = await copy.CatalogError();
        Assert.Contains("PatientTools.Adapters.dll' is missing", error, StringComparison.Ordinal);
        Assert.Contains("Install the module again", error, StringComparison.Ordinal);
    }

    private static AssemblyLoadContext ContextOfAdapters()
    {
        using var shell = HostedShell.Start();
        var catalog = Assert.Single(shell.Run("[PatientTools.Hosting.AdapterHost]::Catalog").Succeeded().Output);
        return AssemblyLoadContext.GetLoadContext(catalog.BaseObject.GetType().Assembly)!;
    }
}
