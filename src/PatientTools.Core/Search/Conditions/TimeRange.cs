using System.Globalization;
using System.Runtime.InteropServices;
using PatientTools.Patients;

namespace PatientTools.Search.Conditions;

/// <summary>A moment, or all moments of a year, month, day, minute or second, in milliseconds since 1970 (UTC).</summary>
/// <param name="First">The first millisecond.</param>
/// <param name="Last">The last one; before the first for a moment between two milliseconds.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TimeRange(long First, long Last)
{
    private static readonly string[] Minutes = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm"];
    private static readonly string[] Seconds = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss"];
    private static readonly string[] Fractions = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFF"];

    /// <summary>Reads what a person or a variable gives; without an offset it is local time.</summary>
    internal static TimeRange? TryRead(object operand) => operand switch
    {
        DateTime time => At(time),
        DateTimeOffset time => At(time.UtcDateTime),
        DateOnly day => Of(day),
        PartialDate date => Of(date),
        string text => TryParse(text.Trim()),
        bool => null,
        _ => AskedComparison.TryNumber(operand) is { } year and >= 1 and <= 9999 && year == decimal.Truncate(year) ? Of(new PartialDate((int)year)) : null,
    };

    /// <summary>All moments of a date in local time.</summary>
    internal static TimeRange Of(PartialDate date)
    {
        var last = date.Last;
        return new(
            Ceiling(date.First.ToDateTime(default, DateTimeKind.Local).ToUniversalTime().Ticks),
            last == DateOnly.MaxValue
                ? Floor(DateTime.MaxValue.Ticks)
                : Ceiling(last.AddDays(1).ToDateTime(default, DateTimeKind.Local).ToUniversalTime().Ticks) - 1);
    }

    private static TimeRange? TryParse(string text)
    {
        if (text.Length <= 10)
        {
            return PartialDate.TryParse(text, out var date) ? Of(date) : null;
        }

        return TryParse(text, Minutes, TimeSpan.TicksPerMinute) ?? TryParse(text, Seconds, TimeSpan.TicksPerSecond) ?? TryParse(text, Fractions, 1);
    }

    private static TimeRange? TryParse(string text, string[] formats, long length)
    {
        var withOffset = Array.ConvertAll(formats, format => format + "K");
        return DateTime.TryParseExact(text, withOffset, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeLocal, out var time)
            ? At(time, length)
            : null;
    }

    private static TimeRange At(DateTime time, long length = 1)
    {
        var ticks = (time.Kind == DateTimeKind.Utc ? time : DateTime.SpecifyKind(time, DateTimeKind.Local).ToUniversalTime()).Ticks;
        return new(Ceiling(ticks), Floor(ticks + length - 1));
    }

    private static long Ceiling(long ticks) => Floor(ticks + TimeSpan.TicksPerMillisecond - 1);

    private static long Floor(long ticks) => Math.DivRem(ticks - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerMillisecond) is var (quotient, remainder) && remainder < 0
        ? quotient - 1
        : quotient;
}

internal static class LocalTimes
{
    extension(DateTime time)
    {
        /// <summary>The same moment in local time; one of no known kind is local.</summary>
        internal DateTime ToLocalIfUniversal() => time.Kind == DateTimeKind.Utc ? time.ToLocalTime() : time;
    }
}
