namespace PatientTools.Cmdlets.Tests.Commands;

public sealed class FindPatientTests : IDisposable
{
    private readonly StoreShell _store = new();

    public FindPatientTests() => _store.Run("""
        $null = New-Patient -FamilyName Müller -GivenName Jürgen -BirthDate 1950-05-01 -Gender male -City 'Frankfurt am Main' -PostalCode 60306
        $null = New-Patient -FamilyName 'Graf von und zu Buntspecht' -GivenName Anna -BirthDate 1958-12 -Gender female -City Bonn -PostalCode 53111 -Kvnr A123456780
        $null = New-Patient -FamilyName Müller-Lüdenscheidt -GivenName 'Hans Peter' -BirthDate 1960 -Gender other -City Bonndorf -PostalCode 79848
        """).Succeeded();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("-Name mueller", "Jürgen,Hans Peter")]
    [InlineData("-Name müller", "Jürgen,Hans Peter")]
    [InlineData("-Name Muller", "Jürgen,Hans Peter")]
    [InlineData("-Name Mül", "Jürgen,Hans Peter")]
    [InlineData("Buntspecht", "Anna")]
    [InlineData("'anna bunt'", "Anna")]
    [InlineData("Müller-Lüd", "Hans Peter")]
    [InlineData("-Name *denscheidt", "Hans Peter")]
    [InlineData("-Name m?ller", "Jürgen,Hans Peter")]
    [InlineData("-FamilyName anna", "")]
    [InlineData("-GivenName anna", "Anna")]
    [InlineData("-GivenName peter", "Hans Peter")]
    [InlineData("-BirthDate 1950-05-01", "Jürgen")]
    [InlineData("-BirthDate 1950", "Jürgen")]
    [InlineData("-BirthDate 1958", "Anna")]
    [InlineData("-BirthDate 1958-12-24", "")]
    [InlineData("-BornAfter 1958", "Hans Peter")]
    [InlineData("-BornAfter 1950-05-01", "Anna,Hans Peter")]
    [InlineData("-BornBefore 1958-12", "Jürgen")]
    [InlineData("-BornAfter 1950 -BornBefore 1960", "Anna")]
    [InlineData("-BornAfter ([datetime]'1955-01-01') -Gender FEMALE", "Anna")]
    [InlineData("-City bonn", "Anna")]
    [InlineData("-City Bonn*", "Anna,Hans Peter")]
    [InlineData("-City 'frankfurt am main'", "Jürgen")]
    [InlineData("-PostalCode 5*", "Anna")]
    [InlineData("-Kvnr a123456780", "Anna")]
    [InlineData("-Kvnr A1234*", "Anna")]
    [InlineData("-Mrn 00000003", "Hans Peter")]
    [InlineData("-Mrn *3", "Hans Peter")]
    [InlineData("-Mrn 0000000", "")]
    [InlineData("-Name Nobody", "")]
    public void Finds_as_a_person_would_expect(string parameters, string expected)
    {
        var found = _store.Texts($"Find-Patient {parameters} | ForEach-Object GivenName");
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Pages_and_totals_agree()
    {
        _store.Run("New-PatientSample -Count 257 -Seed 2 | Import-Patient").Succeeded();
        var all = _store.Texts("Find-Patient | ForEach-Object { $_.Id }");
        Assert.Equal(260, all.Count);
        List<string> paged = [];
        for (var skip = 0; skip < 260; skip += 50)
        {
            var page = _store.Texts($"Find-Patient -Skip {skip} -First 50 -IncludeTotalCount | ForEach-Object {{ if ($_ -is [ulong]) {{ $_.ToString() }} else {{ $_.Id }} }}");
            Assert.Contains("260", page[0], StringComparison.Ordinal);
            paged.AddRange(page.Skip(1));
        }

        Assert.Equal(all, paged);
    }

    [Fact]
    public void A_count_alone_reads_no_patient() =>
        Assert.Equal("Total count: 3", Assert.Single(_store.Texts("Find-Patient -First 0 -IncludeTotalCount")));
}
