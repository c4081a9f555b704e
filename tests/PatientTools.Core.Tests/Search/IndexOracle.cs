using System.Text;
using PatientTools.Search.Conditions;
using PatientTools.Search.Index;
using PatientTools.Storage;

namespace PatientTools.Core.Tests.Search;

/// <summary>What a store's index would say of one patient: an entry, or a column, lies in a range and passes a test.</summary>
internal static class IndexOracle
{
    public static bool Holds(IndexQuery query, PatientSubject subject) => query switch
    {
        EntryQuery entries => subject.Entries.Any(entry => entries.Kinds.Contains(entry.Kind) && IsIn(entries, Encoding.UTF8.GetBytes(entry.Term))),
        NumberQuery numbers => NumberOf(numbers.Column, subject.State.Stamp) is var number && number >= numbers.From && number <= numbers.To,
        IdScanQuery ids => (ids.Column == PatientColumn.Id ? subject.State.Stamp.Id.ToString() : subject.State.Stamp.SourceId) is { } id && ids.Test(id),
        IdQuery ids => ids.Ids.Contains(subject.State.Stamp.Id),
        ScanQuery scan => scan.Condition.IsMetBy(subject),
        BirthQuery birth => IsBorn(birth, subject),
        IntersectionQuery intersection => IsInAll(intersection, subject),
        UnionQuery union => union.Queries.Any(inner => Holds(inner, subject)),
        ComplementQuery complement => !Holds(complement.Query, subject),
        _ => throw new ArgumentException(query.ToString()),
    };

    /// <summary>The entries of years and days say the same as a test of the date, and the range leaves no date out.</summary>
    private static bool IsBorn(BirthQuery query, PatientSubject subject)
    {
        var born = subject.Properties.BirthDate is { } date ? Encoding.UTF8.GetBytes(date.ToString()) : null;
        var holds = Holds(query.ByDate, subject);
        Assert.Equal(holds, born is not null && query.Dates.Contains(born) && query.Test(born));
        Assert.Equal(holds, born is not null && query.Test(born));
        return holds;
    }

    /// <summary>The form in which an intersection is read says the same as its parts.</summary>
    private static bool IsInAll(IntersectionQuery query, PatientSubject subject)
    {
        var holds = query.Queries.All(inner => Holds(inner, subject));
        Assert.Equal(holds, NameAndBirth.Combine(query.Queries).All(inner => inner is IntersectionQuery ? throw new InvalidOperationException("Not flat.") : Holds(inner, subject)));
        return holds;
    }

    private static bool IsIn(EntryQuery query, byte[] term) => query.Range.Contains(term) && (query.Test is not { } test || test(term));

    private static long NumberOf(PatientColumn column, PatientStamp stamp) => column switch
    {
        PatientColumn.Created => new DateTimeOffset(stamp.Created).ToUnixTimeMilliseconds(),
        PatientColumn.Modified => new DateTimeOffset(stamp.Modified).ToUnixTimeMilliseconds(),
        PatientColumn.Sequence => stamp.Sequence,
        PatientColumn.Version => stamp.Version,
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };
}
