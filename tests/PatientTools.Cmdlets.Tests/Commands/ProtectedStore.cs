using System.Management.Automation;
using System.Security;
using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Commands;

/// <summary>
/// A hosted shell with a store that has an account for each role: <c>$path</c>, <c>$password</c>, <c>$credentials</c> and
/// <c>$sessions</c> by role; the administrator's session is the default.
/// </summary>
public sealed class ProtectedStore : IDisposable
{
    public const string Password = "Regen auf Blech 7";

    public static readonly string[] Roles = ["Administrator", "Editor", "Reader", "Auditor"];

    public ProtectedStore()
    {
        Folder = Directory.CreateTempSubdirectory("PatientTools-").FullName;
        Shell = HostedShell.Start();
        Shell.Set("folder", Folder);
        Shell.Set("password", Secure(Password));
        Shell.Set("credentials", Roles.ToDictionary(role => role, role => Credential(role)));
        Shell.Set("roles", Roles);
        Shell.Run("""
            Set-StrictMode -Version 3
            $path = "$folder/test.ptstore"
            $sessions = @{ Administrator = New-PatientStore $path -Credential $credentials['Administrator'] }
            Set-PatientStoreSetting PasswordCost 10
            $roles | Where-Object { $_ -ne 'Administrator' } | ForEach-Object { $null = New-PatientStoreAccount $credentials[$_] -Role $_ }
            $roles | Where-Object { $_ -ne 'Administrator' } | ForEach-Object { $sessions[$_] = Connect-PatientStore $path -Credential $credentials[$_] }
            $sessions.Administrator = Connect-PatientStore $path -Credential $credentials['Administrator']
            """).Succeeded();
    }

    public string Folder { get; }

    public HostedShell Shell { get; }

    public static PSCredential Credential(string name, string password = Password) => new(name, Secure(password));

    public static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (var character in text)
        {
            secure.AppendChar(character);
        }

        return secure;
    }

    public RunResult Run(string script) => Shell.Run(script);

    /// <summary>Runs a script that has to succeed with one value.</summary>
    public T One<T>(string script) => (T)LanguagePrimitives.ConvertTo(Assert.Single(Run(script).Succeeded().Output), typeof(T), System.Globalization.CultureInfo.InvariantCulture)!;

    /// <summary>Runs a script that has to succeed; its output as text.</summary>
    public IReadOnlyList<string> Texts(string script) =>
        [.. Run($". {{ {script} }} | ForEach-Object {{ \"$_\" }}").Succeeded().Output.Select(value => (string)value.BaseObject)];

    public void Dispose()
    {
        Shell.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
