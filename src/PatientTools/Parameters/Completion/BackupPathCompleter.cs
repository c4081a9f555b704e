using System.Management.Automation;
using PatientTools.Storage;

namespace PatientTools.Parameters.Completion;

/// <summary>Completes folders and backups in them, the newest backup first.</summary>
public sealed class BackupPathCompleter : StoreCompleter
{
    private static readonly string[] Extensions = [".zip", ".ptbackup"];

    /// <inheritdoc/>
    internal override IEnumerable<CompletionResult> Complete(string parameter, TypedArgument argument, PatientStoreSession? session)
    {
        var typed = argument.Text;
        var start = typed.AsSpan().LastIndexOfAny('/', Path.DirectorySeparatorChar) + 1;
        var home = CurrentFolder();
        return from entry in new DirectoryInfo(Path.Combine(home, typed[..start])).EnumerateFileSystemInfos()
                   .OrderBy(entry => entry is DirectoryInfo)
                   .ThenBy(entry => entry is DirectoryInfo ? entry.Name : "", StringComparer.Ordinal)
                   .ThenByDescending(entry => entry.LastWriteTimeUtc)
               let isFolder = entry is DirectoryInfo
               where entry.Name.StartsWith(typed[start..], StringComparison.OrdinalIgnoreCase) && !entry.Name.StartsWith('.')
                   && (isFolder || Extensions.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase))
               select new CompletionResult(
                   argument.With(start, entry.Name), entry.Name, isFolder ? CompletionResultType.ProviderContainer : CompletionResultType.ProviderItem, entry.FullName);
    }

    /// <summary>Completion runs inside of a pipeline, where the runspace itself may not be asked.</summary>
    private static string CurrentFolder()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddScript("$ExecutionContext.SessionState.Path.CurrentFileSystemLocation.ProviderPath").Invoke<string>()[0];
    }
}
