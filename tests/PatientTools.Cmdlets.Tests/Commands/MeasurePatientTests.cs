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
        var expected = _store.Texts($"Find-Patient {parameters} | Group-Object {property} -CaseSensitive | ForEach-Object {{ \"$($_.Count) $($_.Values[0])\" }}");
        var groups = _store.Texts($"Measure-Patient {parameters} -GroupBy {property} | ForEach-Object {{ \"$($_.Count) $($_.{property})\" }}");
        Assert.NotEmpty(groups);
        Assert.Equal(expected.Order(StringComparer.Ordinal), groups.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Several_properties_make_a_group_of_each_combination()
    {
        var expected = _store.Texts("Find-Patient | Group-Object City, Gender | ForEach-Object { \"$($_.Count) $($_.Values[0]) $($_.Values[1])\" }");
        var groups = _store.Run("Measure-Patient -GroupBy City, Gender").Succeeded().Output;
        Assert.All(groups, group => Assert.Equal("Count City Gender", string.Join(' ', group.Properties.Select(property => property.Name))));
        Assert.All(groups, group => Assert.Equal("PatientTools.Search.PatientGroup", group.TypeNames[0]));
        Assert.Equal(expected.Order(StringComparer.Ordinal),
            groups.Select(group => $"{group.Properties["Count"].Value} {group.Properties["City"].Value} {group.Properties["Gender"].Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Groups_are_sorted_by_number_and_a_missing_value_is_null()
    {
        Assert.True(_store.One<bool>("$counts = (Measure-Patient -GroupBy City | Sort-Object Count -Descending).Count; \"$counts\" -eq \"$($counts | Sort-Object -Descending)\""));
        Assert.Equal(1, _store.One<long>("(Measure-Patient -GroupBy City | Where-Object { $null -eq $_.City }).Count"));
    }

    [Fact]
    public void Figures_are_those_of_the_objects()
    {
        var figures = _store.Run("Measure-Patient").Succeeded().Output[0];
        var ages = _store.Texts("Find-Patient | ForEach-Object { $_.Age }").Where(age => age.Length > 0).Select(age => int.Parse(age, System.Globalization.CultureInfo.InvariantCulture)).ToList();
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
}
