using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using PatientTools.Patients;
using PatientTools.Search.Conditions;
using PatientTools.Search.Index;
using PatientTools.Search.Text;
using PatientTools.Storage;

namespace PatientTools.Search.Answers;

/// <summary>Makes the terms by which patients are put in order in memory: the same ones that the index is ordered by.</summary>
internal static class SortTerms
{
    /// <summary>The place of a state in an order.</summary>
    public static SortPosition PositionOf(PatientState state, IReadOnlyList<SortOrder> order, DateOnly today)
    {
        var subject = new PatientSubject(state, () => [], today);
        return new([.. order.Select(level => TermOf(subject, level))], state.Stamp.Key);
    }

    /// <summary>The place of a patient in an order of properties of which the row tells.</summary>
    public static SortPosition PositionOf(Patient patient, IReadOnlyList<SortOrder> order) =>
        new([.. order.Select(level => TermOf(patient, level.Property))], patient.Key);

    /// <summary>The term of a number: ordered as the numbers are.</summary>
    public static byte[] Of(long number)
    {
        var term = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(term, number ^ long.MinValue);
        return term;
    }

    /// <summary>The number of a term.</summary>
    public static long NumberOf(byte[] term) => BinaryPrimitives.ReadInt64BigEndian(term) ^ long.MinValue;

    /// <summary>The term of a value that no index is ordered by; empty where it is missing.</summary>
    public static byte[] OfValue(object? value) => value switch
    {
        null => [],
        string text => Encoding.UTF8.GetBytes(ValueTerm.Of(text)),
        long number => Of(number),
        bool flag => [flag ? (byte)1 : (byte)0],
        DateTime time => Of(time.Ticks),
        PartialDate date => Encoding.UTF8.GetBytes(date.ToString()),
        _ => throw new ArgumentException($"Nothing is sorted by a {value.GetType().Name}.", nameof(value)),
    };

    private static byte[] TermOf(Patient patient, SearchProperty property)
    {
        _ = property.TryValueOf(patient, out var value);
        return property.Kind is null && property.Column is null ? OfValue(value) : value switch
        {
            null => [],
            DateTime time => Of(PatientColumnNumbers.Milliseconds(time)),
            long number when property.Column is not null => Of(number),
            long year => Encoding.UTF8.GetBytes(year.ToString("D4", CultureInfo.InvariantCulture)),
            bool flag => flag ? "true"u8.ToArray() : "false"u8.ToArray(),
            string text => Encoding.UTF8.GetBytes(ValueTerm.Of(text)),
            _ => Encoding.UTF8.GetBytes(value.ToString()!),
        };
    }

    /// <summary>Of several entries of a kind the least counts in ascending order, the greatest in descending order.</summary>
    private static byte[] TermOf(PatientSubject subject, SortOrder level)
    {
        if (level.Property.Kind is not { } kind)
        {
            return level.Property.Column is { } column ? Of(column.NumberOf(subject.State.Stamp)) : OfValue(level.Property.ValuesOf(subject) is [var value, ..] ? value : null);
        }

        byte[]? best = null;
        foreach (var entry in subject.Entries)
        {
            if (entry.Kind == kind)
            {
                var term = Encoding.UTF8.GetBytes(entry.Term);
                best = best is null || (term.AsSpan().SequenceCompareTo(best) < 0) != level.Descending ? term : best;
            }
        }

        return best ?? [];
    }
}
