using System.Buffers;

namespace PatientTools.Backups;

/// <summary>Writes one backup: lines are gathered to members, compressed on all cores, and written beside the target until it is complete.</summary>
internal sealed class BackupWriter : IDisposable
{
    /// <summary>Begins a backup. Leftovers of killed runs in the folder go first.</summary>
    /// <param name="path">The file, <c>.zip</c>, or <c>.ptbackup</c> with a recipient; nothing may be there.</param>
    /// <param name="header">What anybody can read of it.</param>
    /// <param name="recipient">For whom it is encrypted; null for nobody.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PatientToolsException">As <see cref="Storage.WholeFile.Create"/>.</exception>
    public static BackupWriter Create(string path, BackupHeader header, BackupRecipient? recipient, CancellationToken cancellation) => throw new NotSupportedException();

    /// <summary>Adds a line. Lines of one kind stand together; kinds come in their order.</summary>
    /// <param name="kind">What the line is.</param>
    /// <param name="line">What is written.</param>
    /// <param name="write">Writes it as JSON without line breaks; the line's end is added.</param>
    /// <typeparam name="T">What is written.</typeparam>
    /// <exception cref="PatientToolsException">The file cannot be written: <c>DiskFull</c> and others of <see cref="Storage.FileErrors"/>.</exception>
    public void Add<T>(BackupMemberKind kind, T line, Action<T, IBufferWriter<byte>> write) => throw new NotSupportedException();

    /// <summary>Writes the manifest and makes the file appear; when this returns, it survives a power cut.</summary>
    /// <param name="manifest">The manifest; its members are set here.</param>
    /// <returns>The manifest as it was written.</returns>
    /// <exception cref="PatientToolsException"><c>FileExists</c> when somebody made one meanwhile, or the file cannot be written.</exception>
    public BackupManifest Complete(BackupManifest manifest) => throw new NotSupportedException();

    /// <summary>Gives up, unless the backup was completed; nothing of it stays.</summary>
    public void Dispose() => throw new NotSupportedException();
}
