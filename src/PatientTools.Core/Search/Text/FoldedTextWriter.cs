using System.Buffers;

namespace PatientTools.Search.Text;

/// <summary>
/// Writes folded text from left to right, looking only at what it has written: that is what makes the fold of a prefix a
/// prefix of the fold. The rules are those of <see cref="TextFolding"/>.
/// </summary>
internal ref struct FoldedTextWriter(Span<char> buffer)
{
    /// <summary>For each ASCII character its letter in small or its digit, a space where it separates, 0 where it vanishes.</summary>
    private static readonly byte[] Ascii = ReadAscii();

    private Span<char> buffer = buffer;
    private char[]? rented;
    private int length;
    private char last;
    private bool separated;
    private bool afterUmlaut;
    private bool hasOtherScripts;

    /// <summary>Folds text and appends it.</summary>
    internal void Append(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (text[i] >= Ascii.Length)
            {
                Append(CodePoints.Read(text, ref i));
                continue;
            }

            var folded = (char)Ascii[text[i++]];
            if (folded > ' ')
                Write(folded);
            else if (folded == ' ')
                Separate();
        }
    }

    /// <summary>Appends a part of a pattern that stands for text unknown.</summary>
    /// <param name="wildcard">A star, a question mark or a set in brackets.</param>
    internal void AppendWildcard(ReadOnlySpan<char> wildcard)
    {
        WriteSeparator();
        foreach (var character in wildcard)
            WriteRaw(character);

        last = '*';
        afterUmlaut = false;
    }

    /// <summary>The folded text; gives borrowed memory back, so that the writer is at its end.</summary>
    internal string Complete()
    {
        var text = buffer[..length].ToString();
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);

        return hasOtherScripts ? UnicodeNormalization.ToNfc(text) : text;
    }

    private void Append(int codePoint)
    {
        var letters = LetterFolding.Of(codePoint);
        if (letters is null)
        {
            Span<char> itself = stackalloc char[2];
            hasOtherScripts = true;
            foreach (var character in itself[..CodePoints.Write(codePoint, itself)])
                Write(character);
        }
        else
        {
            foreach (var character in letters)
            {
                if (character == ' ')
                    Separate();
                else
                    Write(character);
            }
        }
    }

    private void Separate()
    {
        separated = length > 0;
        last = ' ';
        afterUmlaut = false;
    }

    private void Write(char character)
    {
        if (character == 'e' && afterUmlaut)
            return;

        WriteSeparator();
        hasOtherScripts |= character >= LetterFolding.FirstOfOtherScripts;
        afterUmlaut = character is 'a' or 'o' || (character == 'u' && !KeepsItsE(last));
        last = character;
        WriteRaw(character);
    }

    /// <summary>
    /// Whether an e behind a u stays, by the character before the u: after a vowel and q it is no umlaut (Bauer, Neue,
    /// Quelle), and after a wildcard nobody knows.
    /// </summary>
    private static bool KeepsItsE(char before) => before is 'a' or 'e' or 'i' or 'o' or 'u' or 'q' or '*';

    private void WriteSeparator()
    {
        if (separated)
            WriteRaw(' ');

        separated = false;
    }

    private void WriteRaw(char character)
    {
        if (length == buffer.Length)
            Grow();

        buffer[length++] = character;
    }

    private void Grow()
    {
        var larger = ArrayPool<char>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger);
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);

        buffer = rented = larger;
    }

    private static byte[] ReadAscii()
    {
        var ascii = new byte[0x80];
        for (var i = 0; i < ascii.Length; i++)
            ascii[i] = LetterFolding.Of(i) is [var only] ? (byte)only : (byte)0;

        return ascii;
    }
}
