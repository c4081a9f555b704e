using System.Text;
using PatientTools.Backups;

namespace PatientTools.Adapters.Tests.Backups.Restoring;

/// <summary>Damage stops a restore, unless it is to go on; then it says what was lost. A test finds it and says so.</summary>
public class DamageTests
{
    [Fact]
    public void A_damaged_member_stops_a_restore_and_nothing_stays()
    {
        using var practice = new Practice();
        practice.Change(200);
        practice.Change(100);
        var backup = practice.Back();
        Damage(backup, "records/000001.ndjson");

        var error = Assert.Throws<PatientToolsException>(() => practice.Restore(backup.Path));

        Assert.Equal("BackupDamaged", error.ErrorId);
        Assert.Contains("records/000001.ndjson", error.Message, StringComparison.Ordinal);
        Assert.Equal(["backups", "practice.ptstore"], Directory.GetFileSystemEntries(practice.Folder).Select(Path.GetFileName).Where(IsNoLog).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("patients/000001.ndjson")]
    [InlineData("patient-versions/000001.ndjson")]
    [InlineData("records/000001.ndjson")]
    [InlineData("record-versions/000001.ndjson")]
    [InlineData("purges/000001.ndjson")]
    [InlineData("audit-events/000001.ndjson")]
    public void What_is_left_is_restored_and_what_is_lost_is_told(string member)
    {
        using var practice = new Practice();
        practice.Change(300);
        practice.Change(100);
        practice.Back();
        practice.Change(100);
        practice.Change(100);
        var backup = practice.Back(incremental: true);
        Damage(backup, member);

        var report = practice.Restore(backup.Path, skipDamaged: true);

        Assert.Contains(report.Losses, loss => loss.Contains(member, StringComparison.Ordinal));
        Assert.True(report.Patients > 0);
        Practice.AssertSound(practice.Destination);
        if (member == "patients/000001.ndjson")
        {
            // New patients of the incremental backup are lost, with their records.
            Assert.True(report.Losses.Count > 1);
        }
    }

    [Theory]
    [InlineData(BackupTestDepth.Hashes)]
    [InlineData(BackupTestDepth.Restore)]
    public void A_test_finds_damage_and_does_not_fail(BackupTestDepth depth)
    {
        using var practice = new Practice();
        practice.Change(100);
        var backup = practice.Back();
        Assert.True(Test(backup, depth).IsValid);
        Damage(backup, "patients/000001.ndjson");

        var result = Test(backup, depth);

        Assert.False(result.IsValid);
        Assert.False(result.IsProven);
        Assert.Contains("patients/000001.ndjson", Assert.Single(result.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_backup_is_a_finding_and_one_that_is_not_there_is_an_error()
    {
        using var practice = new Practice();
        practice.Change(50);
        var backup = practice.Back();
        using (var file = File.OpenWrite(backup.Path))
        {
            file.SetLength(file.Length - 1);
        }

        foreach (var depth in Enum.GetValues<BackupTestDepth>())
        {
            Assert.False(Test(backup, depth).IsValid);
        }

        File.Delete(backup.Path);
        Assert.Equal("BackupNotFound", Assert.Throws<PatientToolsException>(() => Test(backup, BackupTestDepth.Quick)).ErrorId);
    }

    private static BackupTestResult Test(PatientBackup backup, BackupTestDepth depth) => BackupTest.Run(Practice.Provider, backup.Path, depth, null, null, null, default);

    private static bool IsNoLog(string? name) => !name!.EndsWith("-wal", StringComparison.Ordinal) && !name.EndsWith("-shm", StringComparison.Ordinal);

    /// <summary>Flips a bit in the middle of a member's content.</summary>
    private static void Damage(PatientBackup backup, string member)
    {
        var bytes = File.ReadAllBytes(backup.Path);
        var at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(member));
        Assert.True(at > 0, $"no {member}");
        bytes[at + member.Length + 30] ^= 4;
        File.WriteAllBytes(backup.Path, bytes);
    }
}
