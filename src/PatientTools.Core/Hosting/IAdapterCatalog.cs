using PatientTools.Accounts;
using PatientTools.Interchange;
using PatientTools.Storage;
using PatientTools.Synthesis;

namespace PatientTools.Hosting;

/// <summary>
/// What the adapters offer to the engine: one property for each thing that needs a package. The engine knows only these
/// interfaces of its own; <see cref="AdapterHost.Catalog"/> is the one way to them.
/// </summary>
public interface IAdapterCatalog
{
    /// <summary>Stores in SQLite files.</summary>
    IPatientStoreProvider Stores { get; }

    /// <summary>bcrypt.</summary>
    IPasswordHasher Passwords { get; }

    /// <summary>Reading CSV.</summary>
    ICsvFormat Csv { get; }

    /// <summary>Lists of names for sample patients.</summary>
    ISampleNameSource SampleNames { get; }
}
