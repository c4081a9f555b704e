using System.Globalization;

namespace PatientTools.Cmdlets.Tests.Processes;

public sealed class ManyWritersTests
{
    private const int Writers = 8;

    private static int Each { get; } = ProcessStore.IsLong ? 500 : 50;

    [Fact]
    public async Task Eight_processes_write_into_one_store_at_once_and_nothing_is_lost()
    {
        using var store = await ProcessStore.Make("$null = New-Patient -FamilyName Counter -Mrn counter -Title 0");
        await Task.WhenAll(Enumerable.Range(1, Writers).Select(writer => store.Run($$"""
            foreach ($number in 1..{{Each}}) {
                $null = New-Patient -FamilyName 'Writer{{writer}}' -GivenName "Nr$number"
                if ($number % 5) { continue }
                for ($tries = 1; ; $tries++) {
                    $counter = Get-Patient -Mrn counter
                    try { $counter | Set-Patient -Title (1 + $counter.Title); break }
                    catch { if ($_.FullyQualifiedErrorId -notlike 'VersionConflict,*') { throw } }
                }
            }
            """)));

        var patients = await store.Run("Find-Patient -FamilyName 'Writer*' | ForEach-Object { \"$($_.FamilyName) $($_.GivenName) $($_.Version)\" }");
        Assert.Equal(
            Enumerable.Range(1, Writers).SelectMany(writer => Enumerable.Range(1, Each).Select(number => $"Writer{writer} Nr{number} 1")).Order(StringComparer.Ordinal),
            patients.Order(StringComparer.Ordinal));
        var numbers = await store.Run("Find-Patient -FamilyName 'Writer*' | ForEach-Object Mrn");
        Assert.Equal(Writers * Each, numbers.Distinct(StringComparer.Ordinal).Count());
        var increments = (Writers * Each / 5).ToString(CultureInfo.InvariantCulture);
        Assert.Equal(increments, await store.Ask("(Get-Patient -Mrn counter).Title"));
        await store.IsSound();
    }
}
