using System.Diagnostics;
using PatientTools.Adapters.Sqlite;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Sqlite;

/// <summary>Disks that are full or write-protected: a small one in memory, where the system lets us make one.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("patienttools-disk-").FullName;
    private readonly IPatientStoreProvider _provider = new SqlitePatientStoreProvider();

    public DiskTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Small disks in memory are made on Linux only.");
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", _folder), "NOT PROVEN: a small disk needs the right to mount.");
    }

    private string StorePath => Path.Combine(_folder, "small.ptstore");

    [Fact]
    public void A_full_disk_loses_nothing()
    {
        using var store = _provider.Create(StorePath, new StoreOptions());
        var written = 0;
        void Fill()
        {
            for (; written < 100_000; written += 50)
            {
                using var writer = store.BeginWrite();
                for (var i = 0; i < 50; i++)
                {
                    writer.RunItem(() => writer.Insert(StoreExtensions.NewState($"Name{written}", note: new string('n', 2000))));
                }

                writer.Commit();
            }
        }

        var error = Assert.Throws<PatientToolsException>(Fill);

        Assert.Equal(("StoreFull", ErrorKind.Full), (error.ErrorId, error.Kind));
        Assert.Equal(written, store.Living().Count);
        Assert.True(Run("mount", "-o", "remount,size=64m", _folder));
        store.Insert(StoreExtensions.NewState("Danach"));
        Assert.Equal(written + 1, store.ReadFigures().Patients);
        Assert.Empty(store.CheckStructure(full: true, default));
    }

    [Fact]
    public void A_write_protected_disk_can_be_read()
    {
        using (var store = _provider.Create(StorePath, new StoreOptions()))
        {
            store.Insert(StoreExtensions.NewState("Eins"));
        }

        Assert.True(Run("mount", "-o", "remount,ro", _folder));

        using (var store = _provider.Open(StorePath, new StoreOptions { ReadOnly = true }))
        {
            Assert.Single(store.Living());
            Assert.False(store.CanLog);
            Assert.Equal("StoreNotWritable", Assert.Throws<PatientToolsException>(store.BeginLog).ErrorId);
        }

        Assert.True(_provider.IsOwnedByCaller(StorePath));
        Assert.Equal("StoreNotWritable", Assert.Throws<PatientToolsException>(() => _provider.Open(StorePath, new StoreOptions())).ErrorId);
        Assert.Equal("StoreNotWritable", Assert.Throws<PatientToolsException>(() => _provider.Create(StorePath + "2", new StoreOptions())).ErrorId);
    }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            Run("umount", _folder);
        }

        Directory.Delete(_folder);
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
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
