namespace PatientTools.Accounts;

/// <summary>What an account is for; <see cref="StorePermissions"/> says what each role may do.</summary>
public enum StoreRole
{
    /// <summary>Runs the store: accounts, settings, maintenance, erasure, and all that the other roles may do.</summary>
    Administrator = 1,

    /// <summary>Works with patients: reads, changes, imports and exports them.</summary>
    Editor,

    /// <summary>Reads patients and changes nothing.</summary>
    Reader,

    /// <summary>Reads the audit trail and checks the store; sees no patient.</summary>
    Auditor,
}
