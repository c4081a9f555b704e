using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using PatientTools.Backups;

namespace PatientTools.Core.Tests.Backups;

/// <summary>The sums by which a proof holds what was restored against what should have been.</summary>
public class BackupDigestTests
{
    private static readonly string[] Lines = [.. Enumerable.Range(0, 500).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"key":{{i}}}"""))];

    [Fact]
    public void It_is_the_sum_of_the_hashes_whatever_their_order()
    {
        var sum = Lines.Aggregate(BigInteger.Zero, (total, line) => total + new BigInteger(SHA256.HashData(Encoding.UTF8.GetBytes(line)), isUnsigned: true, isBigEndian: true)) % BigInteger.Pow(2, 256);
        var digest = Of(Lines);

        Assert.Equal(sum, ((BigInteger)digest.High << 128) + (BigInteger)digest.Low);
        Assert.Equal(Lines.Length, digest.Lines);
        Assert.Equal(digest, Of(Lines.Reverse()));
        Assert.Equal(digest, Of(Lines[..100]) + Of(Lines[100..]));
        Assert.Equal(digest, digest + default(BackupDigest));
    }

    [Fact]
    public void A_line_that_is_lost_twice_or_another_one_shows()
    {
        var digest = Of(Lines);
        for (var i = 0; i < Lines.Length; i += 50)
        {
            Assert.NotEqual(digest, Of([.. Lines[..i], .. Lines[(i + 1)..]]));
            Assert.NotEqual(digest, Of([.. Lines, Lines[i]]));
            Assert.NotEqual(digest, Of([.. Lines[..i], Lines[i] + " ", .. Lines[(i + 1)..]]));
            Assert.NotEqual(digest, Of([.. Lines[..i], Lines[(i + 1) % Lines.Length], .. Lines[(i + 1)..]]));
        }
    }

    [Fact]
    public void Kinds_are_summed_apart()
    {
        var digests = new BackupDigests();
        digests.Add(BackupMemberKind.Settings, Of(Lines[..1]));
        digests.Add(BackupMemberKind.AuditEvents, Of(Lines[1..2]));
        digests.Add(BackupMemberKind.AuditEvents, Of(Lines[2..3]));

        Assert.Equal(Of(Lines[..1]), digests[BackupMemberKind.Settings]);
        Assert.Equal(Of(Lines[1..3]), digests[BackupMemberKind.AuditEvents]);
        Assert.Equal(default, digests[BackupMemberKind.Patients]);
    }

    private static BackupDigest Of(IEnumerable<string> lines) => lines.Aggregate(default(BackupDigest), (sum, line) => sum + BackupDigest.Of(Encoding.UTF8.GetBytes(line)));
}
