using System.ComponentModel;
using System.Diagnostics;
using PatientTools.Accounts;
using PatientTools.Backups;

namespace PatientTools.Adapters.Tests.Backups.Restoring;

/// <summary>A restore to a disk that is too small says so and gives the space back.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly string _disk = Directory.CreateTempSubdirectory("patienttools-disk-").FullName;

    public FullDiskTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Small disks in memory are made on Linux only.");
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _disk), "NOT PROVEN: a small disk needs the right to mount.");
    }

    [Fact]
    public void A_full_disk_is_told_and_its_space_given_back()
    {
        using var practice = new Practice();
        practice.Change(3000);
        var backup = practice.Back();

        var restore = Assert.Throws<PatientToolsException>(() => BackupRestore.IntoNew(
            Practice.Provider, new RestoreRequest { Path = backup.Path }, Path.Combine(_disk, "small.ptstore"), CallerNote.None, null, default));
        Assert.Equal(ErrorKind.Full, restore.Kind);
        Assert.Empty(Directory.GetFileSystemEntries(_disk));

        var test = Assert.Throws<PatientToolsException>(() => BackupTest.Run(Practice.Provider, backup.Path, BackupTestDepth.Restore, null, _disk, null, default));
        Assert.Equal(ErrorKind.Full, test.Kind);
        Assert.Empty(Directory.GetFileSystemEntries(_disk));
    }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            Run("umount", _disk);
        }

        Directory.Delete(_disk);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
