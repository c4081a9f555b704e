using System.Text;
using PatientTools.Backups;
using PatientTools.Storage;

namespace PatientTools.Core.Tests.Backups.Archive;

/// <summary>A folder with backups of a few lines, which goes when the test does.</summary>
internal sealed class SmallBackup : IDisposable
{
    public static readonly BackupHeader Header = new(
        BackupHeader.CurrentFormat,
        new Guid("0198aaaa-0000-7000-8000-000000000001"),
        new Guid("0198aaaa-0000-7000-8000-000000000002"),
        BackupKind.Full,
        new DateTime(2026, 11, 24, 20, 19, 34, 123, DateTimeKind.Utc),
        1,
        7,
        null,
        $"ptah1:0198aaaa-0000-7000-8000-000000000001:0:1764015574123:{new string('0', 64)}");

    public static readonly BackupManifest Manifest = new(
        Header, Header.Time, 5, "anna", "Before the move: \"all\" of it", new StoreTotals(3, 1, 2, 4), new Dictionary<string, long> { ["mrn"] = 12, ["case"] = 3 }, []);

    public static readonly IReadOnlyList<(BackupMemberKind Kind, string Line)> Lines =
    [
        (BackupMemberKind.Settings, """{"name":"MrnPrefix","value":"P"}"""),
        (BackupMemberKind.Patients, """{"key":1,"document":{"resourceType":"Patient","name":[{"family":"Schmidt"}]}}"""),
        (BackupMemberKind.Patients, """{"key":2,"document":{"resourceType":"Patient","name":[{"family":"Öztürk"}]}}"""),
        (BackupMemberKind.Patients, """{"key":3}"""),
        (BackupMemberKind.RecordVersions, """{"key":9,"content":{"resourceType":"Condition"}}"""),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("patienttools-archive-");

    public string Folder => _folder.FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a backup with members of at most two lines or so, so that there are several of a kind.</summary>
    public string Write(string name, BackupRecipient? recipient = null, int memberBytes = 100, IEnumerable<(BackupMemberKind Kind, string Line)>? lines = null)
    {
        using var writer = BackupWriter.Create(PathOf(name), Header, recipient, memberBytes, CancellationToken.None);
        foreach (var (kind, line) in lines ?? Lines)
        {
            writer.Add(kind, line, static (text, to) => Encoding.UTF8.GetBytes(text, to));
        }

        writer.Complete(Manifest);
        return PathOf(name);
    }

    /// <summary>Reads all of a backup.</summary>
    public static IReadOnlyList<(BackupMemberKind Kind, string Line)> Read(string path, BackupKey? key = null)
    {
        using var reader = BackupReader.Open(path, key);
        return [.. reader.Manifest.Members.SelectMany(member =>
            Encoding.UTF8.GetString(reader.Read(member).Span).TrimEnd('\n').Split('\n').Select(line => (member.Kind, line)))];
    }

    /// <summary>Bytes that do not compress.</summary>
    public static byte[] Noise(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
