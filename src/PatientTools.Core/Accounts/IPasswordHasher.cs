namespace PatientTools.Accounts;

/// <summary>bcrypt, which a package brings. Safe to use from many threads; slow on purpose.</summary>
public interface IPasswordHasher
{
    /// <summary>Hashes a secret with a new random salt.</summary>
    /// <param name="secret">The secret: at most 72 bytes of UTF-8 and no NUL, so that bcrypt cuts nothing.</param>
    /// <param name="cost">The logarithm of the rounds, 4 to 31.</param>
    /// <returns>The hash in bcrypt's own form, which holds cost and salt.</returns>
    string Hash(string secret, int cost);

    /// <summary>Whether a hash is that of a secret.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="hash">The hash.</param>
    /// <returns>Whether it is; false also for a hash that cannot be read.</returns>
    bool Verify(string secret, string hash);
}
