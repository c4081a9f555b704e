using PatientTools.Search.Text;

namespace PatientTools.Accounts;

/// <summary>What names, passwords, reasons and descriptions have in common: whole characters, counted as people count them, not as UTF-16 does.</summary>
internal static class PlainText
{
    /// <summary>Whether every surrogate has its partner: half a character has no form in UTF-8, so that different texts would become one.</summary>
    public static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (CodePoints.Read(text, ref i) is >= 0xD800 and <= 0xDFFF)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many characters a text has.</summary>
    public static int Length(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; count++)
        {
            CodePoints.Read(text, ref i);
        }

        return count;
    }

    /// <summary>Whether a text is a line that people can read and that is shown as it is: something in it, not too long, nothing that breaks lines or turns the direction of writing.</summary>
    public static bool IsLine(string text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest * 2 && Length(text) <= longest && IsWhole(text) && !text.Any(IsMisleading);

    /// <summary>Control characters, line breaks of Unicode, and those by which one line is shown as another (Unicode TR 36, 3.1 Bidirectional Text Spoofing).</summary>
    private static bool IsMisleading(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
