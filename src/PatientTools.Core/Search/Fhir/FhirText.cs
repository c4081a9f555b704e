using System.Globalization;
using System.Text;

namespace PatientTools.Search.Fhir;

/// <summary>How values are written in the query of a FHIR search (hl7.org/fhir/R4/search.html#escaping).</summary>
internal static class FhirText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Takes percent-encoding off; a plus is a blank.</summary>
    /// <param name="text">A name or a value of the query.</param>
    /// <returns>The text; null when it is not encoded UTF-8.</returns>
    public static string? Decode(string text)
    {
        using var bytes = new MemoryStream();
        try
        {
            for (var i = 0; i < text.Length;)
            {
                if (text[i] == '%')
                {
                    if (i + 2 >= text.Length || !byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                    {
                        return null;
                    }

                    bytes.WriteByte(value);
                    i += 3;
                    continue;
                }

                var end = text.AsSpan(i).IndexOf('%') is var length and >= 0 ? i + length : text.Length;
                bytes.Write(Strict.GetBytes(text[i..end].Replace('+', ' ')));
                i = end;
            }

            return Strict.GetString(bytes.ToArray());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Splits at a separator that no backslash escapes. Escapes stay.</summary>
    /// <param name="text">The text.</param>
    /// <param name="separator">The separator.</param>
    /// <param name="most">How many parts at most; the last one takes the rest.</param>
    /// <returns>The parts.</returns>
    public static IReadOnlyList<string> Split(string text, char separator, int most = int.MaxValue)
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length && parts.Count + 1 < most; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == separator)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    /// <summary>Takes the backslashes off <c>\,</c> <c>\|</c> <c>\$</c> and <c>\\</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text; null when a backslash stands before something else.</returns>
    public static string? Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && (++i == text.Length || text[i] is not (',' or '|' or '$' or '\\')))
            {
                return null;
            }

            plain.Append(text[i]);
        }

        return plain.ToString();
    }
}
