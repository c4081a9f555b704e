using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text;

namespace PatientTools.Build;

/// <summary>
/// Which role may do what, and which cmdlet does what: two tables in a page, between marks, made of the engine's own table
/// and of what the cmdlets say of themselves, so that no list is kept twice.
/// </summary>
/// <param name="cmdlets">The compiled cmdlets.</param>
/// <param name="page">The page.</param>
public sealed class PermissionTables(IReadOnlyList<CmdletInfo> cmdlets, string page)
{
    private const string Begin = "<!-- permissions: made by `help update` -->";
    private const string End = "<!-- end of permissions -->";
    private const string Attribute = "PatientTools.Accounts.RequiresAttribute";
    private const string Permissions = "PatientTools.Accounts.StorePermissions";

    /// <summary>The page as it is, and as it has to be.</summary>
    public (string Before, string After) Refresh()
    {
        var before = File.ReadAllText(page).ReplaceLineEndings("\n");
        var (begin, end) = (before.IndexOf(Begin, StringComparison.Ordinal), before.IndexOf(End, StringComparison.Ordinal));
        return begin < 0 || end < begin
            ? throw new BuildException($"{Path.GetFileName(page)} has no place for the permissions: '{Begin}' and '{End}'.")
            : (before, $"{before[..begin]}{Begin}\n\n{Tables()}\n{before[end..]}");
    }

    /// <summary>The operations that a cmdlet says it uses.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <returns>Their names; none of a cmdlet that uses no store.</returns>
    public static IReadOnlyList<string> OperationsOf(CmdletInfo cmdlet) => Requirement(cmdlet) is { } requirement
        ? [.. ((IEnumerable)requirement.GetType().GetProperty("Operations")!.GetValue(requirement)!).Cast<object>().Select(operation => $"{operation}")]
        : [];

    /// <summary>Every operation with the roles that may do it.</summary>
    /// <returns>Names of operations and roles; no role where the file's owner is asked instead.</returns>
    public IReadOnlyList<(string Operation, IReadOnlyList<string> Roles)> Read() =>
    [
        .. from permission in ((IEnumerable)Engine.GetType(Permissions, throwOnError: true)!.GetProperty("All")!.GetValue(null)!).Cast<object>()
           let type = permission.GetType()
           let roles = (IEnumerable)type.GetProperty("Roles")!.GetValue(permission)!
           select ($"{type.GetProperty("Operation")!.GetValue(permission)}", (IReadOnlyList<string>)[.. roles.Cast<object>().Select(role => $"{role}")]),
    ];

    private Assembly Engine => cmdlets.Select(Requirement).OfType<object>().First().GetType().Assembly;

    private static object? Requirement(CmdletInfo cmdlet) =>
        cmdlet.ImplementingType.GetCustomAttributes(inherit: false).FirstOrDefault(attribute => attribute.GetType().FullName == Attribute);

    private string Tables()
    {
        var permissions = Read();
        var roles = permissions.OrderByDescending(permission => permission.Roles.Count).First().Roles;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"| Operation | {string.Join(" | ", roles)} |\n|{string.Concat(Enumerable.Repeat("---|", roles.Count + 1))}\n");
        foreach (var (operation, allowed) in permissions)
        {
            var cells = allowed.Count == 0 ? roles.Select((_, index) => index == 0 ? "the file's owner" : "") : roles.Select(role => allowed.Contains(role, StringComparer.Ordinal) ? "yes" : "-");
            text.Append(CultureInfo.InvariantCulture, $"| {operation} | {string.Join(" | ", cells)} |\n");
        }

        text.Append("\n| Cmdlet | Operations |\n|---|---|\n");
        foreach (var (cmdlet, operations) in cmdlets.Select(cmdlet => (cmdlet, OperationsOf(cmdlet))).Where(each => each.Item2.Count > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {cmdlet.Name} | {string.Join(", ", operations)} |\n");
        }

        return text.ToString();
    }
}
