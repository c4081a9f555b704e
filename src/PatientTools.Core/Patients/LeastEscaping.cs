using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace PatientTools.Patients;

/// <summary>
/// Escapes what JSON demands and nothing else (RFC 8259 § 7): quotation mark, backslash and the control characters below
/// U+0020. The framework's most relaxed encoder escapes emoji and no-break spaces too.
/// </summary>
internal sealed unsafe class LeastEscaping : JavaScriptEncoder
{
    private LeastEscaping()
    {
    }

    public static LeastEscaping Instance { get; } = new();

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => 6;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\';

    /// <inheritdoc/>
    /// <exception cref="InvalidDocumentException"><c>InvalidJson</c> where half of a surrogate pair stands, which the framework would replace in silence.</exception>
    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var all = new ReadOnlySpan<char>(text, textLength);
        var first = -1;
        for (var i = 0; i < all.Length; i++)
        {
            if (char.IsSurrogate(all[i]))
            {
                i += Rune.DecodeFromUtf16(all[i..], out _, out _) == OperationStatus.Done
                    ? 1
                    : throw new InvalidDocumentException("InvalidJson", "A text holds half of a surrogate pair, which is no character.");
            }
            else if (first < 0 && WillEncode(all[i]))
            {
                first = i;
            }
        }

        return first;
    }

    /// <inheritdoc/>
    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var destination = new Span<char>(buffer, bufferLength);
        var escape = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\\u{unicodeScalar:X4}"),
        };
        var fits = escape.TryCopyTo(destination);
        numberOfCharactersWritten = fits ? escape.Length : 0;
        return fits;
    }
}
