using PatientTools.Accounts;

namespace PatientTools.Adapters.Passwords;

/// <summary>bcrypt by BCrypt.Net: its plain form, which every other implementation of bcrypt reads, too.</summary>
internal sealed class BcryptHasher : IPasswordHasher
{
    /// <inheritdoc/>
    public string Hash(string secret, int cost) => BCrypt.Net.BCrypt.HashPassword(secret, cost);

    /// <inheritdoc/>
    public bool Verify(string secret, string hash)
    {
        try
        {
            return IsHash(hash) && BCrypt.Net.BCrypt.Verify(secret, hash);
        }
        catch (Exception e) when (e is BCrypt.Net.SaltParseException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Whether a text is a hash as <see cref="Hash"/> makes them: anything else makes the package fail in several ways.</summary>
    private static bool IsHash(string hash) =>
        hash is ['$', '2', 'a' or 'b' or 'x' or 'y', '$', >= '0' and <= '3', >= '0' and <= '9', '$', .. { Length: 53 } rest]
        && rest.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/');
}
