using System.Buffers;
using System.Text;

namespace PatientTools.Patients;

/// <summary>The check digits of German health-care numbers.</summary>
public static class CheckDigits
{
    /// <summary>Whether the text has the form of a KVNR: a letter A to Z and nine digits.</summary>
    /// <param name="kvnr">The text.</param>
    /// <returns>Whether the form is right; the check digit is not looked at.</returns>
    public static bool IsKvnrFormat(ReadOnlySpan<char> kvnr) =>
        kvnr.Length == 10 && char.IsAsciiLetterUpper(kvnr[0]) && IsDigits(kvnr[1..]);

    /// <summary>
    /// The check digit of a KVNR (wiki.hl7.de, Krankenversichertennummer): the letter's two-digit rank and the next eight
    /// digits, weighted 1, 2, 1, 2, …, products reduced to their digit sums, added, modulo 10.
    /// </summary>
    /// <param name="letterAndDigits">The letter and at least the first eight digits.</param>
    /// <returns>The digit, 0 to 9.</returns>
    public static int Kvnr(ReadOnlySpan<char> letterAndDigits)
    {
        var rank = letterAndDigits[0] - 'A' + 1;
        var sum = (rank / 10) + DigitSum(rank % 10 * 2);
        for (var i = 1; i <= 8; i++)
        {
            var digit = letterAndDigits[i] - '0';
            sum += (i & 1) == 1 ? digit : DigitSum(digit * 2);
        }

        return sum % 10;
    }

    /// <summary>Whether a KVNR has the right form and check digit.</summary>
    /// <param name="kvnr">The text.</param>
    /// <returns>Whether both are right.</returns>
    public static bool IsValidKvnr(ReadOnlySpan<char> kvnr) => IsKvnrFormat(kvnr) && Kvnr(kvnr) == kvnr[9] - '0';

    /// <summary>
    /// The check digit of an IK (Arbeitsgemeinschaft Institutionskennzeichen): digits 3 to 8 weighted 2, 1, 2, 1, 2, 1,
    /// products reduced to their digit sums, added, modulo 10.
    /// </summary>
    /// <param name="digits">At least the first eight digits.</param>
    /// <returns>The digit, 0 to 9.</returns>
    public static int InstitutionNumber(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 2; i < 8; i++)
        {
            sum += DigitSum((digits[i] - '0') * (i % 2 == 0 ? 2 : 1));
        }

        return sum % 10;
    }

    /// <summary>Whether an IK has nine digits of which the last is right.</summary>
    /// <param name="number">The text.</param>
    /// <returns>Whether it is valid.</returns>
    public static bool IsValidInstitutionNumber(ReadOnlySpan<char> number) =>
        number.Length == 9 && IsDigits(number) && InstitutionNumber(number) == number[8] - '0';

    /// <summary>
    /// The check digit of a LANR (Richtlinie der Kassenärztlichen Bundesvereinigung nach § 75 Absatz 7 SGB V): the first six
    /// digits weighted 4, 9, 4, 9, 4, 9, added; what is missing to the next ten.
    /// </summary>
    /// <param name="digits">At least the first six digits.</param>
    /// <returns>The digit, 0 to 9.</returns>
    public static int Lanr(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < 6; i++)
        {
            sum += (digits[i] - '0') * (i % 2 == 0 ? 4 : 9);
        }

        return (10 - (sum % 10)) % 10;
    }

    /// <summary>Whether a LANR has nine digits of which the seventh is right; the last two tell the speciality.</summary>
    /// <param name="number">The text.</param>
    /// <returns>Whether it is valid.</returns>
    public static bool IsValidLanr(ReadOnlySpan<char> number) =>
        number.Length == 9 && IsDigits(number) && Lanr(number) == number[6] - '0';

    /// <inheritdoc cref="IsKvnrFormat(ReadOnlySpan{char})"/>
    internal static bool IsKvnrFormat(ReadOnlySpan<byte> kvnr) =>
        kvnr.Length == 10 && char.IsAsciiLetterUpper((char)kvnr[0]) && !kvnr[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <inheritdoc cref="IsValidKvnr(ReadOnlySpan{char})"/>
    internal static bool IsValidKvnr(ReadOnlySpan<byte> kvnr)
    {
        Span<char> text = stackalloc char[10];
        return TryWiden(kvnr, text) && IsValidKvnr(text);
    }

    /// <inheritdoc cref="IsValidInstitutionNumber(ReadOnlySpan{char})"/>
    internal static bool IsValidInstitutionNumber(ReadOnlySpan<byte> number)
    {
        Span<char> text = stackalloc char[9];
        return TryWiden(number, text) && IsValidInstitutionNumber(text);
    }

    /// <inheritdoc cref="IsValidLanr(ReadOnlySpan{char})"/>
    internal static bool IsValidLanr(ReadOnlySpan<byte> number)
    {
        Span<char> text = stackalloc char[9];
        return TryWiden(number, text) && IsValidLanr(text);
    }

    private static bool TryWiden(ReadOnlySpan<byte> utf8, Span<char> text) =>
        utf8.Length == text.Length && Ascii.ToUtf16(utf8, text, out _) == OperationStatus.Done;

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>Of a product of two digits, at most 18.</summary>
    private static int DigitSum(int product) => product < 10 ? product : product - 9;
}
