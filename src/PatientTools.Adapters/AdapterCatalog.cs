using PatientTools.Hosting;

namespace PatientTools.Adapters;

/// <summary>What this assembly offers; the engine finds it by this name.</summary>
public sealed class AdapterCatalog : IAdapterCatalog;
