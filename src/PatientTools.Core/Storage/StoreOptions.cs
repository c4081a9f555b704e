using PatientTools.Accounts;
using PatientTools.Hosting;

namespace PatientTools.Storage;

/// <summary>How a store is opened.</summary>
public sealed record StoreOptions
{
    /// <summary>Whether nothing may be written.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How long to wait for another writer; 30 seconds by default.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock. Tests have their own; nobody else, since whoever sets it ends the waiting after wrong passwords.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>bcrypt of the adapters, which are loaded when it is first used. Tests have their own; nobody else, since it says which passwords are right.</summary>
    internal IPasswordHasher Passwords { get => field ?? AdapterHost.Catalog.Passwords; init; }
}
