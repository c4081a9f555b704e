using PatientTools.Backups.Archive;

namespace PatientTools.Backups;

/// <summary>Reads one backup. Whatever is not exactly as <see cref="BackupWriter"/> makes it is refused. Safe to use from many threads.</summary>
internal sealed class BackupReader : IDisposable
{
    private readonly ArchiveFile _file;
    private readonly IArchiveBytes _archive;
    private readonly ZipArchiveContent _content;

    private BackupReader(ArchiveFile file, IArchiveBytes archive, ZipArchiveContent content, string hash)
    {
        _file = file;
        _archive = archive;
        _content = content;
        Hash = hash;
    }

    /// <summary>The file.</summary>
    public string Path => _file.Path;

    /// <summary>By what children name it: SHA-256 of the manifest, or of an encrypted backup's header; 64 hexadecimal digits.</summary>
    public string Hash { get; }

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
        using var file = ArchiveFile.Open(path);
        if (Envelope.IsAt(file))
        {
            var (envelope, hash, _) = Envelope.Read(file);
            return new BackupHeading(envelope.Header, Convert.ToHexStringLower(hash), IsEncrypted: true, Manifest: null);
        }

        var content = ZipArchiveContent.Read(path, file, isBackup: false);
        return new BackupHeading(content.Manifest.Header, content.ManifestHash, IsEncrypted: false, content.Manifest);
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
            return Envelope.IsAt(file) ? OpenEncrypted(file, key) : OpenPlain(file);
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
    public ReadOnlyMemory<byte> Read(BackupMember member) => _content.ReadMember(Path, _archive, member);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static BackupReader OpenPlain(ArchiveFile file)
    {
        var content = ZipArchiveContent.Read(file.Path, file, isBackup: false);
        return new BackupReader(file, file, content, content.ManifestHash);
    }

    private static BackupReader OpenEncrypted(ArchiveFile file, BackupKey? key)
    {
        var (envelope, hash, length) = Envelope.Read(file);
        if (key is null)
        {
            throw new PatientToolsException("BackupKeyRequired", $"'{file.Path}' is encrypted: it needs {envelope.Key.Opener}.", ErrorKind.Unauthenticated) { Target = file.Path };
        }

        SealedChunks.Demand();
        var archive = SealedChunks.Reader.Open(file, length, key.Open(file.Path, envelope.Key), hash);
        var content = ZipArchiveContent.Read(file.Path, archive, isBackup: true);
        return content.Manifest.Header == envelope.Header
            ? new BackupReader(file, archive, content, Convert.ToHexStringLower(hash))
            : throw BackupErrors.Damaged(file.Path, "its header and its manifest contradict each other");
    }
}

/// <summary>What can be read of a backup without a key.</summary>
/// <param name="Header">The header.</param>
/// <param name="Hash">By what children name it.</param>
/// <param name="IsEncrypted">Whether it is encrypted.</param>
/// <param name="Manifest">The manifest; null of an encrypted one.</param>
internal sealed record BackupHeading(BackupHeader Header, string Hash, bool IsEncrypted, BackupManifest? Manifest);
