using System.Globalization;
using CsCheck;
using PatientTools.Backups;
using PatientTools.Storage;

namespace PatientTools.Core.Tests.Backups;

/// <summary>Generates histories of one store: chains that branch, epochs, files that are missing or unreadable, clocks that go back.</summary>
internal static class GenHistory
{
    public static readonly Guid StoreId = new("01935c1e-7b1a-7c3e-9d2f-0123456789ab");

    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>What is left of a history after files were lost, tied as a folder is read.</summary>
    public static Gen<IReadOnlyList<PatientBackup>> All { get; } = Gen.Select(
        Gen.Select(Gen.Int[-3 * 24 * 60, 60 * 24 * 60], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 19]).Array[0, 40],
        Gen.Int[0, 30]).Select((steps, lossPercent) =>
    {
        var made = new List<PatientBackup>();
        var (time, epoch, sequence) = (Start, 1, 10L);
        foreach (var (minutes, growth, kind, loss) in steps)
        {
            (time, sequence) = (time.AddMinutes(minutes), sequence + growth);
            epoch += loss == 19 ? 1 : 0;
            var parent = kind < 6 ? made.Where(one => one.Epoch == EpochOf(epoch)).SkipLast(kind == 5 ? 1 : 0).LastOrDefault() : null;
            made.Add(Backup(made.Count, time, parent, sequence, epoch));
        }

        var left = made.Index().Where(one => (one.Index * 37 % 100) >= lossPercent / 2).Select(one => one.Index * 53 % 100 < lossPercent / 3 ? Unreadable(one.Item) : one.Item);
        return BackupChains.Tie([.. left.OrderBy(one => one.Time).ThenBy(one => one.LastSequence)]);
    });

    /// <summary>A backup as its heading tells it.</summary>
    public static PatientBackup Backup(int number, DateTime time, PatientBackup? parent, long sequence, int epoch = 1) => new()
    {
        Path = string.Create(CultureInfo.InvariantCulture, $"/backups/{number}.zip"),
        State = BackupState.Usable,
        Kind = parent is null ? BackupKind.Full : BackupKind.Incremental,
        Time = time,
        StoreId = StoreId,
        Epoch = EpochOf(epoch),
        FirstSequence = (parent?.LastSequence ?? 0) + 1,
        LastSequence = sequence,
        Hash = number.ToString("x64", CultureInfo.InvariantCulture),
        Parent = parent?.Hash,
        Size = new ByteSize(1),
    };

    private static Guid EpochOf(int epoch) => new(epoch, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    private static PatientBackup Unreadable(PatientBackup backup) => new() { Path = backup.Path, State = BackupState.Unreadable, Problem = "Cut.", Size = backup.Size };
}
