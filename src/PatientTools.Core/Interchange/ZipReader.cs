using System.IO.Compression;

namespace PatientTools.Interchange;

/// <summary>Reads the files in a zip archive, one after the other.</summary>
internal sealed class ZipReader(string file, ImportOptions options, Func<SourceContent, IEnumerable<ImportChunk>> read)
{
    /// <param name="archive">The archive; it has to be seekable, or is held in memory.</param>
    public IEnumerable<ImportChunk> Read(Stream archive)
    {
        var allowance = new UnpackingAllowance(file, options.Limits.UnpackedBytes);
        using var zip = Open(archive);
        foreach (var entry in zip.Entries)
        {
            if (!IsFile(entry))
            {
                continue;
            }

            foreach (var chunk in Chunks.Guarded($"{file}!{entry.FullName}", name => Entry(entry, name, allowance)))
            {
                yield return chunk;
            }
        }
    }

    private ZipArchive Open(Stream archive)
    {
        try
        {
            var zip = new ZipArchive(archive, ZipArchiveMode.Read);
            _ = zip.Entries;
            return zip;
        }
        catch (InvalidDataException e)
        {
            throw ImportErrors.Damaged(file, e);
        }
    }

    private IEnumerable<ImportChunk> Entry(ZipArchiveEntry entry, string name, UnpackingAllowance allowance)
    {
        using var content = SourceContent.Open(Unpack(entry, name, allowance), name, options with { Format = ImportFormat.Auto }, allowance);
        if (content.Format == ImportFormat.Zip)
        {
            throw new PatientToolsException("NestedArchive", $"{name}: An archive within an archive is not read. Unpack it first.", ErrorKind.InvalidData) { Target = name };
        }

        foreach (var chunk in read(content))
        {
            yield return chunk;
        }
    }

    private static UnpackedStream Unpack(ZipArchiveEntry entry, string name, UnpackingAllowance allowance)
    {
        try
        {
            return new UnpackedStream(entry.Open(), name, allowance);
        }
        catch (InvalidDataException e)
        {
            throw ImportErrors.Damaged(name, e);
        }
    }

    /// <summary>Folders hold nothing, and what macOS adds for itself is nobody's data.</summary>
    private static bool IsFile(ZipArchiveEntry entry) =>
        !entry.FullName.EndsWith('/') && !entry.FullName.EndsWith('\\') && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal);
}
