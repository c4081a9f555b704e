using System.Text.RegularExpressions;
using PatientTools.Tests;

namespace PatientTools.Cmdlets.Tests.Commands;

/// <summary>A filter means what PowerShell's own operators mean, in the same order of evaluation.</summary>
public sealed class FilterAgainstPowerShellTests : IDisposable
{
    private const int Filters = 250;
    private readonly StoreShell _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Filters_find_what_Where_Object_finds(int seed)
    {
        var cases = new SearchCases(seed);
        _store.Shell.Set("documents", Enumerable.Range(0, 60).Select(number => cases.Document(number, plain: true)).ToArray());
        _store.Shell.Set("filters", Enumerable.Range(0, Filters).Select(_ => cases.PlainFilter()).Select(filter => new[] { filter.Ours, filter.Theirs, AsBlock(filter.Ours) }).ToArray());
        var differences = _store.Texts("""
            $null = $documents | Import-Patient
            Find-Patient | ForEach-Object -Begin { $n = 0 } -Process { if ($n++ % 9 -eq 0) { $_ | Remove-Patient -Confirm:$false } }
            $all = @(Find-Patient -IncludeRemoved)
            foreach ($pair in $filters) {
                $block = [scriptblock]::Create($pair[1])
                $theirs = @(foreach ($patient in $all) { $_ = $patient; if (& $block) { $patient.Id } })
                $ours = @(Find-Patient -Filter $pair[0] -IncludeRemoved | ForEach-Object { $_.Id })
                $written = @(Find-Patient -Filter ([scriptblock]::Create($pair[2])) -IncludeRemoved -CountOnly)
                if ("$ours" -ne "$theirs" -or $written[0] -ne $ours.Count) {
                    "$($pair[0]): ours $($ours.Count), PowerShell's $($theirs.Count), as a script block $($written[0])"
                }
            }
            """);
        Assert.Empty(differences);
    }

    /// <summary>PowerShell has to be able to read a script block before anybody gets its text: not so bare words behind -and.</summary>
    private static string AsBlock(string filter) => Regex.Replace(filter, @"(?<=^|[ (!])[A-Z]\w+(?= -)", "$$_.$0", RegexOptions.None, TimeSpan.FromSeconds(1));
}
