namespace PatientTools.Hosting;

/// <summary>
/// What the adapters offer to the engine: one property for each thing that needs a package. The engine knows only these
/// interfaces of its own; <see cref="AdapterHost.Catalog"/> is the one way to them.
/// </summary>
public interface IAdapterCatalog;
