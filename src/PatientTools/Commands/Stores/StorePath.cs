using System.Management.Automation;

namespace PatientTools.Commands.Stores;

/// <summary>Makes full paths of what was given for a store's file.</summary>
internal static class StorePath
{
    private const string FileSystem = "FileSystem";

    /// <summary>The environment variable that names the store when no path is given.</summary>
    public const string Variable = "PATIENTTOOLS_STORE";

    /// <summary>The full path of a path that is relative to PowerShell's location; wildcards mean themselves.</summary>
    /// <exception cref="PatientToolsException"><c>PathNotInFileSystem</c>.</exception>
    public static string Resolve(PSCmdlet cmdlet, string path)
    {
        var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == FileSystem
            ? full
            : throw new PatientToolsException("PathNotInFileSystem", $"'{path}' is not a path of the file system. Give the path of a file.", ErrorKind.InvalidArgument) { Target = path };
    }

    /// <summary>The path from the environment.</summary>
    /// <exception cref="PatientToolsException"><c>NoStoreGiven</c>.</exception>
    public static string FromEnvironment() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path
        ? path
        : throw new PatientToolsException("NoStoreGiven", $"No store was named. Give -Path, or set $env:{Variable}.", ErrorKind.InvalidArgument);
}
