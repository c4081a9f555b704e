using System.Text;
using System.Text.Json.Nodes;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Conditions;
using PatientTools.Search.Index;
using PatientTools.Storage;

namespace PatientTools.Core.Tests.Search;

/// <summary>Patients for conditions, and the index as one patient's entries have it.</summary>
internal static class TestSubject
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly DateTime Now = new(2026, 11, 24, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>A patient.</summary>
    internal static PatientSubject Of(string document, params (string Type, string Json)[] record) =>
        new(State(document), () => Record(record), Today);

    internal static PatientState State(string document, string? source = null, bool isRemoved = false) => new(
        new PatientStamp(1, PatientId.New(new DateTimeOffset(Now)), 1, 1, Now, Now, isRemoved, source, source is null ? null : "1"),
        PatientDocument.FromNode(JsonNode.Parse(document)!.AsObject()),
        null);

    internal static IReadOnlyList<RecordState> Record(params (string Type, string Json)[] record) =>
        [.. record.Select((entry, index) => new RecordState(index + 1, 1, entry.Type, $"{index}", null, 1, 1, Now, false, null, null, Encoding.UTF8.GetBytes(entry.Json)))];

    /// <summary>Whether a patient meets a condition: in memory and by its entries, which have to agree.</summary>
    internal static bool IsMet(PatientCondition condition, string document, params (string Type, string Json)[] record)
    {
        var subject = Of(document, record);
        var inMemory = condition.IsMetBy(subject);
        Assert.Equal(inMemory, IndexOracle.Holds(condition.ToIndexQuery(Today), subject));
        return inMemory;
    }

    /// <summary>Whether the ranges that the index has to read hold an entry of a patient, whether or not it passes the tests.</summary>
    internal static bool IsInRange(PatientCondition condition, string document) =>
        HasInRange(condition.ToIndexQuery(Today), SearchEntries.Of(State(document), []));

    private static bool HasInRange(IndexQuery query, IReadOnlyList<SearchEntry> entries) => query switch
    {
        EntryQuery leaf => entries.Any(entry => leaf.Kinds.Contains(entry.Kind) && leaf.Range.Contains(Encoding.UTF8.GetBytes(entry.Term))),
        IntersectionQuery all => all.Queries.All(one => HasInRange(one, entries)),
        UnionQuery any => any.Queries.Any(one => HasInRange(one, entries)),
        _ => throw new NotSupportedException(query.GetType().Name),
    };
}
