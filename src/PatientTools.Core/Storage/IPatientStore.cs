namespace PatientTools.Storage;

/// <summary>
/// A database that holds patients. Safe to use from many threads; many processes may open the same one. Whatever a
/// writer has committed survives a kill and a power cut.
/// </summary>
internal interface IPatientStore : IDisposable
{
    /// <summary>Who the store is.</summary>
    StoreIdentity Identity { get; }

    /// <summary>Where it is: for SQLite the full path of its file.</summary>
    string Location { get; }

    /// <summary>Whether nothing may be written.</summary>
    bool IsReadOnly { get; }

    /// <summary>Begins to read from one snapshot. Short-lived: never held while a pipeline runs.</summary>
    /// <returns>The reader; disposing it ends the snapshot.</returns>
    /// <exception cref="PatientToolsException"><c>StoreDamaged</c>, <c>StoreBusy</c>, <c>StoreUnavailable</c>.</exception>
    IStoreReader BeginRead();

    /// <summary>Begins the only write transaction there is at a time, in any thread or process.</summary>
    /// <returns>The writer; disposing it without <see cref="IStoreWriter.Commit"/> undoes everything.</returns>
    /// <exception cref="PatientToolsException"><c>StoreReadOnly</c>, <c>StoreBusy</c> after the busy timeout, <c>StoreFull</c>, <c>StoreDamaged</c>.</exception>
    IStoreWriter BeginWrite();

    /// <summary>
    /// Whether the audit trail can be written. A store opened for reading only is logged to all the same; only where the file
    /// itself cannot be written is nothing logged.
    /// </summary>
    bool CanLog { get; }

    /// <summary>Begins a write transaction for the audit trail, sessions, logins and known places, which a store opened for reading only allows, too.</summary>
    /// <returns>The writer; used for nothing else.</returns>
    /// <exception cref="PatientToolsException">As <see cref="BeginWrite"/>, <c>StoreNotWritable</c> when not <see cref="CanLog"/>.</exception>
    IStoreWriter BeginLog();

    /// <summary>What the database says of itself, cheap enough for a status page.</summary>
    /// <returns>The figures.</returns>
    StoreFigures ReadFigures();

    /// <summary>Checks the database's own structure.</summary>
    /// <param name="full">Whether index contents are held against tables too, which reads everything.</param>
    /// <param name="cancellation">Stops checking.</param>
    /// <returns>What is wrong, in plain words; empty when nothing is.</returns>
    IReadOnlyList<string> CheckStructure(bool full, CancellationToken cancellation);

    /// <summary>Gives unused space back, brings the write-ahead log into the file and refreshes the planner's statistics.</summary>
    /// <param name="cancellation">Stops between the steps.</param>
    void Optimize(CancellationToken cancellation);

    /// <summary>
    /// After a purge: makes sure that no byte of the store's files still holds what was erased, in free space, page
    /// remnants or log.
    /// </summary>
    /// <exception cref="PatientToolsException"><c>StoreBusy</c> when another process keeps the log in use.</exception>
    void Scrub();

    /// <summary>
    /// Puts the content of another store in the place of this one's, in one transaction: whoever has the store open, in whatever
    /// process, sees the old store before it and the new one after it. Accounts (unless taken over), the audit trail and the
    /// known places stay; sessions end; the access mark grows; the epoch becomes the other store's.
    /// </summary>
    /// <param name="source">A closed store of the same id, as <see cref="IPatientStoreProvider.Build"/> made it; it is consumed.</param>
    /// <param name="aside">Where a copy of the present store goes before, with its epoch; nothing may be there.</param>
    /// <param name="withAccounts">Whether the other store's accounts are taken over, too.</param>
    /// <param name="finish">Called in the transaction, for what else belongs to it: it commits.</param>
    /// <param name="cancellation">Gives up; then everything is as before, without the copy.</param>
    /// <exception cref="PatientToolsException">As <see cref="BeginWrite"/>; <c>StoreExists</c> of the copy, <c>StoreFull</c>.</exception>
    void Replace(string source, string aside, bool withAccounts, Action<IStoreWriter> finish, CancellationToken cancellation);
}
