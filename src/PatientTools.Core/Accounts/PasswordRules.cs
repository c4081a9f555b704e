using PatientTools.Search.Text;

namespace PatientTools.Accounts;

/// <summary>
/// What a new password has to be, as NIST SP 800-63B-4 has it: long enough, not a common one, and otherwise as people like;
/// no rules of composition. No message holds the password.
/// </summary>
internal static class PasswordRules
{
    /// <summary>How many characters a password has at most.</summary>
    public const int Longest = 1024;

    /// <summary>UTF-16 units that so many characters take at most in any spelling: what is longer is not even normalised.</summary>
    private const int LongestSpelling = Longest * 8;

    private static readonly Lazy<HashSet<string>> Common = new(ReadCommon);

    /// <summary>Makes sure that an account can have a password.</summary>
    /// <param name="password">The password.</param>
    /// <param name="account">The account's name.</param>
    /// <param name="minimumLength">How many characters it has at least.</param>
    /// <exception cref="PatientToolsException"><c>PasswordTooShort</c>, <c>PasswordTooCommon</c>, <c>PasswordInvalid</c>.</exception>
    public static void Check(string password, string account, int minimumLength)
    {
        if (!IsPossible(password) || PlainText.Length(Normal(password)) > Longest)
        {
            throw Refused("PasswordInvalid", $"A password has at most {Longest} characters, each of them whole Unicode.");
        }

        var normal = Normal(password);
        if (PlainText.Length(normal) < minimumLength)
        {
            throw Refused("PasswordTooShort", $"The password is too short: this store wants at least {minimumLength} characters.");
        }

        var key = AccountName.KeyOf(normal);
        if (key == AccountName.KeyOf(account) || Common.Value.Contains(key))
        {
            throw Refused("PasswordTooCommon", "The password is one of those that are tried first: a common one, or the account's own name. Choose another one, such as some words that do not belong together.");
        }
    }

    /// <summary>Whether a text can be a password at all; of what cannot, nothing is computed.</summary>
    public static bool IsPossible(string password) => password.Length <= LongestSpelling && PlainText.IsWhole(password);

    /// <summary>
    /// The password as it is hashed: in normal form C, as OpaqueString (RFC 8265) wants it, so that keyboards that compose letters
    /// and those that do not write the same password. By tables of our own: a machine without ICU normalises nothing.
    /// </summary>
    public static string Normal(string password) => UnicodeNormalization.ToNfc(password);

    private static HashSet<string> ReadCommon()
    {
        using var reader = new StreamReader(typeof(PasswordRules).Assembly.GetManifestResourceStream("PatientTools.Accounts.common-passwords.txt")!);
        var found = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                found.Add(AccountName.KeyOf(line));
            }
        }

        return found;
    }

    private static PatientToolsException Refused(string errorId, string message) => new(errorId, message, ErrorKind.InvalidArgument);
}
