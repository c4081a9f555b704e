using PatientTools.Accounts;

namespace PatientTools.Adapters.Tests.Access;

/// <summary>Hashes in no time, so that tests of what comes behind a login need not wait for it.</summary>
internal sealed class QuickHasher : IPasswordHasher
{
    public string Hash(string secret, int cost) => $"$2b${cost:00}${secret}";

    public bool Verify(string secret, string hash) => hash.Split('$')[^1] == secret;
}
