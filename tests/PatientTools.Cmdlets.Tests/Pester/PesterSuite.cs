namespace PatientTools.Cmdlets.Tests.Pester;

/// <summary>The end-to-end tests in tests/Pester, each a test of its own here, so that counts stay honest.</summary>
public sealed class PesterSuite
{
    /// <summary>Runs the suite once and gives a row for each of its tests.</summary>
    public static async Task<IReadOnlyCollection<ITheoryDataRow>> Outcomes()
    {
        if (await PesterRun.Obstacle() is { } obstacle)
            return [new TheoryDataRow<string, string?>("the whole suite", null) { Skip = "NOT PROVEN: " + obstacle }];
        return
        [
            .. (await PesterRun.Start()).Select(outcome =>
                new TheoryDataRow<string, string?>(outcome.Name, outcome.Failure) { TestDisplayName = $"Pester: {outcome.Name}", Skip = outcome.Skip }),
        ];
    }

    [Theory]
    [MemberData(nameof(Outcomes), DisableDiscoveryEnumeration = true)]
    public void Holds(string name, string? failure) => Assert.True(failure is null, $"{name}{Environment.NewLine}{failure}");
}
