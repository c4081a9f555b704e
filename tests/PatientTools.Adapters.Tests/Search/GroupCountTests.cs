using PatientTools.Adapters.Sqlite;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Search;

/// <summary>Groups by many properties, and the common values of one.</summary>
public sealed class GroupCountTests : IDisposable
{
    private const int Patients = 200;
    private static readonly string[] Names = ["City", "BirthYear", "PostalCode", "Country", "Title", "FamilyName", "GivenName", "Gender", "PostalCodeArea"];
    private readonly string _folder = Directory.CreateTempSubdirectory("patienttools-").FullName;
    private readonly PatientStoreSession _session;

    public GroupCountTests()
    {
        _session = PatientStoreSession.Create(new SqlitePatientStoreProvider(), Path.Combine(_folder, "a.ptstore"), new StoreOptions());
        _session.Writer().Apply([.. Enumerable.Range(0, Patients).Select(i => new AddPatient(Document(i), DrawMrn: false))]);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void More_combinations_than_a_number_can_tell_are_counted()
    {
        Assert.True(Math.Pow(Patients + 1, Names.Length) > long.MaxValue);
        var groups = _session.Search().MeasureGroups(new PatientQuery(), [.. Names.Select(name => GroupProperty.Find(name)!)]);
        Assert.Equal(Patients, groups.Count);
        Assert.All(groups, group => Assert.Equal(1, group.Count));
        Assert.All(groups, group => Assert.Equal(Names, group.Values.Select(value => value.Key)));
        Assert.All(groups, group => Assert.Equal($"{group.Values[0].Value}"[1..], $"{group.Values[5].Value}"[1..]));
    }

    [Theory]
    [InlineData("Ö", "Ödorf7")]
    [InlineData("ö", "Ödorf7")]
    [InlineData("O\u0308D", "Ödorf7")]
    [InlineData("Σ", "ς-Stadt")]
    [InlineData("Oe", "")]
    public void Common_values_begin_as_what_is_typed_whatever_its_case_and_form(string start, string expected)
    {
        _session.Writer().Apply([.. new[] { "Ödorf7", "Ödorf7", "ς-Stadt" }.Select(city => new AddPatient(PatientDocument.Parse($$"""{"resourceType":"Patient","address":[{"city":"{{city}}"}]}"""), DrawMrn: false))]);
        Assert.Equal(expected, string.Join(',', _session.Search().CommonValues(SearchProperties.Find("City")!, start, 1)));
    }

    private static PatientDocument Document(int i) => PatientDocument.Parse(
        $$"""
        {"resourceType":"Patient","name":[{"family":"f{{i}}","given":["g{{i}}"],"prefix":["t{{i}}"]}],"gender":"x{{i}}","birthDate":"{{1800 + i}}",
         "address":[{"city":"c{{i}}","postalCode":"{{(char)('A' + (i / 20))}}{{(char)('A' + (i % 20))}}{{i}}","country":"d{{i}}"}]}
        """);
}
