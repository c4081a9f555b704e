namespace PatientTools.Adapters.Sqlite;

/// <summary>Moments as the store keeps them: milliseconds since 1970 (UTC).</summary>
internal static class StoredTime
{
    private const long First = -62_135_596_800_000;
    private const long Last = 253_402_300_799_999;

    public static long Encode(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    public static long? Encode(DateTime? time) => time is { } known ? Encode(known) : null;

    public static DateTime Decode(long milliseconds) => DateTime.UnixEpoch.AddTicks(milliseconds * TimeSpan.TicksPerMillisecond);

    /// <summary>The first stored moment that is not before one.</summary>
    public static long EncodeUp(DateTime time) => Encode(time) + (time.Ticks % TimeSpan.TicksPerMillisecond > 0 && time.Ticks >= DateTime.UnixEpoch.Ticks ? 1 : 0);

    /// <summary>Reads what may have been changed from outside.</summary>
    /// <returns>False of what is no moment.</returns>
    public static bool TryDecode(long milliseconds, out DateTime time)
    {
        var isMoment = milliseconds is >= First and <= Last;
        time = isMoment ? Decode(milliseconds) : DateTime.UnixEpoch;
        return isMoment;
    }
}
