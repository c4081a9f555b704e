using System.Globalization;

namespace PatientTools.Auditing;

/// <summary>The end of a trail at some moment: to be kept elsewhere, so that it can be shown later that nothing before it was changed.</summary>
/// <param name="StoreId">The store.</param>
/// <param name="Number">The number of the last entry; 0 of a trail that is empty.</param>
/// <param name="Time">The time of that entry (UTC, milliseconds); of a trail that is empty, when the store was made.</param>
/// <param name="Hash">Its hash, 64 hexadecimal digits.</param>
public sealed record AuditHead(Guid StoreId, long Number, DateTime Time, string Hash)
{
    private const string Tag = "ptah1";

    /// <summary>The head as one line of text, which <see cref="Parse"/> reads.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Tag}:{StoreId:D}:{Number}:{(Time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond}:{Hash}");

    /// <summary>Reads the text of a head.</summary>
    /// <param name="text">The text; white space around it does not matter.</param>
    /// <returns>The head.</returns>
    /// <exception cref="PatientToolsException"><c>AuditHeadInvalid</c>.</exception>
    public static AuditHead Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Trim().Split(':');
        if (parts[0] != Tag)
        {
            throw Invalid(text, $"it does not begin with '{Tag}:'");
        }

        if (parts.Length != 5)
        {
            throw Invalid(text, "it does not have five parts with colons between them");
        }

        if (!Guid.TryParseExact(parts[1], "D", out var store))
        {
            throw Invalid(text, "its second part is not the id of a store");
        }

        if (!long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw Invalid(text, "its third part is not the number of an entry");
        }

        if (!long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            || time > (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond)
        {
            throw Invalid(text, "its fourth part is not a time");
        }

        if (parts[4].Length != 2 * AuditChain.HashLength || !parts[4].All(char.IsAsciiHexDigit))
        {
            throw Invalid(text, $"its last part is not a hash of {2 * AuditChain.HashLength} hexadecimal digits");
        }

        return new AuditHead(store, number, DateTime.UnixEpoch.AddMilliseconds(time), parts[4].ToLowerInvariant());
    }

    private static PatientToolsException Invalid(string text, string problem) => new(
        "AuditHeadInvalid",
        $"This is not the head of an audit trail: {problem}. A head is a line as Get-PatientAuditHead gives it, such as {Tag}:<store>:<number>:<time>:<hash>.",
        ErrorKind.InvalidArgument)
    { Target = text };
}
