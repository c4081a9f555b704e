using System.Buffers.Binary;
using PatientTools.Storage;
using static PatientTools.Adapters.Tests.Sqlite.StoreExtensions;

namespace PatientTools.Adapters.Tests.Sqlite;

public sealed class CheckpointTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_checkpoint_cut_short_behind_its_first_page_loses_nothing(bool readOnly)
    {
        using var whole = new TemporaryStore();
        for (var number = 0; number < 50; number++)
            whole.Store.Insert(NewState($"Name{number}", note: new string('x', 2000)));
        using var cut = new TemporaryStore(create: false);
        File.Copy(whole.Path, cut.Path);
        File.Copy(whole.Path + "-wal", cut.Path + "-wal");
        CopyFirstPage(cut.Path);

        var store = cut.Reopen(new StoreOptions { ReadOnly = readOnly });

        Assert.Empty(store.CheckStructure(full: true, default));
        Assert.Equal(50, store.ReadFigures().Patients);
    }

    /// <summary>As a checkpoint begins: the last page 1 of the log goes into the file (sqlite.org/fileformat.html, section 4).</summary>
    private static void CopyFirstPage(string path)
    {
        const int LogHeader = 32, FrameHeader = 24;
        var log = File.ReadAllBytes(path + "-wal");
        var pageSize = BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(8));
        var frame = Enumerable.Range(0, (log.Length - LogHeader) / (FrameHeader + pageSize))
            .Select(index => LogHeader + (index * (FrameHeader + pageSize)))
            .Last(start => BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(start)) == 1);
        using var file = File.OpenWrite(path);
        file.Write(log.AsSpan(frame + FrameHeader, pageSize));
    }
}
