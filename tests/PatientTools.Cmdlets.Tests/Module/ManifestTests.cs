using System.Management.Automation;
using PatientTools.Build;
using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Module;

public sealed class ManifestTests
{
    private static readonly string[] Compiled =
        [.. CmdletAssembly.Load(Path.Combine(Places.ModuleFolder, "PatientTools.dll")).Select(cmdlet => cmdlet.Name)];

    [Fact]
    public void The_manifest_is_valid_and_exports_every_cmdlet_by_name_and_nothing_else()
    {
        using var shell = HostedShell.Start();
        shell.Set("manifest", Places.ModuleManifest);
        var module = Assert.Single(shell.Run("Test-ModuleManifest $manifest").Succeeded().Values<PSModuleInfo>());
        Assert.Equal(Path.GetFileName(Places.ModuleFolder), module.Version.ToString());
        Assert.Equal(new Version(7, 6), module.PowerShellVersion);
        Assert.Equal(Compiled.Order(StringComparer.Ordinal), module.ExportedCmdlets.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(module.ExportedFunctions);
        Assert.Empty(module.ExportedAliases);
        Assert.Empty(module.ExportedVariables);
    }

    [Fact]
    public void A_second_import_still_exports_every_cmdlet()
    {
        using var shell = HostedShell.Start();
        shell.Set("manifest", Places.ModuleManifest);
        shell.Run("Import-Module $manifest -Force").Succeeded();
        var commands = shell.Run("Get-Command -Module PatientTools | ForEach-Object Name").Succeeded().Values<string>();
        Assert.Equal(Compiled.Order(StringComparer.Ordinal), commands.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Importing_loads_no_adapter_and_no_package()
    {
        var result = await ShellProcess.Run(
            "-Command", "(Get-Module PatientTools).Name; [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name }");
        var loaded = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("PatientTools", loaded[0]);
        Assert.Empty(loaded.Intersect(
            Directory.EnumerateFiles(Path.Combine(Places.ModuleFolder, "adapters"), "*.dll").Select(path => Path.GetFileNameWithoutExtension(path)),
            StringComparer.Ordinal));
    }
}
