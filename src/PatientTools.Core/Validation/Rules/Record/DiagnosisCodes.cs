using System.Buffers;
using System.Text;

namespace PatientTools.Validation.Rules.Record;

/// <summary>
/// The shape of codes of ICD-10-GM. Source: BfArM, ICD-10-GM; the shape <c>^[A-Z][0-9][A-Z0-9](\.?[A-Z0-9]{0,4})?$</c> that the
/// German value sets are checked with.
/// </summary>
internal static class DiagnosisCodes
{
    private const string Certainties = "AGVZ";
    private const string Marks = "†*!+#";

    private static readonly SearchValues<byte> DigitsAndSeparators = SearchValues.Create(". 0123456789"u8);

    /// <summary>Whether a text has the shape of a code.</summary>
    /// <param name="code">UTF-8.</param>
    /// <returns>Whether it has, and carries no certainty of a diagnosis: all letters behind the first are the classification's own.</returns>
    public static bool IsCode(ReadOnlySpan<byte> code)
    {
        if (code.Length < 3 || !IsLetter(code[0]) || !IsDigit(code[1]) || !IsLetterOrDigit(code[2]))
        {
            return false;
        }

        var rest = code[3..];
        if (!rest.IsEmpty && rest[0] == (byte)'.')
        {
            rest = rest[1..];
        }

        if (rest.Length > 4)
        {
            return false;
        }

        foreach (var b in rest)
        {
            if (!IsLetterOrDigit(b))
            {
                return false;
            }
        }

        return !HasCertainty(code);
    }

    /// <summary>Whether a code carries the certainty of the diagnosis: A, G, V or Z behind digits alone.</summary>
    /// <param name="code">UTF-8.</param>
    /// <returns>Whether it does.</returns>
    public static bool HasCertainty(ReadOnlySpan<byte> code) =>
        code.Length > 3 && code[^1] is (byte)'A' or (byte)'G' or (byte)'V' or (byte)'Z' && !code[1..^1].ContainsAnyExcept(DigitsAndSeparators);

    /// <summary>The code as it probably should be.</summary>
    /// <param name="text">What stands there.</param>
    /// <param name="isBare">Whether only certainty or marks were taken off.</param>
    /// <returns>A code of the right shape; null when nobody can say.</returns>
    public static string? Mended(string text, out bool isBare)
    {
        var bare = text.TrimEnd([.. Marks, ' ']);
        bare = bare.Length > 3 && Certainties.Contains(bare[^1], StringComparison.Ordinal) ? bare[..^1].TrimEnd([.. Marks, ' ']) : bare;
        isBare = bare != text && IsCode(Encoding.UTF8.GetBytes(bare));
        if (isBare)
        {
            return bare;
        }

        var code = string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant().Replace(',', '.').TrimEnd('.', '-').TrimEnd([.. Marks]);
        if (code.Length >= 3)
        {
            // The letter O typed for a zero.
            code = code[..1] + code[1..].Replace('O', '0');
        }

        return code != text && IsCode(Encoding.UTF8.GetBytes(code)) ? code : null;
    }

    private static bool IsLetter(byte b) => b is >= (byte)'A' and <= (byte)'Z';

    private static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    private static bool IsLetterOrDigit(byte b) => IsLetter(b) || IsDigit(b);
}
