using System.Management.Automation;

namespace PatientTools.Commands;

/// <summary>Makes full paths of what was given for files, relative to PowerShell's location.</summary>
internal static class FilePaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>The full path of one file, there or not; wildcards mean themselves.</summary>
    /// <exception cref="PatientToolsException"><c>PathNotInFileSystem</c>.</exception>
    public static string Resolve(PSCmdlet cmdlet, string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            // PowerShell takes it for the current folder.
            throw NotInFileSystem(path);
        }

        try
        {
            var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == FileSystem ? full : throw NotInFileSystem(path);
        }
        catch (SessionStateException e) when (IsUnknownRoot(e))
        {
            throw NotInFileSystem(path);
        }
    }

    /// <summary>The full paths of the files a path with wildcards matches; without wildcards of the one it names.</summary>
    /// <exception cref="PatientToolsException"><c>PathNotInFileSystem</c>, <c>NoFileMatches</c>.</exception>
    public static IReadOnlyList<string> Expand(PSCmdlet cmdlet, string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            return [Resolve(cmdlet, path)];
        }

        try
        {
            var full = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider);
            return provider.Name != FileSystem ? throw NotInFileSystem(path) : full.Count > 0 ? full : throw NoMatch(path);
        }
        catch (ItemNotFoundException)
        {
            throw NoMatch(path);
        }
        catch (SessionStateException e) when (IsUnknownRoot(e))
        {
            throw NotInFileSystem(path);
        }
    }

    /// <summary>The full path of the file or folder of that name; where there is none, of those that a path with wildcards matches.</summary>
    /// <remarks>For parameters that take wildcards as well as names with brackets in them, as what comes from the pipeline has.</remarks>
    /// <exception cref="PatientToolsException"><c>PathNotInFileSystem</c>, <c>NoFileMatches</c>.</exception>
    public static IReadOnlyList<string> Find(PSCmdlet cmdlet, string path) =>
        Resolve(cmdlet, path) is var full && System.IO.Path.Exists(full) ? [full] : Expand(cmdlet, path);

    private static bool IsUnknownRoot(SessionStateException error) => error is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException;

    private static PatientToolsException NoMatch(string path) =>
        new("NoFileMatches", $"No file matches '{path}'. Use -LiteralPath for a name with brackets in it.", ErrorKind.NotFound) { Target = path };

    private static PatientToolsException NotInFileSystem(string path) =>
        new("PathNotInFileSystem", $"'{path}' is not a path of the file system. Give the path of a file.", ErrorKind.InvalidArgument) { Target = path };
}
