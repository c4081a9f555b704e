using System.Text;

namespace PatientTools.Interchange;

/// <summary>Tells the encoding of text, and reads UTF-8 so that no stray byte is lost.</summary>
internal static class TextEncodings
{
    /// <summary>Windows-1252, of which ISO-8859-1 is a part as far as text goes.</summary>
    public static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>
    /// UTF-8 in which a byte that is not of it counts as Windows-1252: files put together from several sources hold both, and
    /// a replacement character would lose the value.
    /// </summary>
    public static readonly Encoding ForgivingUtf8 = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new Windows1252Fallback());

    private static readonly Encoding[] Marked = [new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true)];

    /// <summary>The encoding that the byte order mark tells; null without one.</summary>
    public static Encoding? FromMark(ReadOnlySpan<byte> head)
    {
        foreach (var encoding in Marked)
        {
            if (head.StartsWith(encoding.Preamble))
            {
                return encoding;
            }
        }

        return null;
    }

    /// <summary>UTF-16 without a mark: every other byte of Western text is zero.</summary>
    public static Encoding? FromZeros(ReadOnlySpan<byte> head)
    {
        int even = 0, odd = 0;
        var sample = head[..Math.Min(head.Length & ~1, 256)];
        for (var i = 0; i < sample.Length; i += 2)
        {
            even += sample[i] == 0 ? 1 : 0;
            odd += sample[i + 1] == 0 ? 1 : 0;
        }

        var most = sample.Length / 2 * 3 / 4;
        return sample.Length < 4 ? null
            : odd > most && even == 0 ? Marked[1]
            : even > most && odd == 0 ? Marked[2]
            : null;
    }

    /// <summary>The encoding of text: told by its mark, its zeros, or by whether it is UTF-8 as far as it can be seen.</summary>
    public static Encoding Recognise(ReadOnlySpan<byte> head, bool isWhole)
    {
        if ((FromMark(head) ?? FromZeros(head)) is { } told)
        {
            return told is UTF8Encoding ? ForgivingUtf8 : told;
        }

        return IsUtf8(head, isWhole ? 0 : 3) ? ForgivingUtf8 : Windows1252;
    }

    /// <summary>Whether it is UTF-8 but for some last bytes, of a character cut off where only the start of a file is seen.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> head, int cutOff)
    {
        for (var cut = 0; cut <= cutOff && cut <= head.Length; cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(head[..^cut]))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Windows1252Fallback : DecoderFallback
    {
        public override int MaxCharCount => 4;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

        private sealed class Buffer : DecoderFallbackBuffer
        {
            private string _text = "";
            private int _at;

            public override int Remaining => _text.Length - _at;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                _text = Windows1252.GetString(bytesUnknown);
                _at = 0;
                return true;
            }

            public override char GetNextChar() => _at < _text.Length ? _text[_at++] : '\0';

            public override bool MovePrevious()
            {
                if (_at == 0)
                {
                    return false;
                }

                _at--;
                return true;
            }
        }
    }
}
