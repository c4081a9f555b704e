using System.Text;
using PatientTools.Interchange;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Conditions;
using PatientTools.Storage;

namespace PatientTools.Core.Tests.Search.Conditions;

/// <summary>Patients in memory, and conditions asked of them in both ways at once.</summary>
internal static class Subjects
{
    public static readonly DateOnly Today = new(2026, 7, 1);
    public static readonly PatientId Id = PatientId.Parse("01935c1e-7b1a-7c3e-9d2f-0123456789ab");
    public static readonly DateTime Created = new(2026, 3, 1, 9, 30, 15, 250, DateTimeKind.Utc);

    /// <summary>A subject of the members of a document and the resources of a record.</summary>
    public static PatientSubject Of(string members, params string[] record) => Of(members, Today, record);

    public static PatientSubject Of(string members, DateOnly today, params string[] record)
    {
        var stamp = new PatientStamp(7, Id, 3, 42, Created, Created.AddDays(1), IsRemoved: false, "kis", "p-1");
        return Of(stamp, members, today, record);
    }

    public static PatientSubject Of(PatientStamp stamp, string members, DateOnly today, params string[] record)
    {
        var json = "{\"resourceType\":\"Patient\"" + (members.Length > 0 ? "," : "") + members + "}";
        RecordState[] states = [.. record.Select((text, i) => ToState(RecordResource.Parse(Encoding.UTF8.GetBytes(text)), stamp.Key, i))];
        return new PatientSubject(new PatientState(stamp, PatientDocument.Parse(json), null), () => states, today);
    }

    /// <summary>Whether a condition holds, by both computations, which have to agree.</summary>
    public static bool Meets(this PatientSubject subject, PatientCondition condition)
    {
        var inMemory = condition.IsMetBy(subject);
        var byIndex = IndexOracle.Holds(condition.ToIndexQuery(subject.Today), subject);
        Assert.True(inMemory == byIndex, $"{condition}: in memory {inMemory}, by the index {byIndex}; {subject.State.Document}");
        return inMemory;
    }

    public static bool Meets(this PatientSubject subject, string property, ComparisonOperator comparison, params object?[]? operands) =>
        subject.Meets(Condition(property, comparison, false, operands));

    public static bool MeetsCased(this PatientSubject subject, string property, ComparisonOperator comparison, params object?[]? operands) =>
        subject.Meets(Condition(property, comparison, true, operands));

    public static PropertyCondition Condition(string property, ComparisonOperator comparison, bool caseSensitive, params object?[]? operands) =>
        PropertyCondition.Create(SearchProperties.Find(property) ?? throw new ArgumentException(property), comparison, operands ?? [null], caseSensitive);

    private static RecordState ToState(RecordResource resource, long patientKey, int number) =>
        new(number, patientKey, resource.ResourceType, resource.FhirId ?? $"r{number}", null, 1, 1, Created, false, resource.Code, resource.Date, resource.Json);
}
