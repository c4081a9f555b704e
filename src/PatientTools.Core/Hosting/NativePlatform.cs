using System.Runtime.InteropServices;

namespace PatientTools.Hosting;

/// <summary>Names native libraries and the folders they lie in, as NuGet does: <c>runtimes/linux-x64/native/libx.so</c>.</summary>
internal static class NativePlatform
{
    /// <summary>The platform of this process, such as <c>win-arm64</c> or <c>linux-musl-x64</c>.</summary>
    public static string Current { get; } = $"{System}-{Architecture}";

    // The architecture of the process, not of the machine: an x64 process on Apple silicon needs the x64 library.
    private static string Architecture => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private static string System =>
        OperatingSystem.IsWindows() ? "win"
        : OperatingSystem.IsMacOS() ? "osx"
        : OperatingSystem.IsLinux() ? UsesMusl() ? "linux-musl" : "linux"
        : RuntimeInformation.RuntimeIdentifier;

    /// <summary>The file of a library that managed code calls <paramref name="library"/>.</summary>
    public static string FileName(string library)
    {
        var extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        var name = library.EndsWith(extension, StringComparison.Ordinal) ? library : library + extension;
        return OperatingSystem.IsWindows() || name.StartsWith("lib", StringComparison.Ordinal) ? name : "lib" + name;
    }

    /// <summary>The platforms for which <paramref name="runtimes"/> holds the library.</summary>
    public static IReadOnlyList<string> Shipped(string runtimes, string library) =>
    [
        .. Directory.EnumerateDirectories(runtimes)
            .Where(platform => Directory.Exists(Path.Combine(platform, "native"))
                && Directory.EnumerateFiles(Path.Combine(platform, "native"), $"*{Path.GetFileNameWithoutExtension(library)}.*").Any())
            .Select(platform => Path.GetFileName(platform))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// Whether this process runs on musl (Alpine and others) in place of glibc. The loader that is in the process's memory
    /// tells; names of distributions do not.
    /// </summary>
    private static bool UsesMusl()
    {
        try
        {
            return File.ReadLines("/proc/self/maps").Any(line => line.Contains("/ld-musl-", StringComparison.Ordinal));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);
        }
    }
}
