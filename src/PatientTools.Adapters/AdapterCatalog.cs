using PatientTools.Accounts;
using PatientTools.Adapters.Csv;
using PatientTools.Adapters.Passwords;
using PatientTools.Adapters.Samples;
using PatientTools.Adapters.Sqlite;
using PatientTools.Hosting;
using PatientTools.Interchange;
using PatientTools.Storage;
using PatientTools.Synthesis;

namespace PatientTools.Adapters;

/// <summary>What this assembly offers; the engine finds it by this name.</summary>
public sealed class AdapterCatalog : IAdapterCatalog
{
    /// <inheritdoc/>
    public IPatientStoreProvider Stores { get; } = new SqlitePatientStoreProvider();

    /// <inheritdoc/>
    public IPasswordHasher Passwords { get; } = new BcryptHasher();

    /// <inheritdoc/>
    public ICsvFormat Csv { get; } = new SylvanCsvFormat();

    /// <inheritdoc/>
    public ISampleNameSource SampleNames => field ??= new BogusNameSource();
}
