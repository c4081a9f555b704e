using System.Management.Automation;

namespace PatientTools.Cmdlets.Tests.Commands;

/// <summary>What Tab offers.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly StoreShell _store = new();

    public CompletionTests() => _store.Run("""
        $null = 1..3 | ForEach-Object { New-Patient -FamilyName A -City Bonn -Gender female }
        $null = New-Patient -FamilyName B -City Bonndorf
        $x = 65
        $null = New-Patient -FamilyName C -City 'Frankfurt am Main'
        $null = New-Patient -FamilyName D -City "Villeneuve-d'Ascq"
        """).Succeeded();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("Find-Patient -SortBy Fam", "FamilyName")]
    [InlineData("Find-Patient -SortBy City, Giv", "GivenName")]
    [InlineData("Find-Patient -Property birthd", "BirthDate")]
    [InlineData("Find-Patient -Property 'birthd", "'BirthDate")]
    [InlineData("Measure-Patient -GroupBy AgeG", "AgeGroup")]
    [InlineData("Find-Patient -City bon", "Bonn")]
    [InlineData("Find-Patient -City Frank", "'Frankfurt am Main'")]
    [InlineData("Find-Patient -City \"Frank", "\"Frankfurt am Main")]
    [InlineData("Find-Patient -City Ville", "'Villeneuve-d''Ascq'")]
    [InlineData("Measure-Patient -City bon", "Bonn")]
    [InlineData("Find-Patient -Filter Fam", "FamilyName")]
    [InlineData("Find-Patient -Filter 'Age -ge 65 -and Ci", "'Age -ge 65 -and City")]
    [InlineData("Find-Patient -Filter 'Age -ge 65 -and Ci'", "'Age -ge 65 -and City'")]
    [InlineData("Find-Patient -Filter 'City -li", "'City -like")]
    [InlineData("Find-Patient -Filter \"City -eq 'Bo", "\"City -eq 'Bonn'")]
    [InlineData("Find-Patient -Filter 'City -eq ''Bo", "'City -eq ''Bonn''")]
    [InlineData("Find-Patient -Filter \"Age -ge $x -and Ci", "\"Age -ge $x -and City")]
    public void Offers(string line, string expected) => Assert.Equal(expected, Matches(line)[0].CompletionText);

    [Fact]
    public void The_most_common_value_comes_first() => Assert.Equal(["Bonn", "Bonndorf"], Matches("Find-Patient -City B").Select(match => match.ListItemText));

    [Fact]
    public void A_property_says_what_it_is()
    {
        var match = Matches("Find-Patient -SortBy FamilyN")[0];
        Assert.Equal("FamilyName", match.ListItemText);
        Assert.NotEqual(match.ListItemText, match.ToolTip);
        Assert.DoesNotContain(Matches("Find-Patient -SortBy C"), each => each.ListItemText == "Condition");
        Assert.Contains(Matches("Find-Patient -Property C"), each => each.ListItemText == "Condition");
    }

    [Fact]
    public void Values_are_those_of_the_store_that_is_asked()
    {
        _store.Run("$other = New-PatientStore \"$folder/other.ptstore\"; $null = New-Patient -FamilyName A -City Bochum").Succeeded();
        Assert.Equal(["Bochum"], Matches("Find-Patient -City B").Select(match => match.ListItemText));
        Assert.Equal(["Bonn", "Bonndorf"], Matches("Find-Patient -Store $store -City B").Select(match => match.ListItemText));
    }

    [Fact]
    public void Without_a_store_there_are_no_values_and_no_error()
    {
        _store.Run("Disconnect-PatientStore").Succeeded();
        Assert.Empty(Matches("Find-Patient -City Bo"));
        Assert.Equal("FamilyName", Matches("Find-Patient -SortBy Fam")[0].CompletionText);
        Assert.Equal("FamilyName", Matches("Find-Patient -Filter Fam")[0].CompletionText);
        Assert.Empty(_store.Run("$Error").Output);
    }

    [Theory]
    [InlineData("Find-Patient -City Zzz")]
    [InlineData("Find-Patient -SortBy Zzz")]
    [InlineData("Find-Patient -Filter '((((")]
    [InlineData("Find-Patient -Filter 'Citty -eq '")]
    public void Offers_nothing_rather_than_files(string line) => Assert.DoesNotContain(Matches(line), match => match.ResultType is CompletionResultType.ProviderItem or CompletionResultType.ProviderContainer);

    private System.Collections.ObjectModel.Collection<CompletionResult> Matches(string line)
    {
        using var shell = PowerShell.Create(_store.Shell.Runspace);
        return CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches;
    }
}
