using PatientTools.Storage;

namespace PatientTools.Search.Index;

/// <summary>What the columns that hold numbers say of a state in memory.</summary>
internal static class PatientColumnNumbers
{
    /// <summary>The number in a column.</summary>
    public static long NumberOf(this PatientColumn column, PatientStamp stamp) => column switch
    {
        PatientColumn.Created => Milliseconds(stamp.Created),
        PatientColumn.Modified => Milliseconds(stamp.Modified),
        PatientColumn.Sequence => stamp.Sequence,
        PatientColumn.Version => stamp.Version,
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "The column holds no numbers."),
    };

    /// <summary>A moment as it is stored.</summary>
    public static long Milliseconds(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
}
