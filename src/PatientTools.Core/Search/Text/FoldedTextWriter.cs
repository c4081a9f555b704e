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

    private Span<char> _buffer = buffer;
    private char[]? _rented;
    private int _length;
    private char _last;
    private bool _separated;
    private bool _afterUmlaut;
    private bool _hasOtherScripts;

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

        _last = '*';
        _afterUmlaut = false;
    }

    /// <summary>The folded text; gives borrowed memory back, so that the writer is at its end.</summary>
    internal string Complete()
    {
        var text = _buffer[.._length].ToString();
        if (_rented is not null)
            ArrayPool<char>.Shared.Return(_rented);

        return _hasOtherScripts ? WildcardSyntax.ToNfc(text) : text;
    }

    private void Append(int codePoint)
    {
        var letters = LetterFolding.Of(codePoint);
        if (letters is null)
        {
            Span<char> itself = stackalloc char[2];
            _hasOtherScripts = true;
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
        _separated = _length > 0;
        _last = ' ';
        _afterUmlaut = false;
    }

    private void Write(char character)
    {
        if (character == 'e' && _afterUmlaut)
            return;

        WriteSeparator();
        _hasOtherScripts |= character >= LetterFolding.FirstOfOtherScripts;
        _afterUmlaut = character is 'a' or 'o' || (character == 'u' && !KeepsItsE(_last));
        _last = character;
        WriteRaw(character);
    }

    /// <summary>
    /// Whether an e behind a u stays, by the character before the u: after a vowel and q it is no umlaut (Bauer, Neue,
    /// Quelle), and after a wildcard nobody knows.
    /// </summary>
    private static bool KeepsItsE(char before) => before is 'a' or 'e' or 'i' or 'o' or 'u' or 'q' or '*';

    private void WriteSeparator()
    {
        if (_separated)
            WriteRaw(' ');

        _separated = false;
    }

    private void WriteRaw(char character)
    {
        if (_length == _buffer.Length)
            Grow();

        _buffer[_length++] = character;
    }

    private void Grow()
    {
        var larger = ArrayPool<char>.Shared.Rent(_buffer.Length * 2);
        _buffer.CopyTo(larger);
        if (_rented is not null)
            ArrayPool<char>.Shared.Return(_rented);

        _buffer = _rented = larger;
    }

    private static byte[] ReadAscii()
    {
        var ascii = new byte[0x80];
        for (var i = 0; i < ascii.Length; i++)
            ascii[i] = LetterFolding.Of(i) is [var only] ? (byte)only : (byte)0;

        return ascii;
    }
}
