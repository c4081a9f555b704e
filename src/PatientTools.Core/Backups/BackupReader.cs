using PatientTools.Backups.Archive;

namespace PatientTools.Backups;

/// <summary>Reads one backup. Whatever is not exactly as <see cref="BackupWriter"/> makes it is refused. Safe to use from many threads.</summary>
internal sealed class BackupReader : IDisposable
{
    private readonly ArchiveFile _file;
    private readonly ZipArchiveContent _content;

    private BackupReader(ArchiveFile file, ZipArchiveContent content)
    {
        _file = file;
        _content = content;
    }

    /// <summary>The file.</summary>
    public string Path => _file.Path;

    /// <summary>By what children name it: SHA-256 of the manifest, or of an encrypted backup's header; 64 hexadecimal digits.</summary>
    public string Hash => _content.ManifestHash;

    /// <summary>What it says of itself.</summary>
    public BackupManifest Manifest => _content.Manifest;

    /// <summary>Reads the header alone, which needs no key.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The header; what only the manifest says, where the file is not encrypted.</returns>
    /// <exception cref="PatientToolsException">
    /// <c>BackupNotFound</c>, <c>NotABackup</c>, <c>BackupTooNew</c>, <c>BackupDamaged</c>, or the file cannot be read.
    /// </exception>
    public static BackupHeading ReadHeading(string path)
    {
        using var reader = Open(path, null);
        return new BackupHeading(reader.Manifest.Header, reader.Hash, IsEncrypted: false, reader.Manifest);
    }

    /// <summary>Opens a backup: header, manifest and structure are checked, members are not read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What opens it; null when it is not encrypted.</param>
    /// <exception cref="PatientToolsException">As <see cref="ReadHeading"/>; <c>BackupKeyRequired</c>, <c>BackupKeyWrong</c>.</exception>
    public static BackupReader Open(string path, BackupKey? key)
    {
        var file = ArchiveFile.Open(path);
        try
        {
            return new BackupReader(file, ZipArchiveContent.Read(path, file, isBackup: false));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a member, holding it against both of its hashes.</summary>
    /// <param name="member">The member, one of <see cref="Manifest"/>.</param>
    /// <returns>Its content, each line with its end.</returns>
    /// <exception cref="PatientToolsException"><c>BackupDamaged</c>: it names file and member.</exception>
    public ReadOnlyMemory<byte> Read(BackupMember member) => _content.ReadMember(Path, _file, member);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}

/// <summary>What can be read of a backup without a key.</summary>
/// <param name="Header">The header.</param>
/// <param name="Hash">By what children name it.</param>
/// <param name="IsEncrypted">Whether it is encrypted.</param>
/// <param name="Manifest">The manifest; null of an encrypted one.</param>
internal sealed record BackupHeading(BackupHeader Header, string Hash, bool IsEncrypted, BackupManifest? Manifest);
