using System.Text;
using PatientTools.Patients;
using PatientTools.Search.Conditions;
using PatientTools.Search.Fhir;
using PatientTools.Storage;

namespace PatientTools.Core.Tests.Search.Fhir;

/// <summary>Some people in memory, each with a letter, and who of them a search finds: by both ways to compute it.</summary>
internal static class FhirPeople
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    private static readonly Dictionary<string, PatientSubject> All = new()
    {
        ["A"] = Person("""
            {"resourceType":"Patient","active":true,"name":[{"use":"official","family":"Müller","given":["Eva","Maria"]},{"use":"maiden","family":"Graf von Buntspecht"}],
            "gender":"female","birthDate":"1980-05-17","identifier":[{"system":"http://fhir.de/sid/gkv/kvid-10","value":"A123456780"},{"system":"urn:x","value":"Ab|1"}],
            "telecom":[{"system":"phone","value":"+49 228 1234"},{"system":"email","value":"Eva@Example.de"},{"system":"email","value":"second@example.de"}],
            "address":[{"line":["Hauptstraße 1"],"city":"Bonn","postalCode":"53111","state":"NW","country":"DE"},{"use":"old","line":["Am Markt 2"],"city":"Bad Honnef","postalCode":"53604"}]}
            """, new DateTime(2026, 1, 31, 10, 30, 15, DateTimeKind.Utc), "E11"),
        ["B"] = Person("""
            {"resourceType":"Patient","active":false,"name":[{"family":"MUELLER-Lüdenscheidt","given":["Hans"]}],"gender":"male","birthDate":"1980",
            "identifier":[{"type":{"coding":[{"code":"MR"}]},"system":"urn:mrn","value":"77"}],"address":[{"city":"bonn","country":"AT"}],
            "deceasedDateTime":"2020-03-01T10:00:00Z","telecom":[{"system":"phone","value":"0228/99"}]}
            """, new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc), "E11.9"),
        ["C"] = Person("""
            {"resourceType":"Patient","name":[{"family":"O'Brien, J*","given":["Évà"]}],"birthDate":"1979-12","identifier":[{"value":"77"}],"deceasedBoolean":false}
            """, new DateTime(2025, 12, 31, 12, 0, 0, DateTimeKind.Utc), null, source: "klinik", sourceId: "pat-3"),
        ["D"] = Person("""{"resourceType":"Patient"}""", new DateTime(2024, 6, 1, 0, 0, 0, DateTimeKind.Utc), null),
    };

    public static PatientId IdOf(string letter) => All[letter].State.Stamp.Id;

    /// <summary>The letters of those who are found.</summary>
    public static string Find(string query)
    {
        var where = FhirQuery.Parse(query).Query.Where;
        var index = where.ToIndexQuery(Today);
        var found = string.Concat(All.Where(person => where.IsMetBy(person.Value)).Select(person => person.Key));
        Assert.Equal(found, string.Concat(All.Where(person => IndexOracle.Holds(index, person.Value)).Select(person => person.Key)));
        return found;
    }

    private static PatientSubject Person(string json, DateTime modified, string? code, string? source = null, string? sourceId = null)
    {
        IReadOnlyList<RecordState> record = code is null
            ? []
            : [new(0, 1, "Condition", "c", null, 1, 1, modified, false, code, null, Encoding.UTF8.GetBytes($$$"""{"resourceType":"Condition","code":{"coding":[{"code":"{{{code}}}"}]}}"""))];
        var stamp = new PatientStamp(1, PatientId.New(new DateTimeOffset(modified)), 1, 1, modified, modified, false, source, sourceId);
        return new(new PatientState(stamp, PatientDocument.Parse(json), null), () => record, Today);
    }
}
