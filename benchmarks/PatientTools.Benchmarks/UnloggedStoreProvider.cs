using PatientTools.Storage;

namespace PatientTools.Benchmarks;

/// <summary>Stores that say their trail cannot be written, as a file on a medium that nobody can write to does: what logging costs is the difference.</summary>
internal sealed class UnloggedStoreProvider(IPatientStoreProvider provider) : IPatientStoreProvider
{
    IPatientStore IPatientStoreProvider.Create(string location, StoreOptions options, Action<IStoreWriter, StoreIdentity>? fill) => new UnloggedStore(provider.Create(location, options, fill));

    IPatientStore IPatientStoreProvider.Open(string location, StoreOptions options) => new UnloggedStore(provider.Open(location, options));

    IEnumerable<SalvagedItem> IPatientStoreProvider.Salvage(string location, CancellationToken cancellation) => provider.Salvage(location, cancellation);

    bool IPatientStoreProvider.IsOwnedByCaller(string location) => provider.IsOwnedByCaller(location);

    void IPatientStoreProvider.Build(string location, StoreIdentity identity, Action<IStoreLoader> fill) => provider.Build(location, identity, fill);

    private sealed class UnloggedStore(IPatientStore store) : IPatientStore
    {
        public StoreIdentity Identity => store.Identity;

        public string Location => store.Location;

        public bool IsReadOnly => store.IsReadOnly;

        public bool CanLog => false;

        public IStoreReader BeginRead() => store.BeginRead();

        public IStoreWriter BeginWrite() => store.BeginWrite();

        public IStoreWriter BeginLog() => store.BeginLog();

        public StoreFigures ReadFigures() => store.ReadFigures();

        public IReadOnlyList<string> CheckStructure(bool full, CancellationToken cancellation) => store.CheckStructure(full, cancellation);

        public void Optimize(CancellationToken cancellation) => store.Optimize(cancellation);

        public void Scrub() => store.Scrub();

        public void Replace(string source, string aside, bool withAccounts, Action<IStoreWriter> finish, CancellationToken cancellation) =>
            store.Replace(source, aside, withAccounts, finish, cancellation);

        public void Dispose() => store.Dispose();
    }
}
