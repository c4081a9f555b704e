using PatientTools.Backups;

namespace PatientTools.Core.Tests.Backups.Archive;

public sealed class ArchiveRoundTripTests : IDisposable
{
    private readonly SmallBackup _small = new();

    [Fact]
    public void What_was_written_is_read_again()
    {
        var path = _small.Write("a.zip");

        Assert.Equal(SmallBackup.Lines, SmallBackup.Read(path));
        var heading = BackupReader.ReadHeading(path);
        Assert.Equal(SmallBackup.Header, heading.Header);
        Assert.False(heading.IsEncrypted);
        Assert.Equal("Before the move: \"all\" of it", heading.Manifest!.Description);
        Assert.Equal(SmallBackup.Manifest.Totals, heading.Manifest.Totals);
        Assert.Equal(12, heading.Manifest.Counters["mrn"]);
        Assert.Equal(["settings/000001.ndjson", "patients/000001.ndjson", "patients/000002.ndjson", "record-versions/000001.ndjson"], heading.Manifest.Members.Select(member => member.Name));
        Assert.Equal(3, heading.Manifest.Count(BackupMemberKind.Patients));
    }

    [Fact]
    public void A_backup_without_lines_is_one()
    {
        var path = _small.Write("empty.zip", lines: []);

        Assert.Empty(SmallBackup.Read(path));
    }

    public void Dispose() => _small.Dispose();
}
