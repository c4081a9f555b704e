using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PatientTools.Accounts;

/// <summary>
/// Passwords as the store keeps them: a tag that says how the secret was made of the password, and bcrypt's hash of it. A
/// password of more than 72 bytes, or with a NUL, is hashed before, under a tag of its own, so that bcrypt cuts nothing.
/// </summary>
internal static class PasswordHash
{
    /// <summary>How many bytes bcrypt reads.</summary>
    private const int BcryptBytes = 72;

    /// <summary>The password itself is the secret.</summary>
    private const string Plain = "bcrypt";

    /// <summary>The secret is the password's HMAC-SHA-384 under <see cref="PreHashKey"/>, as base64: 64 characters, no NUL.</summary>
    private const string PreHashed = "hmac-sha384-bcrypt";

    /// <summary>
    /// No secret: it keeps the inner hash apart from bare SHA-384 hashes of the same password that were stolen elsewhere, which
    /// could be tried here as they are. It belongs to the tag and never changes.
    /// </summary>
    private static ReadOnlySpan<byte> PreHashKey => "PatientTools password 1"u8;

    /// <summary>Hashes a password that has been checked.</summary>
    public static string Of(string password, int cost, IPasswordHasher hasher)
    {
        var (tag, secret) = SecretOf(password);
        return tag + hasher.Hash(secret, cost);
    }

    /// <summary>Whether a password is the one; takes as long as a hash at the given cost, whatever cost the stored one has, and for no stored one, too.</summary>
    /// <param name="password">The password.</param>
    /// <param name="stored">The tagged hash; null for an account that is not there.</param>
    /// <param name="cost">The cost at which hashes are made at present, not less than that of any stored one.</param>
    /// <param name="hasher">bcrypt.</param>
    public static bool Verify(string password, string? stored, int cost, IPasswordHasher hasher)
    {
        var (tag, secret) = PasswordRules.IsPossible(password) ? SecretOf(password) : ("", "");
        if (stored is null || !stored.StartsWith(tag + "$", StringComparison.Ordinal))
        {
            hasher.Hash(secret, cost);
            return false;
        }

        var isRight = hasher.Verify(secret, stored[tag.Length..]);

        // Each step of cost doubles the work: c, c, c + 1, … up to the step below the wanted cost are together as much as that.
        for (var missing = CostOf(stored); missing < cost; missing++)
        {
            hasher.Hash(secret, missing);
        }

        return isRight;
    }

    /// <summary>The cost at which a stored hash was made; 0 when it cannot be read.</summary>
    public static int CostOf(string stored) =>
        stored.Split('$') is [_, _, var cost, ..] && int.TryParse(cost, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static (string Tag, string Secret) SecretOf(string password)
    {
        var normal = PasswordRules.Normal(password);
        var bytes = Encoding.UTF8.GetBytes(normal);
        return bytes.Length <= BcryptBytes && !bytes.Contains((byte)0)
            ? (Plain, normal)
            : (PreHashed, Convert.ToBase64String(HMACSHA384.HashData(PreHashKey, bytes)));
    }
}
