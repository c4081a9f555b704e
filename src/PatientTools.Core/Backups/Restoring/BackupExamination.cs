using System.Globalization;
using PatientTools.Auditing;
using PatientTools.Storage;

namespace PatientTools.Backups.Restoring;

/// <summary>One test of a backup under way: what is wrong is gathered.</summary>
/// <param name="path">The backup.</param>
/// <param name="key">What opens it.</param>
/// <param name="progress">Told how many bytes are done, and of how many.</param>
/// <param name="cancellation">Stops.</param>
internal sealed class BackupExamination(string path, BackupKey? key, Action<long, long>? progress, CancellationToken cancellation)
{
    private const int MostProblems = 50;
    private readonly List<string> _problems = [];

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>What the backup says of itself; null when it cannot be told.</summary>
    public BackupHeader? Header { get; private set; }

    /// <summary>The files that were read.</summary>
    public IReadOnlyList<string> Files { get; private set; } = [path];

    /// <summary>What the restored store holds; null unless it was restored.</summary>
    public StoreTotals? Totals { get; private set; }

    /// <summary>Whether the backup was restored and held against itself to the end.</summary>
    public bool IsRestored { get; private set; }

    /// <summary>Header, manifest and structure, and whether what the backup builds upon is there.</summary>
    public void LookAtStructure() => Find(() =>
    {
        var heading = BackupReader.ReadHeading(path);
        Header = heading.Header;
        if (!heading.IsEncrypted || key is not null)
        {
            BackupChain.OpenOne(path, key).Dispose();
        }

        BackupChain.FindFiles(path, cancellation);
    });

    /// <summary>Every byte and every line of the backup itself.</summary>
    public void ReadMembers() => Find(() =>
    {
        Header = BackupReader.ReadHeading(path).Header;
        using (var reader = BackupChain.OpenOne(path, key))
        {
            ReadMembers(reader);
        }

        BackupChain.FindFiles(path, cancellation);
    });

    /// <summary>Restores the backup with all it builds upon and holds the store against it.</summary>
    /// <param name="provider">The kind of database.</param>
    /// <param name="parent">In which the temporary folder is made.</param>
    public void Restore(IPatientStoreProvider provider, string parent) => Find(() =>
    {
        Header = BackupReader.ReadHeading(path).Header;
        using var chain = BackupChain.Open(path, key, cancellation);
        Files = [.. chain.OldestFirst.Select(reader => reader.Path)];
        using var folder = TemporaryFolder.Create(parent);
        var location = Path.Combine(folder.Path, "proof.ptstore");
        var bytes = chain.LineBytes;
        var plan = new RestorePlan
        {
            WithAccounts = true,
            WithTrail = true,
            WithDigests = true,
            Progress = (done, total) => progress?.Invoke((long)((double)done / Math.Max(total, 1) * bytes), 2 * bytes),
        };
        var merge = new BackupMerge(chain, plan, new RestoreLosses(areAccepted: false), cancellation);
        provider.Build(location, RestoredStore.IdentityOf(chain), merge.Fill);
        using var store = provider.Open(location, new StoreOptions { ReadOnly = true });
        Tell(store.CheckStructure(full: true, cancellation));
        using var snapshot = store.BeginRead();
        var entries = new List<string>();
        SearchEntryCheck.Run(snapshot, entries, cancellation);
        Tell(entries);
        Compare(chain, merge, LineDigests.Of(snapshot, done => progress?.Invoke(Math.Min(bytes + done, 2 * bytes), 2 * bytes), cancellation));
        Compare(chain, snapshot);
        IsRestored = true;
    });

    /// <summary>Damage is a finding. A key that is missing or wrong, and a disk for the temporary store that cannot be written, are none.</summary>
    private void Find(Action look)
    {
        try
        {
            look();
        }
        catch (PatientToolsException e) when (IsDamage(e))
        {
            Tell([e.Message]);
        }
    }

    private static bool IsDamage(PatientToolsException e) =>
        e.ErrorId is not ("BackupNotFound" or "BackupKeyRequired" or "BackupKeyWrong")
        && (e.Kind is ErrorKind.Damaged or ErrorKind.InvalidData or ErrorKind.Conflict || e.ErrorId is "NotABackup" or "BackupTooNew" or "FileUnreadable");

    private void Tell(IReadOnlyList<string> problems)
    {
        _problems.AddRange(problems.Take(MostProblems - _problems.Count));
    }

    private void ReadMembers(BackupReader reader)
    {
        var total = reader.Manifest.Members.Sum(member => member.Bytes);
        var done = 0L;
        var losses = new RestoreLosses(areAccepted: true, damage => Tell([damage.Message]));
        var reading = new MemberReading(losses, cancellation);
        var header = reader.Manifest.Header;
        Read(BackupMemberKind.Settings, BackupLines.ReadSetting, _ => null);
        Read(BackupMemberKind.Accounts, BackupLines.ReadAccount, _ => null);
        Read(BackupMemberKind.Purges, BackupLines.ReadPurge, mark => mark.Sequence);
        Read(BackupMemberKind.Patients, BackupLines.ReadPatient, state => state.Stamp.Sequence);
        Read(BackupMemberKind.PatientVersions, BackupLines.ReadPatient, state => state.Stamp.Sequence);
        Read(BackupMemberKind.Records, BackupLines.ReadRecord, state => state.Sequence);
        Read(BackupMemberKind.RecordVersions, BackupLines.ReadRecord, state => state.Sequence);
        Read(BackupMemberKind.AuditEvents, BackupLines.ReadAuditEntry, _ => null);

        void Read<T>(BackupMemberKind kind, Func<ReadOnlyMemory<byte>, T> read, Func<T, long?> sequence)
        {
            var strays = 0L;
            foreach (var (_, item) in reading.Read([reader], kind, read, member => progress?.Invoke(done += member.Bytes, total)))
            {
                strays += sequence(item) is { } at && (at < header.FirstSequence || at > header.LastSequence) ? 1 : 0;
            }

            if (strays > 0)
            {
                Tell([string.Create(CultureInfo.InvariantCulture, $"'{path}': {strays} {BackupThings.Name(kind, strays)} with a sequence that does not belong into this backup.")]);
            }
        }
    }

    private void Compare(BackupChain chain, BackupMerge merge, BackupDigests found)
    {
        foreach (var kind in Enum.GetValues<BackupMemberKind>())
        {
            var (wanted, restored) = (merge.Digests[kind], found[kind]);
            if (wanted != restored)
            {
                Tell([string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{chain.Point.Path}': {wanted.Lines} {BackupThings.Name(kind, wanted.Lines)} were restored, and the restored store holds {(wanted.Lines == restored.Lines ? "others" : restored.Lines)}.")]);
            }
        }
    }

    private void Compare(BackupChain chain, IStoreReader snapshot)
    {
        Totals = snapshot.ReadTotals();
        if (Totals != chain.Point.Manifest.Totals)
        {
            Tell([$"'{chain.Point.Path}' says that the store held {chain.Point.Manifest.Totals}; restored, it holds {Totals}."]);
        }

        var head = AuditHead.Parse(chain.Header.AuditHead);
        var last = snapshot.ReadLastAuditEntry();
        if ((last?.Number ?? 0) != head.Number || (last is not null && !string.Equals(Convert.ToHexStringLower(last.Hash.Span), head.Hash, StringComparison.Ordinal)))
        {
            Tell([$"'{chain.Point.Path}': the restored audit trail does not end where the backup says."]);
        }
    }
}
