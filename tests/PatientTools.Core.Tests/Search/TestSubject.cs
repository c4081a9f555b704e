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

    /// <summary>A patient whose record must not be asked for, unless it is given.</summary>
    internal static PatientSubject Of(string document, params (string Type, string Json)[] record) =>
        new(State(document), () => record.Length == 0 ? throw new InvalidOperationException("No record was to be read.") : Record(record), Today);

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
        Assert.Equal(inMemory, Answer(condition.ToIndexQuery(Today), SearchEntries.Of(State(document), Record(record)), tests: true));
        return inMemory;
    }

    /// <summary>Whether the ranges that the index has to read hold an entry of a patient, whether or not it passes the tests.</summary>
    internal static bool IsInRange(PatientCondition condition, string document) =>
        Answer(condition.ToIndexQuery(Today), SearchEntries.Of(State(document), []), tests: false);

    private static bool Answer(IndexQuery query, IReadOnlyList<SearchEntry> entries, bool tests) => query switch
    {
        EntryQuery leaf => entries.Any(entry => leaf.Kinds.Contains(entry.Kind) && Encoding.UTF8.GetBytes(entry.Term) is var term
            && leaf.Range.Contains(term) && (!tests || leaf.Test?.Invoke(term) is not false)),
        IntersectionQuery all => all.Queries.All(one => Answer(one, entries, tests)),
        UnionQuery any => any.Queries.Any(one => Answer(one, entries, tests)),
        ComplementQuery not => !Answer(not.Query, entries, tests),
        _ => throw new NotSupportedException(query.GetType().Name),
    };
}
