using System.Globalization;
using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Storage;

namespace PatientTools.Backups;

/// <summary>Takes one backup of a store.</summary>
/// <param name="use">The operation.</param>
/// <param name="session">Whose it is.</param>
/// <param name="request">What is wanted.</param>
/// <param name="progress">Told how much is done.</param>
/// <param name="cancellation">Gives up.</param>
internal sealed class BackupRun(StoreUse use, OpenSession session, BackupRequest request, Action<long, long>? progress, CancellationToken cancellation)
{
    private const int LongestDescription = 500;
    private readonly StoreIdentity _store = session.Store.Identity;

    /// <summary>Takes it.</summary>
    /// <returns>The backup; null when nothing has changed since the one before.</returns>
    public PatientBackup? Take()
    {
        CheckDescription();
        var folder = MakeFolder(request.Folder);

        // Before the snapshot: whatever is found then is not newer than it.
        var history = request.Incremental ? BackupFolder.Read(folder, cancellation) : [];
        using var reader = use.BeginRead();
        var time = session.Options.Time.GetUtcNow().UtcDateTime;
        time = time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond));
        var basis = request.Incremental ? BackupBasis.Find(history, _store with { Epoch = reader.Epoch }, reader) : BackupBasis.None;
        if (basis.Parent is { } parent && parent.LastSequence == reader.Sequence && !request.Force)
        {
            use.Event.Describe("Incremental; nothing has changed");
            return null;
        }

        var header = new BackupHeader(
            BackupHeader.CurrentFormat,
            _store.StoreId,
            reader.Epoch,
            basis.Parent is null ? BackupKind.Full : BackupKind.Incremental,
            time,
            (basis.Parent?.LastSequence ?? 0) + 1,
            reader.Sequence,
            basis.Parent?.Hash,
            HeadOf(reader).ToString());
        AnnouncePlace(reader, folder, time);
        return Written(reader, header, folder, basis);
    }

    private PatientBackup Written(IStoreReader reader, BackupHeader header, string folder, BackupBasis basis)
    {
        var path = PathOf(1);
        for (var number = 2; File.Exists(path); number++)
        {
            path = PathOf(number);
        }

        using var writer = BackupWriter.Create(path, header, request.Recipient, cancellation);
        var states = new BackupStates(reader, header, basis.LastAuditEntry, progress, cancellation);
        states.Write(writer);
        var manifest = new BackupManifest(
            header, _store.Created, _store.FormatVersion, session.Entry.Account, request.Description, states.Totals, reader.ReadCounters(), []);

        // The snapshot ends before the disk is waited for: the write-ahead log grows as long as it lasts.
        reader.Dispose();
        manifest = writer.Complete(manifest, PathOf);
        path = writer.Path;
        Record(header, manifest, folder, path);
        return BackupFolder.Of(new FileInfo(path), BackupReader.ReadHeading(path), manifest) with
        {
            KindReason = basis.Reason,
            Chain = [.. basis.Parent?.Chain ?? [], path],
        };

        // Two of the same millisecond get different names, whoever is first.
        string PathOf(int number) => Path.Combine(folder, NameOf(header, number));
    }

    private string NameOf(BackupHeader header, int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Path.GetFileNameWithoutExtension(session.Store.Location)}-{header.Time:yyyyMMdd'T'HHmmssfff'Z'}-{(header.Kind == BackupKind.Full ? "full" : "incremental")}{(number == 1 ? "" : $"-{number}")}{(request.Recipient is null ? BackupFolder.PlainExtension : BackupFolder.EncryptedExtension)}");

    /// <summary>The folder is known before the first backup is there: a purge has to tell of one whose process was killed right behind it, too.</summary>
    private void AnnouncePlace(IStoreReader reader, string folder, DateTime time)
    {
        if (!session.Store.CanLog || reader.ReadPlaces().Any(place => place.Kind == StorePlaceKind.Backups && place.Path == folder))
        {
            return;
        }

        using var writer = use.BeginLog();
        if (!writer.ReadPlaces().Any(place => place.Path == folder))
        {
            writer.WritePlace(new StorePlace(StorePlaceKind.Backups, folder, Guid.Empty, 0, time));
            writer.Commit();
        }
    }

    private void Record(BackupHeader header, BackupManifest manifest, string folder, string path)
    {
        use.Event.Describe(string.Create(
            CultureInfo.InvariantCulture,
            $"{header.Kind}; sequences {header.FirstSequence} to {header.LastSequence}; {manifest.Members.Sum(member => member.Lines)} lines"));
        if (!session.Store.CanLog)
        {
            return;
        }

        try
        {
            using var writer = use.BeginLog();
            var known = writer.ReadPlaces().FirstOrDefault(place => place.Kind == StorePlaceKind.Backups && place.Path == folder);
            if (known is null || known.Time <= header.Time || known.Epoch != header.Epoch)
            {
                writer.WritePlace(new StorePlace(StorePlaceKind.Backups, folder, header.Epoch, header.LastSequence, header.Time));
            }

            use.Commit(writer, []);
        }
        catch (PatientToolsException e)
        {
            throw new PatientToolsException(
                "BackupNotRecorded", $"The backup '{path}' is complete and can be used, but the store could not be told of it. {e.Message}", e.Kind, e)
            { Target = path };
        }
    }

    private AuditHead HeadOf(IStoreReader reader) => reader.ReadLastAuditEntry() is { } last
        ? new AuditHead(_store.StoreId, last.Number, last.Time, Convert.ToHexStringLower(last.Hash.Length == AuditChain.HashLength ? last.Hash.Span : new byte[AuditChain.HashLength]))
        : new AuditHead(_store.StoreId, 0, _store.Created, Convert.ToHexStringLower(AuditChain.Origin(_store.StoreId)));

    private void CheckDescription()
    {
        if (request.Description is { } description && !PlainText.IsLine(description, LongestDescription))
        {
            throw new PatientToolsException(
                "BackupDescriptionInvalid",
                $"A description has 1 to {LongestDescription} characters, and none that breaks lines or turns the direction of writing.",
                ErrorKind.InvalidArgument)
            { Target = description };
        }
    }

    private static string MakeFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        try
        {
            var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(full);
            }
            else
            {
                Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return full;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw File.Exists(folder)
                ? new PatientToolsException("PathIsFile", $"'{folder}' is a file. Name a folder.", ErrorKind.InvalidArgument, e) { Target = folder }
                : FileErrors.Writing(folder, e);
        }
    }
}
