using PatientTools.Search.Text;

namespace PatientTools.Accounts;

/// <summary>What names, passwords and reasons have in common: whole characters, counted as people count them, not as UTF-16 does.</summary>
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
}
