using PatientTools.Backups.Restoring;
using PatientTools.Storage;

namespace PatientTools.Backups;

/// <summary>How thoroughly a backup is tested.</summary>
public enum BackupTestDepth
{
    /// <summary>Header, manifest and structure; members are not read.</summary>
    Quick = 1,

    /// <summary>Every byte, by its hash, and every line.</summary>
    Hashes,

    /// <summary>Restored, with all it builds upon, into a temporary store, which is checked and compared: proven.</summary>
    Restore,
}

/// <summary>What a test of a backup found.</summary>
/// <param name="Backup">The backup's file.</param>
/// <param name="Depth">How thoroughly it was tested.</param>
/// <param name="IsValid">Whether nothing is wrong.</param>
/// <param name="IsProven">Whether it was restored, checked and compared, and nothing is wrong.</param>
/// <param name="Problems">What is wrong, in plain words, with the file and member.</param>
/// <param name="Kind">Full or incremental; null when it cannot be told.</param>
/// <param name="Time">Of when it is (UTC); null when it cannot be told.</param>
/// <param name="Files">How many files were read: itself, and what it builds upon.</param>
/// <param name="Bytes">How many bytes they are together.</param>
/// <param name="Totals">What the restored store holds; null unless it was restored.</param>
/// <param name="Duration">How long it took.</param>
public sealed record BackupTestResult(
    string Backup,
    BackupTestDepth Depth,
    bool IsValid,
    bool IsProven,
    IReadOnlyList<string> Problems,
    BackupKind? Kind,
    DateTime? Time,
    int Files,
    ByteSize Bytes,
    StoreTotals? Totals,
    TimeSpan Duration);

/// <summary>Tests backups. What is wrong with one is a finding, not a failure of the test.</summary>
public static class BackupTest
{
    /// <summary>Tests a backup.</summary>
    /// <param name="provider">The kind of database of the temporary store.</param>
    /// <param name="path">The backup.</param>
    /// <param name="depth">How thoroughly.</param>
    /// <param name="key">What opens it; a quick test of an encrypted one goes without, and looks at the header alone.</param>
    /// <param name="temporaryFolder">Where the temporary store goes, in a folder of its own that only its owner may enter; null for the system's. It is deleted afterwards, and what killed tests left goes first.</param>
    /// <param name="progress">Told how many bytes are done, and of how many.</param>
    /// <param name="cancellation">Stops; the temporary store is deleted.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="PatientToolsException"><c>BackupNotFound</c>, <c>BackupKeyRequired</c>, <c>BackupKeyWrong</c>; the temporary store cannot be written.</exception>
    public static BackupTestResult Run(
        IPatientStoreProvider provider, string path, BackupTestDepth depth, BackupKey? key, string? temporaryFolder, Action<long, long>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var started = TimeProvider.System.GetTimestamp();
        var full = Path.GetFullPath(path);
        var examination = new BackupExamination(full, key, progress, cancellation);
        switch (depth)
        {
            case BackupTestDepth.Quick:
                examination.LookAtStructure();
                break;
            case BackupTestDepth.Hashes:
                examination.ReadMembers();
                break;
            default:
                examination.Restore(provider, temporaryFolder ?? Path.GetTempPath());
                break;
        }

        var isValid = examination.Problems.Count == 0;
        return new BackupTestResult(
            full, depth, isValid, isValid && examination.IsRestored, examination.Problems, examination.Header?.Kind, examination.Header?.Time,
            examination.Files.Count, new ByteSize(examination.Files.Sum(file => new FileInfo(file).Length)), examination.Totals, TimeProvider.System.GetElapsedTime(started));
    }
}
