using System.IO.Compression;
using System.Text;
using PatientTools.Backups;

namespace PatientTools.Core.Tests.Backups.Archive;

/// <summary>Whatever is not as it was written is refused, and nothing is written by reading.</summary>
public sealed class DamageTests : IDisposable
{
    private readonly SmallBackup _small = new();

    public static TheoryData<bool> PlainAndEncrypted => [false, true];

    [Theory]
    [MemberData(nameof(PlainAndEncrypted))]
    public void Every_byte_that_is_changed_is_found(bool encrypted)
    {
        var (path, key) = Write(encrypted);
        var whole = File.ReadAllBytes(path);
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= (byte)(1 << (at % 8));
            AssertRefused(damaged, key, $"byte {at}");
        }
    }

    [Theory]
    [MemberData(nameof(PlainAndEncrypted))]
    public void A_file_that_was_cut_off_or_grew_is_found_at_once(bool encrypted)
    {
        var (path, key) = Write(encrypted);
        var whole = File.ReadAllBytes(path);
        for (var length = 0; length < whole.Length; length++)
        {
            AssertRefused(whole[..length], key, $"length {length}", openOnly: true);
        }

        AssertRefused([.. whole, 0], key, "longer", openOnly: true);
        AssertRefused([0, .. whole], key, "longer before", openOnly: true);
        AssertRefused([.. whole, .. whole], key, "twice", openOnly: true);
    }

    [Fact]
    public void An_encrypted_file_that_was_cut_off_is_found_without_its_key()
    {
        // History, the next incremental backup and retention have no key, and take what they do not refuse for usable.
        var (path, _) = Write(encrypted: true);
        var whole = File.ReadAllBytes(path);
        for (var length = 1; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            var error = Assert.Throws<PatientToolsException>(() => BackupReader.ReadHeading(path));
            Assert.True(error.ErrorId is "BackupDamaged" or "NotABackup", $"length {length}: {error.Message}");
        }

        File.WriteAllBytes(path, [.. whole, 0]);
        Assert.Throws<PatientToolsException>(() => BackupReader.ReadHeading(path));
        File.WriteAllBytes(path, whole);
        Assert.True(BackupReader.ReadHeading(path).IsEncrypted);
    }

    [Fact]
    public void A_backup_cut_off_between_two_chunks_is_found_at_once()
    {
        var (recipient, key) = new TestKeys(_small.Folder).Make("P-256");
        var random = new Random(2);
        var lines = Enumerable.Range(0, 200).Select(_ => (BackupMemberKind.Patients, Convert.ToHexString(SmallBackup.Noise(random, 20_000)))).ToList();
        var whole = File.ReadAllBytes(_small.Write("big.ptbackup", recipient, lines: lines));
        const int Chunk = (1 << 20) + 16;
        Assert.True(whole.Length > 3 * Chunk);
        var header = 12 + BitConverter.ToInt32(whole, 8) + 32;

        AssertRefused(whole[..(header + (2 * Chunk))], key, "cut", openOnly: true);
        var swapped = (byte[])whole.Clone();
        Array.Copy(whole, header, swapped, header + Chunk, Chunk);
        Array.Copy(whole, header + Chunk, swapped, header, Chunk);
        AssertRefused(swapped, key, "swapped");
        AssertRefused([.. whole[..header], .. whole[(header + Chunk)..]], key, "left out", openOnly: true);
    }

    [Fact]
    public void Members_that_were_swapped_are_found()
    {
        var path = _small.Write("a.zip", lines: [(BackupMemberKind.Patients, new string('a', 200)), (BackupMemberKind.Patients, new string('b', 200))]);
        var whole = File.ReadAllBytes(path);
        using var reader = BackupReader.Open(path, null);
        Assert.Equal(reader.Manifest.Members[0].PackedBytes, reader.Manifest.Members[1].PackedBytes);
        var length = 30 + reader.Manifest.Members[0].Name.Length + (int)reader.Manifest.Members[0].PackedBytes;

        AssertRefused([.. whole[length..(2 * length)], .. whole[..length], .. whole[(2 * length)..]], null, "swapped");
    }

    [Fact]
    public void A_part_that_is_damaged_leaves_the_others_to_be_read()
    {
        var path = _small.Write("a.zip");
        var whole = File.ReadAllBytes(path);
        whole[35 + "settings/000001.ndjson".Length] ^= 1;
        File.WriteAllBytes(path, whole);

        using var reader = BackupReader.Open(path, null);
        var error = Assert.Throws<PatientToolsException>(() => reader.Read(reader.Manifest.Members[0]));
        Assert.Equal("BackupDamaged", error.ErrorId);
        Assert.Contains("settings/000001.ndjson", error.Message, StringComparison.Ordinal);
        Assert.Contains("-SkipDamaged", error.Message, StringComparison.Ordinal);
        Assert.All(reader.Manifest.Members.Skip(1), member => Assert.Equal(member.Bytes, reader.Read(member).Length));
    }

    [Theory]
    [InlineData("../../evil.ndjson")]
    [InlineData("/etc/passwd")]
    [InlineData("patients/../../../evil.ndjson")]
    [InlineData("patients\\000001.ndjson")]
    [InlineData("C:evil.ndjson")]
    [InlineData("patients/000002.ndjson")]
    [InlineData("patients/0000001.ndjson")]
    [InlineData("documents/000001.ndjson")]
    public void Names_of_another_form_are_refused(string name)
    {
        Assert.ThrowsAny<Exception>(() => ParsedFirst(name));
        AssertRefused(Forge(entries => entries.Add((name, "{}\n"u8.ToArray()))), null, name, openOnly: true);
    }

    [Fact]
    public void An_archive_with_something_more_in_it_is_refused()
    {
        AssertRefused(Forge(static entries => entries.Add(("readme.txt", "hello"u8.ToArray()))), null, "more", openOnly: true);
        AssertRefused(Forge(static _ => { }), null, "written by another program", openOnly: true);
    }

    [Fact]
    public void A_bomb_is_not_inflated()
    {
        var path = _small.Write("bomb.zip", lines: [(BackupMemberKind.Patients, new string('0', 50_000_000))]);
        var whole = File.ReadAllBytes(path);
        Assert.True(whole.Length < 100_000);

        // The member claims to be short, and to be long: it is neither inflated beyond what it claims, nor taken for what it is not.
        using (var reader = BackupReader.Open(path, null))
        {
            var member = reader.Manifest.Members[0];
            foreach (var claimed in new[] { 100L, member.Bytes - 1, member.Bytes + 1, member.PackedBytes * 1032, long.MaxValue })
            {
                Assert.Equal(claimed <= member.PackedBytes * 1032, (member with { Bytes = claimed, Lines = 1 }).IsSound);
                if (claimed <= member.PackedBytes * 1032)
                {
                    var gzip = new byte[18 + member.PackedBytes];
                    whole.AsSpan(30 + member.Name.Length, (int)member.PackedBytes).CopyTo(gzip.AsSpan(10));
                    Assert.Null(PatientTools.Backups.Archive.PackedMember.Unpack(gzip, claimed, 0));
                }
            }
        }
    }

    [Fact]
    public void Files_that_are_no_backups_are_told()
    {
        Assert.Equal("NotABackup", Error("hello"u8.ToArray(), null).ErrorId);
        Assert.Equal("NotABackup", Error([], null).ErrorId);
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("letter.txt");
        }

        Assert.Equal("NotABackup", Error(zip.ToArray(), null).ErrorId);
        Assert.Equal("BackupNotFound", Assert.Throws<PatientToolsException>(() => BackupReader.ReadHeading(_small.PathOf("none.zip"))).ErrorId);
        Assert.Equal("BackupNotFound", Assert.Throws<PatientToolsException>(() => BackupReader.Open(_small.PathOf("none/none.zip"), null)).ErrorId);
    }

    public void Dispose() => _small.Dispose();

    private static void ParsedFirst(string name)
    {
        var (kind, number) = BackupMember.ParseName(name);
        var member = new BackupMember(kind, number, 1, 3, 5, new string('0', 64), new string('0', 64));
        Assert.True(member.Follows(null) && member.Name == name);
    }

    private (string Path, BackupKey? Key) Write(bool encrypted)
    {
        if (!encrypted)
        {
            return (_small.Write("whole.zip"), null);
        }

        var (recipient, key) = new TestKeys(_small.Folder).Make("P-256");
        return (_small.Write("whole.ptbackup", recipient), key);
    }

    /// <summary>Packs a backup again with the framework's own writer, after its entries were tampered with.</summary>
    private byte[] Forge(Action<List<(string Name, byte[] Content)>> change)
    {
        var entries = new List<(string Name, byte[] Content)>();
        using (var source = ZipFile.OpenRead(_small.Write($"{Guid.NewGuid()}.zip")))
        {
            foreach (var entry in source.Entries)
            {
                using var content = new MemoryStream();
                using var stream = entry.Open();
                stream.CopyTo(content);
                entries.Add((entry.FullName, content.ToArray()));
            }

            change(entries);
            using var zip = new MemoryStream();
            using (var forged = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
            {
                forged.Comment = source.Comment;
                foreach (var (name, content) in entries)
                {
                    using var stream = forged.CreateEntry(name).Open();
                    stream.Write(content);
                }
            }

            return zip.ToArray();
        }
    }

    private void AssertRefused(byte[] bytes, BackupKey? key, string what, bool openOnly = false)
    {
        var error = Record.Exception(() => Read(bytes, key, openOnly));
        Assert.True(error is PatientToolsException { ErrorId: "BackupDamaged" or "NotABackup" }, $"{what}: {error?.GetType().Name ?? "not refused"} {error?.Message}");
        Assert.Contains("suspect.bin", error!.Message, StringComparison.Ordinal);
    }

    private PatientToolsException Error(byte[] bytes, BackupKey? key) => Assert.Throws<PatientToolsException>(() => Read(bytes, key, openOnly: true));

    private void Read(byte[] bytes, BackupKey? key, bool openOnly)
    {
        var path = _small.PathOf("suspect.bin");
        File.WriteAllBytes(path, bytes);
        using var reader = BackupReader.Open(path, key);
        foreach (var member in reader.Manifest.Members)
        {
            if (!openOnly)
            {
                reader.Read(member);
            }
        }
    }
}
