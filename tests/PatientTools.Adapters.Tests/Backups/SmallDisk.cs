using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace PatientTools.Adapters.Tests.Backups;

/// <summary>A small disk in memory, which goes at the end.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public long Free => new DriveInfo(Path).AvailableFreeSpace;

    /// <summary>Makes one; skips the test where that is not allowed.</summary>
    public static SmallDisk Make(int kilobytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "NOT PROVEN: small disks in memory are made on Linux only.");
        var path = Directory.CreateTempSubdirectory("patienttools-disk-").FullName;
        if (!Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={kilobytes}k"), "tmpfs", path))
        {
            Directory.Delete(path);
            Assert.Skip("NOT PROVEN: a small disk needs the right to mount.");
        }

        return new SmallDisk(path);
    }

    /// <summary>Takes space, so that only so much is free.</summary>
    public void FillUpTo(long free)
    {
        var filler = System.IO.Path.Combine(Path, "filler");
        File.Delete(filler);
        using var file = File.Create(filler);
        for (var left = Free - free; left > 0; left -= 1 << 16)
        {
            file.Write(new byte[Math.Min(left, 1 << 16)]);
        }
    }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            Run("umount", "-l", Path);
        }

        Directory.Delete(Path);
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
