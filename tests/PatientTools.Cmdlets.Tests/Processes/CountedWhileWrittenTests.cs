using PatientTools.Tests;

namespace PatientTools.Cmdlets.Tests.Processes;

public sealed class CountedWhileWrittenTests
{
    private static int Filters { get; } = ProcessStore.IsLong ? 2000 : 150;

    [Fact]
    public async Task Totals_are_the_number_of_objects_while_another_process_adds_changes_and_removes()
    {
        var cases = new SearchCases(7);
        using var store = await ProcessStore.Make("$null = New-PatientSample -Count 1500 -Seed 7 | Import-Patient");
        var filters = string.Join(",", Enumerable.Range(0, Filters).Select(_ => $"'{cases.Filter(2).Replace("'", "''", StringComparison.Ordinal)}'"));
        // When the test fails, the folder goes, and the other process ends with it.
        var ready = Path.Combine(store.Folder, "done");
        var writing = store.Run($$"""
            for ($n = 0; -not [IO.File]::Exists('{{ready}}') -and $n -lt 100000; $n++) {
                $null = New-Patient -FamilyName 'Meyer' -GivenName "Nr$n" -BirthDate 1950-02-03 -City Bonn
                Find-Patient -Skip ($n % 1000) -First 3 | Set-Patient -City @('Bonn', 'Köln')[$n % 2]
                Find-Patient -Skip ($n * 7 % 900) -First 1 | Remove-Patient -Confirm:$false
            }
            $n
            """);
        var differences = await store.Run($$"""
            foreach ($filter in {{filters}}) {
                $total, $objects = $null, 0
                Find-Patient -Filter $filter -IncludeTotalCount | ForEach-Object { if ($_ -is [ulong]) { $total = $_ } else { $objects++ } }
                $page = Find-Patient -Filter $filter -SortBy FamilyName -PageSize 700
                $paged = $page.Items.Count
                for ($next = $page; $next.Cursor; ) {
                    $next = Find-Patient -Filter $filter -SortBy FamilyName -PageSize 700 -After $next.Cursor
                    $paged += $next.Items.Count
                }
                if ($total -ne $objects -or $page.Total -ne $paged) { "${filter}: total $total of $objects objects; pages of $($page.Total) hold $paged" }
            }
            """);
        await File.WriteAllTextAsync(ready, "", TestContext.Current.CancellationToken);
        Assert.True(int.Parse(Assert.Single(await writing), System.Globalization.CultureInfo.InvariantCulture) > 3);
        Assert.Empty(differences);
    }
}
