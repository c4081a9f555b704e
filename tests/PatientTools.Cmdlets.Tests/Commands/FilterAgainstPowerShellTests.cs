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
        _store.Shell.Set("filters", Enumerable.Range(0, Filters).Select(_ => cases.PlainFilter()).Select(filter => new[] { filter.Ours, filter.Theirs }).ToArray());
        var differences = _store.Texts("""
            $null = $documents | Import-Patient
            Find-Patient | ForEach-Object -Begin { $n = 0 } -Process { if ($n++ % 9 -eq 0) { $_ | Remove-Patient -Confirm:$false } }
            $all = @(Find-Patient -IncludeRemoved)
            foreach ($pair in $filters) {
                $block = [scriptblock]::Create($pair[1])
                $theirs = @(foreach ($patient in $all) { $_ = $patient; if (& $block) { $patient.Id } })
                $ours = @(Find-Patient -Filter $pair[0] -IncludeRemoved | ForEach-Object { $_.Id })
                $written = @(Find-Patient -Filter ([scriptblock]::Create($pair[0])) -IncludeRemoved -CountOnly)
                if ("$ours" -ne "$theirs" -or $written[0] -ne $ours.Count) {
                    "$($pair[0]): ours $($ours.Count), PowerShell's $($theirs.Count), as a script block $($written[0])"
                }
            }
            """);
        Assert.Empty(differences);
    }
}
