using System.Security.Cryptography;
using System.Text;
using PatientTools.Backups;

namespace PatientTools.Core.Tests.Backups.Archive;

public sealed class EncryptionTests : IDisposable
{
    private readonly SmallBackup _small = new();

    private TestKeys Keys => new(_small.Folder);

    public static TheoryData<string> Kinds => TestKeys.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Whoever_has_the_key_reads_what_was_written(string kind)
    {
        var (recipient, key) = Keys.Make(kind);

        var path = _small.Write("a.ptbackup", recipient);

        Assert.Equal(SmallBackup.Lines, SmallBackup.Read(path, key));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("rsa")]
    [InlineData("P-256")]
    public void Without_a_key_or_with_another_one_nothing_but_the_header_is_read(string kind)
    {
        var (recipient, _) = Keys.Make(kind);
        var path = _small.Write("a.ptbackup", recipient);

        Assert.Equal("BackupKeyRequired", Assert.Throws<PatientToolsException>(() => BackupReader.Open(path, null)).ErrorId);
        foreach (var other in new[] { BackupKey.OfPassword("another password"), Keys.Make("rsa").Key, Keys.Make("P-256").Key })
        {
            Assert.Equal("BackupKeyWrong", Assert.Throws<PatientToolsException>(() => BackupReader.Open(path, other)).ErrorId);
        }

        var heading = BackupReader.ReadHeading(path);
        Assert.Equal(SmallBackup.Header, heading.Header);
        Assert.True(heading.IsEncrypted);
        Assert.Null(heading.Manifest);
    }

    [Fact]
    public void The_name_of_an_encrypted_backup_is_the_same_with_and_without_its_key()
    {
        var path = _small.Write("a.ptbackup", BackupRecipient.OfPassword(TestKeys.Secret));

        using var reader = BackupReader.Open(path, BackupKey.OfPassword(TestKeys.Secret));
        Assert.Equal(reader.Hash, BackupReader.ReadHeading(path).Hash);
    }

    [Fact]
    public void No_text_of_a_member_or_of_the_manifest_is_readable()
    {
        var path = _small.Write("a.ptbackup", BackupRecipient.OfPassword(TestKeys.Secret));

        var text = Encoding.Latin1.GetString(File.ReadAllBytes(path));
        Assert.DoesNotContain("manifest", text, StringComparison.Ordinal);
        Assert.DoesNotContain("patients", text, StringComparison.Ordinal);
        Assert.Contains("\"storeId\": \"0198aaaa-", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_means_the_same_however_its_letters_are_composed()
    {
        var path = _small.Write("a.ptbackup", BackupRecipient.OfPassword("für Ölmühlen"));

        Assert.Equal(SmallBackup.Lines, SmallBackup.Read(path, BackupKey.OfPassword("fu\u0308r O\u0308lmu\u0308hlen")));
    }

    [Fact]
    public void Content_longer_than_a_chunk_is_read_from_many_threads()
    {
        var random = new Random(1);
        var lines = Enumerable.Range(0, 300).Select(i => (BackupMemberKind.Patients, Convert.ToHexString(SmallBackup.Noise(random, 20_000)))).ToList();
        var path = _small.Write("a.ptbackup", BackupRecipient.OfPassword(TestKeys.Secret), memberBytes: 100_000, lines: lines);
        Assert.True(new FileInfo(path).Length > 4 << 20);

        using var reader = BackupReader.Open(path, BackupKey.OfPassword(TestKeys.Secret));
        var read = new string[reader.Manifest.Members.Count];
        Parallel.For(0, 4 * read.Length, i => read[i % read.Length] = Encoding.UTF8.GetString(reader.Read(reader.Manifest.Members[i % read.Length]).Span));
        Assert.Equal(string.Concat(lines.Select(line => line.Item2 + "\n")), string.Concat(read));
    }

    [Fact]
    public void Short_passwords_are_refused() =>
        Assert.Equal("BackupPasswordTooShort", Assert.Throws<PatientToolsException>(() => BackupRecipient.OfPassword("1234567")).ErrorId);

    [Fact]
    public void Keys_that_are_none_weak_or_private_are_refused()
    {
        using var weak = RSA.Create(1024);
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        using var rsa = RSA.Create(2048);
        foreach (var text in new[] { "", "no key", weak.ExportSubjectPublicKeyInfoPem(), foreign.ExportSubjectPublicKeyInfoPem(), rsa.ExportPkcs8PrivateKeyPem() })
        {
            Assert.Equal("BackupKeyInvalid", Assert.Throws<PatientToolsException>(() => BackupRecipient.OfPublicKey(Keys.File("k.pem", text))).ErrorId);
        }

        Assert.Equal("BackupKeyInvalid", Assert.Throws<PatientToolsException>(() => BackupKey.OfPrivateKey(Keys.File("k.pem", rsa.ExportSubjectPublicKeyInfoPem()), null)).ErrorId);
        var locked = Keys.File("k.pem", rsa.ExportEncryptedPkcs8PrivateKeyPem("inner", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        Assert.Equal("BackupKeyInvalid", Assert.Throws<PatientToolsException>(() => BackupKey.OfPrivateKey(locked, null)).ErrorId);
        Assert.Equal("BackupKeyInvalid", Assert.Throws<PatientToolsException>(() => BackupKey.OfPrivateKey(locked, "other")).ErrorId);
        Assert.Equal("FileNotFound", Assert.Throws<PatientToolsException>(() => BackupRecipient.OfPublicKey(_small.PathOf("none.pem"))).ErrorId);
    }

    public void Dispose() => _small.Dispose();
}
