using System.Management.Automation;
using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Commands;

/// <summary>A hosted shell in a folder of its own, connected to a new store there.</summary>
public sealed class StoreShell : IDisposable
{
    private readonly HostedShell _shell = HostedShell.Start();

    public StoreShell()
    {
        Folder = Directory.CreateTempSubdirectory("PatientTools-").FullName;
        _shell.Set("folder", Folder);
        _shell.Run("Set-StrictMode -Version 3; $store = New-PatientStore \"$folder/test.ptstore\"").Succeeded();
    }

    public string Folder { get; }

    public HostedShell Shell => _shell;

    public RunResult Run(string script) => _shell.Run(script);

    /// <summary>Runs a script that has to succeed with one value.</summary>
    public T One<T>(string script) => (T)LanguagePrimitives.ConvertTo(Assert.Single(Run(script).Succeeded().Output), typeof(T), System.Globalization.CultureInfo.InvariantCulture)!;

    /// <summary>Runs a script that has to succeed; its output as text, made where it can be.</summary>
    public IReadOnlyList<string> Texts(string script) =>
        [.. Run($". {{ {script} }} | ForEach-Object {{ \"$_\" }}").Succeeded().Output.Select(value => (string)value.BaseObject)];

    public string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
