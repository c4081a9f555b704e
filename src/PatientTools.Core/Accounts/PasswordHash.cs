namespace PatientTools.Accounts;

/// <summary>
/// Passwords as the store keeps them: a tag that says how the secret was made of the password, and bcrypt's hash of it. A
/// password of more than 72 bytes, or with a NUL, is hashed before, under a tag of its own, so that bcrypt cuts nothing.
/// </summary>
internal static class PasswordHash
{
    /// <summary>Hashes a password that has been checked.</summary>
    public static string Of(string password, int cost, IPasswordHasher hasher) => throw new NotSupportedException();

    /// <summary>Whether a password is the one; takes as long as a hash at the given cost, whatever cost the stored one has, and for no stored one, too.</summary>
    /// <param name="password">The password.</param>
    /// <param name="stored">The tagged hash; null for an account that is not there.</param>
    /// <param name="cost">The cost at which hashes are made at present.</param>
    /// <param name="hasher">bcrypt.</param>
    public static bool Verify(string password, string? stored, int cost, IPasswordHasher hasher) => throw new NotSupportedException();

    /// <summary>The cost at which a stored hash was made.</summary>
    public static int CostOf(string stored) => throw new NotSupportedException();
}
