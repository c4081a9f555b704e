using PatientTools.Accounts;

namespace PatientTools.Core.Tests.Accounts;

/// <summary>A hasher that counts the work it would be.</summary>
internal sealed class CountingHasher : IPasswordHasher
{
    public long Work { get; private set; }

    public string Hash(string secret, int cost)
    {
        Work += 1L << cost;
        return FormattableString.Invariant($"$2a${cost:00}${secret}");
    }

    public bool Verify(string secret, string hash)
    {
        Work += 1L << PasswordHash.CostOf("bcrypt" + hash);
        return hash.EndsWith("$" + secret, StringComparison.Ordinal);
    }
}
