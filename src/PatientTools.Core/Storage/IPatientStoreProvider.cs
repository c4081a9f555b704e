namespace PatientTools.Storage;

/// <summary>
/// Opens and makes stores of one kind of database. What it does is for the engine alone, which asks who somebody is before it
/// hands a store out; others open one by <see cref="PatientStoreSession"/>.
/// </summary>
public interface IPatientStoreProvider
{
    /// <summary>Makes a new, empty store.</summary>
    /// <param name="location">Where: for SQLite the path of a file that does not exist yet.</param>
    /// <param name="options">How it is opened afterwards.</param>
    /// <param name="fill">Writes what the store begins with, before it appears under its name; null for nothing.</param>
    /// <returns>The open store.</returns>
    /// <exception cref="PatientToolsException"><c>StoreExists</c>, <c>StoreFolderMissing</c>, <c>StoreNotWritable</c>, <c>StoreFull</c>.</exception>
    internal IPatientStore Create(string location, StoreOptions options, Action<IStoreWriter, StoreIdentity>? fill = null);

    /// <summary>Opens a store, migrating an older format forward when it may write.</summary>
    /// <param name="location">Where: for SQLite the path of its file.</param>
    /// <param name="options">How it is opened.</param>
    /// <returns>The open store.</returns>
    /// <exception cref="PatientToolsException">
    /// <c>StoreNotFound</c>, <c>NotAStore</c>, <c>StoreTooNew</c>, <c>StoreTooOld</c> (read-only and in need of a migration),
    /// <c>StoreNotWritable</c>, <c>StoreBusy</c>, <c>StoreDamaged</c>.
    /// </exception>
    internal IPatientStore Open(string location, StoreOptions options);

    /// <summary>Reads what a damaged store still holds.</summary>
    /// <param name="location">Where the damaged store is; it is only read.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>What was found, and what is known to be lost, as it is read.</returns>
    /// <exception cref="PatientToolsException"><c>StoreNotFound</c>, <c>NotAStore</c>.</exception>
    internal IEnumerable<SalvagedItem> Salvage(string location, CancellationToken cancellation);

    /// <summary>Whether the caller, as a user of the operating system, owns a store, or may do whatever its owner may.</summary>
    /// <param name="location">Where it is.</param>
    /// <returns>Whether the store is the caller's.</returns>
    /// <exception cref="PatientToolsException"><c>StoreNotFound</c>.</exception>
    internal bool IsOwnedByCaller(string location);

    /// <summary>
    /// Makes a store that is filled before it appears under its name, without regard to other processes or a kill: whatever
    /// is left of one that was killed goes when the next store is made in the same folder. When this returns, nothing is open,
    /// and the store survives a power cut.
    /// </summary>
    /// <param name="location">Where: for SQLite the path of a file that does not exist yet.</param>
    /// <param name="identity">Who the store is; the format version does not matter.</param>
    /// <param name="fill">Fills it. An exception leaves nothing behind.</param>
    /// <exception cref="PatientToolsException">As <see cref="Create"/>.</exception>
    internal void Build(string location, StoreIdentity identity, Action<IStoreLoader> fill);
}
