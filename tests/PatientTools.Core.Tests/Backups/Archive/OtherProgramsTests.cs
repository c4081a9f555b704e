using System.Buffers;
using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using PatientTools.Backups;

namespace PatientTools.Core.Tests.Backups.Archive;

/// <summary>Backups are opened by other programs than ours.</summary>
public sealed class OtherProgramsTests : IDisposable
{
    private readonly SmallBackup _small = new();

    [Fact]
    public void The_frameworks_reader_opens_a_backup_and_finds_what_the_manifest_tells()
    {
        var path = _small.Write("a.zip");
        using var reader = BackupReader.Open(path, null);
        using var zip = ZipFile.OpenRead(path);

        Assert.Equal([.. reader.Manifest.Members.Select(member => member.Name), "manifest.json"], zip.Entries.Select(entry => entry.FullName));
        Assert.All(reader.Manifest.Members, member => Assert.Equal(member.Sha256, Convert.ToHexStringLower(SHA256.HashData(Content(zip, member.Name)))));
        Assert.Equal(reader.Hash, Convert.ToHexStringLower(SHA256.HashData(Content(zip, "manifest.json"))));
        Assert.Contains("Öztürk", Encoding.UTF8.GetString(Content(zip, "patients/000001.ndjson")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_of_more_than_65535_members_is_one()
    {
        var path = _small.Write("many.zip", memberBytes: 1, lines: Enumerable.Range(0, 66_000).Select(i => (BackupMemberKind.Patients, $"{i}")));

        using var reader = BackupReader.Open(path, null);
        Assert.Equal(66_000, reader.Manifest.Members.Count);
        Assert.Equal("65999\n", Encoding.UTF8.GetString(reader.Read(reader.Manifest.Members[^1]).Span));
        using var zip = ZipFile.OpenRead(path);
        Assert.Equal(66_001, zip.Entries.Count);
        Run("unzip", "-tqq", path);
    }

    [Fact]
    public void An_archive_of_more_than_4_GB_is_one()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PATIENTTOOLS_LONG") == "1", "PATIENTTOOLS_LONG=1 writes and reads 4.5 GB.");
        var line = SmallBackup.Noise(new Random(3), 16 << 20);
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        var path = _small.PathOf("large.zip");
        using (var writer = BackupWriter.Create(path, SmallBackup.Header, null, CancellationToken.None))
        {
            for (var i = 0; i < 280; i++)
            {
                writer.Add(BackupMemberKind.Patients, line, static (bytes, to) => to.Write(bytes));
            }

            writer.Complete(SmallBackup.Manifest);
        }

        Assert.True(new FileInfo(path).Length > uint.MaxValue);
        using var reader = BackupReader.Open(path, null);
        Assert.True(reader.Read(reader.Manifest.Members[^1]).Span[..^1].SequenceEqual(line));
        Run("unzip", "-tqq", path);
    }

    [Fact]
    public void Unzip_and_Python_open_a_backup()
    {
        var path = _small.Write("a.zip");

        Run("unzip", "-tqq", path);
        Run("python3", "-c", "import sys, zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip() is not None)", path);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("rsa")]
    [InlineData("P-256")]
    [InlineData("P-521")]
    public void The_example_opens_an_encrypted_backup(string kind)
    {
        var (recipient, _) = new TestKeys(_small.Folder).Make(kind);
        var path = _small.Write("a.ptbackup", recipient);
        var script = Path.Combine(Root(), "examples", "open-ptbackup.mjs");
        var zip = _small.PathOf("a.zip");

        Run("node", [script, path, zip, .. kind == "password" ? Array.Empty<string>() : ["--key", _small.PathOf("private.pem")]]);

        Assert.Equal(SmallBackup.Lines, SmallBackup.Read(zip));
        File.Delete(zip);
        var damaged = File.ReadAllBytes(path);
        damaged[^1] ^= 1;
        File.WriteAllBytes(path, damaged);
        Assert.NotEqual(0, Start("node", [script, path, zip, .. kind == "password" ? Array.Empty<string>() : ["--key", _small.PathOf("private.pem")]]));
        Assert.False(File.Exists(zip));
    }

    public void Dispose() => _small.Dispose();

    private static byte[] Content(ZipArchive zip, string name)
    {
        using var content = new MemoryStream();
        using var stream = zip.GetEntry(name)!.Open();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PatientTools.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The repository's root was not found.");
    }

    private static void Run(string program, params string[] arguments) => Assert.Equal(0, Start(program, arguments));

    private static int Start(string program, string[] arguments)
    {
        Assert.SkipUnless(IsThere(program), $"{program} is not there.");
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true };
        start.Environment["BACKUP_PASSWORD"] = TestKeys.Secret;
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder =>
            File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));
}
