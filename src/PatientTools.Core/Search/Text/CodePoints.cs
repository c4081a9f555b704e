namespace PatientTools.Search.Text;

/// <summary>Text as code points, where a surrogate without its partner is a code point of its own.</summary>
internal static class CodePoints
{
    /// <summary>The code point at an index.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">The index; it moves behind the code point.</param>
    internal static int Read(ReadOnlySpan<char> text, ref int index)
    {
        var first = text[index++];
        return char.IsHighSurrogate(first) && index < text.Length && char.IsLowSurrogate(text[index])
            ? char.ConvertToUtf32(first, text[index++])
            : first;
    }

    /// <summary>Writes a code point and tells how many characters it took: 1 or 2.</summary>
    internal static int Write(int codePoint, Span<char> target)
    {
        if (codePoint <= char.MaxValue)
        {
            target[0] = (char)codePoint;
            return 1;
        }

        target[0] = (char)(0xD800 + ((codePoint - 0x10000) >> 10));
        target[1] = (char)(0xDC00 + ((codePoint - 0x10000) & 0x3FF));
        return 2;
    }
}
