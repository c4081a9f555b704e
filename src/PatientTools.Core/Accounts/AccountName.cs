using System.Globalization;
using PatientTools.Search.Text;

namespace PatientTools.Accounts;

/// <summary>Names of accounts: 1 to 64 characters, none of them invisible, no white space around.</summary>
internal static class AccountName
{
    private const int Longest = 64;

    /// <summary>The name as it is compared: normalised and without case.</summary>
    public static string KeyOf(string name) => UnicodeNormalization.ToNfc(CaseFold.Of(UnicodeNormalization.ToNfc(name)));

    /// <summary>Makes sure that a name can be used.</summary>
    /// <returns>The name, normalised.</returns>
    /// <exception cref="PatientToolsException"><c>AccountNameInvalid</c>.</exception>
    public static string Checked(string name) => IsPossible(name)
        ? UnicodeNormalization.ToNfc(name)
        : throw new PatientToolsException(
            "AccountNameInvalid",
            $"The name of an account has 1 to {Longest} characters, none of them a control or format character, and no white space at its ends.",
            ErrorKind.InvalidArgument);

    /// <summary>Whether an account can have a name.</summary>
    public static bool IsPossible(string name) =>
        name.Length is > 0 and <= Longest * 2 && PlainText.Length(name) <= Longest && PlainText.IsWhole(name)
        && !char.IsWhiteSpace(name[0]) && !char.IsWhiteSpace(name[^1])
        && !name.EnumerateRunes().Any(rune => System.Text.Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
