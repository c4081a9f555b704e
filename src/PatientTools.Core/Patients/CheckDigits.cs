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
            sum += DigitSum((letterAndDigits[i] - '0') * (i % 2 == 1 ? 1 : 2));
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

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static int DigitSum(int product) => (product / 10) + (product % 10);
}
