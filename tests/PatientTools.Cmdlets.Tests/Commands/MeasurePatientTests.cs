namespace PatientTools.Cmdlets.Tests.Commands;

/// <summary>Counts and figures, held against the objects they are of.</summary>
public sealed class MeasurePatientTests : IDisposable
{
    private readonly StoreShell _store = new();

    public MeasurePatientTests() => _store.Run("""
        New-PatientSample -Count 300 -Seed 11 | Import-Patient
        $null = New-Patient -FamilyName Ohne
        """).Succeeded();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("City", "")]
    [InlineData("Gender", "")]
    [InlineData("City", "-Filter 'Age -ge 40'")]
    [InlineData("PostalCode", "-City B*")]
    public void Groups_are_those_of_Group_Object(string property, string parameters)
    {
        var expected = Counted(_store.Texts($"Find-Patient {parameters} | ForEach-Object {{ $_.{property} }}"));
        var groups = _store.Texts($"Measure-Patient {parameters} -GroupBy {property} | ForEach-Object {{ \"$($_.Count) $($_.{property})\" }}");
        Assert.NotEmpty(groups);
        Assert.Equal(expected, groups.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Several_properties_make_a_group_of_each_combination()
    {
        var expected = Counted(_store.Texts("Find-Patient | ForEach-Object { \"$($_.City) $($_.Gender)\" }"));
        var groups = _store.Run("Measure-Patient -GroupBy City, Gender").Succeeded().Output;
        Assert.All(groups, group => Assert.Equal("Count City Gender", string.Join(' ', group.Properties.Select(property => property.Name))));
        Assert.All(groups, group => Assert.Equal("PatientTools.Search.PatientGroup", group.TypeNames[0]));
        Assert.Equal(
            expected,
            groups.Select(group => $"{group.Properties["Count"].Value} {group.Properties["City"].Value} {group.Properties["Gender"].Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_properties_together_have_more_combinations_than_a_number_and_are_counted_all_the_same()
    {
        var expected = Counted(_store.Texts("Find-Patient | ForEach-Object { \"$($_.City) $($_.FamilyName) $($_.GivenName) $($_.PostalCode)\" }"));
        var groups = _store.Texts("Measure-Patient -GroupBy City, FamilyName, GivenName, PostalCode | ForEach-Object { \"$($_.Count) $($_.City) $($_.FamilyName) $($_.GivenName) $($_.PostalCode)\" }");
        Assert.Equal(expected, groups.Order(StringComparer.Ordinal));

        const string Single = "City, Gender, BirthYear, AgeGroup, PostalCodeArea, PostalCode, Country, Title, FamilyName, GivenName, Deceased, Active, Source";
        Assert.Equal(301, _store.Texts($"Measure-Patient -GroupBy {Single} | ForEach-Object Count").Sum(count => long.Parse(count, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_missing_value_is_null_and_a_count_is_a_number()
    {
        Assert.All(_store.Run("Measure-Patient -GroupBy City").Succeeded().Output, group => Assert.IsType<long>(group.Properties["Count"].Value));
        Assert.Equal(1, _store.One<long>("(Measure-Patient -GroupBy City | Where-Object { $null -eq $_.City }).Count"));
    }

    [Fact]
    public void Figures_are_those_of_the_objects()
    {
        var figures = _store.Run("Measure-Patient").Succeeded().Output[0];
        var ages = _store.Texts("Find-Patient -Filter 'Age -ne $null' | ForEach-Object { $_.Age }").Select(age => int.Parse(age, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal("PatientTools.Search.PatientFigures", figures.TypeNames[0]);
        Assert.Equal(301L, figures.Properties["Count"].Value);
        Assert.Equal(ages.Min(), figures.Properties["MinimumAge"].Value);
        Assert.Equal(ages.Max(), figures.Properties["MaximumAge"].Value);
        Assert.Equal(ages.Average(), Assert.IsType<double>(figures.Properties["AverageAge"].Value), 6);
        Assert.Equal(301L - ages.Count, figures.Properties["UnknownAge"].Value);
    }

    [Fact]
    public void Missing_values_are_numbers_by_property_and_show_as_text()
    {
        Assert.Equal(_store.One<long>("Find-Patient -Filter 'City -eq $null' -CountOnly"), _store.One<long>("(Measure-Patient).Missing.City"));
        Assert.Contains("City 1", _store.One<string>("\"$((Measure-Patient -FamilyName Ohne).Missing)\""), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_nobody_there_are_no_groups_and_no_ages()
    {
        Assert.Empty(_store.Run("Measure-Patient Niemandsonst -GroupBy City").Succeeded().Output);
        var figures = _store.Run("Measure-Patient Niemandsonst").Succeeded().Output[0];
        Assert.Equal(0L, figures.Properties["Count"].Value);
        Assert.Null(figures.Properties["AverageAge"].Value);
    }

    [Fact]
    public void What_cannot_be_counted_by_is_one_error() => _store.Run("Measure-Patient -GroupBy Citty").FailedWith("PropertyNotGroupable");

    private static IEnumerable<string> Counted(IReadOnlyList<string> values) =>
        values.GroupBy(value => value, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}").Order(StringComparer.Ordinal);
}
