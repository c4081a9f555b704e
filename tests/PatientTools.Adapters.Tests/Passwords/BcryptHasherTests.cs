using PatientTools.Adapters.Passwords;

namespace PatientTools.Adapters.Tests.Passwords;

public class BcryptHasherTests
{
    private static readonly BcryptHasher Hasher = new();

    /// <summary>From OpenBSD's and Solar Designer's test vectors of bcrypt (openwall.com/crypt): other implementations have made these.</summary>
    [Theory]
    [InlineData("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK")]
    [InlineData("", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy")]
    public void A_hash_made_elsewhere_is_known(string secret, string hash)
    {
        Assert.True(Hasher.Verify(secret, hash));
        Assert.False(Hasher.Verify(secret + "x", hash));
    }

    [Fact]
    public void Every_one_of_72_bytes_counts()
    {
        var secret = string.Concat(Enumerable.Repeat("ä", 36));
        var hash = Hasher.Hash(secret, 4);
        Assert.StartsWith("$2a$04$", hash, StringComparison.Ordinal);
        Assert.True(Hasher.Verify(secret, hash));
        Assert.False(Hasher.Verify(secret[..35] + "ö", hash));
        Assert.NotEqual(hash, Hasher.Hash(secret, 4));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("$2a$")]
    [InlineData("$2a$99$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$2a$00$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$2a$39$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$1a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe")]
    [InlineData("$2a$05$CCCC-CCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    public void What_is_no_hash_is_nobodys(string hash) => Assert.False(Hasher.Verify("U*U", hash));
}
