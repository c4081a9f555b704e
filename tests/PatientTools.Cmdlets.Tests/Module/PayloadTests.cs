using System.Text.RegularExpressions;
using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Module;

/// <summary>What is shipped, file by file: a new package or a stray file has to be let in here on purpose.</summary>
public sealed class PayloadTests
{
    private static readonly string[] Required =
    [
        "LICENSE",
        "PatientTools.psd1",
        "PatientTools.dll",
        "PatientTools.Core.dll",
        "PatientTools.Format.ps1xml",
        "adapters/PatientTools.Adapters.dll",
        "adapters/BCrypt-Net-Next.dll",
        "adapters/Bogus.dll",
        "adapters/Sylvan.Data.Csv.dll",
        "adapters/runtimes/win-x64/native/e_sqlite3.dll",
        "adapters/runtimes/win-arm64/native/e_sqlite3.dll",
        "adapters/runtimes/linux-x64/native/libe_sqlite3.so",
        "adapters/runtimes/linux-arm64/native/libe_sqlite3.so",
        "adapters/runtimes/linux-musl-x64/native/libe_sqlite3.so",
        "adapters/runtimes/osx-x64/native/libe_sqlite3.dylib",
        "adapters/runtimes/osx-arm64/native/libe_sqlite3.dylib",
    ];

    private static readonly Regex Optional = new(
        @"^(PatientTools(\.Core)?\.pdb|adapters/PatientTools\.Adapters\.pdb|(en-US|de-DE)/(PatientTools\.dll-Help\.xml|about_\w+\.help\.txt))$",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    [Fact]
    public void The_module_holds_exactly_what_it_should()
    {
        var files = Directory.EnumerateFiles(Places.ModuleFolder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Places.ModuleFolder, path).Replace('\\', '/'))
            .ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Required.Except(files, StringComparer.Ordinal));
        Assert.DoesNotContain(files.Except(Required, StringComparer.Ordinal), file => !Optional.IsMatch(file));
    }
}
