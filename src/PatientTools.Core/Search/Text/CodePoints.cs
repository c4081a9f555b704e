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

    /// <summary>The last code point of a text that is not empty.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">How many characters it takes: 1 or 2.</param>
    internal static int ReadLast(ReadOnlySpan<char> text, out int width)
    {
        var isPair = text.Length > 1 && char.IsLowSurrogate(text[^1]) && char.IsHighSurrogate(text[^2]);
        width = isPair ? 2 : 1;
        return isPair ? char.ConvertToUtf32(text[^2], text[^1]) : text[^1];
    }

    /// <summary>Compares by code points: the order of the bytes in UTF-8.</summary>
    internal static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        for (int i = 0, j = 0; i < left.Length && j < right.Length;)
        {
            if (Read(left, ref i).CompareTo(Read(right, ref j)) is var order and not 0)
                return order;
        }

        return left.Length.CompareTo(right.Length);
    }
}
