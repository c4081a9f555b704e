using CsCheck;
using PatientTools.Backups;

namespace PatientTools.Core.Tests.Backups;

public class BackupChainsTests
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_chain_leads_from_a_full_one_to_the_backup_without_a_gap_or_it_is_broken()
    {
        GenHistory.All.Sample(history =>
        {
            var byPath = history.ToDictionary(backup => backup.Path, StringComparer.Ordinal);
            foreach (var backup in history.Where(backup => backup.State != BackupState.Unreadable))
            {
                var expected = new List<string>();
                for (var at = backup; at is not null; at = at.Parent is null ? null : history.FirstOrDefault(other => other.Hash == at.Parent))
                {
                    expected.Insert(0, at.Path);
                }

                var whole = byPath[expected[0]].Kind == BackupKind.Full;
                Assert.Equal(whole ? BackupState.Usable : BackupState.Broken, backup.State);
                Assert.Equal(whole ? expected : [], backup.Chain);
                Assert.Equal(whole, backup.Problem is null);
            }
        }, iter: 1000);
    }

    [Fact]
    public void What_does_not_begin_where_its_parent_ends_is_broken()
    {
        var full = GenHistory.Backup(0, Noon, null, 10);
        var torn = GenHistory.Backup(1, Noon, full, 20) with { FirstSequence = 12 };
        var strange = GenHistory.Backup(2, Noon, full, 20, epoch: 2);

        Assert.Equal([BackupState.Usable, BackupState.Broken, BackupState.Broken], BackupChains.Tie([full, torn, strange]).Select(backup => backup.State));
    }

    [Fact]
    public void A_chain_of_many_years_is_no_trouble()
    {
        var chain = new List<PatientBackup> { GenHistory.Backup(0, Noon, null, 1) };
        for (var i = 1; i < 3000; i++)
        {
            chain.Add(GenHistory.Backup(i, Noon.AddHours(i), chain[^1], i + 1));
        }

        Assert.Equal(3000, BackupChains.Tie([.. chain.AsEnumerable().Reverse()])[0].Chain.Count);
    }

    [Fact]
    public void A_copy_of_a_file_breaks_nothing()
    {
        var full = GenHistory.Backup(0, Noon, null, 10);
        var next = GenHistory.Backup(1, Noon, full, 20);

        Assert.All(BackupChains.Tie([full, full with { Path = "/backups/copy.zip" }, next, next with { Path = "/backups/other.zip" }]), backup => Assert.Equal(BackupState.Usable, backup.State));
    }
}
