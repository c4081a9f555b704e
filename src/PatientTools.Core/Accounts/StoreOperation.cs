namespace PatientTools.Accounts;

/// <summary>
/// What can be done with a store: at once what a role is permitted and what the audit trail calls it. Names are stored; they
/// never change.
/// </summary>
public enum StoreOperation
{
    /// <summary>Opens a session: a login where the store has accounts.</summary>
    Connect = 1,

    /// <summary>Ends a session of one's own.</summary>
    Disconnect,

    /// <summary>Reads the status page.</summary>
    ReadStatus,

    /// <summary>Reads settings.</summary>
    ReadSettings,

    /// <summary>Changes a setting.</summary>
    ChangeSetting,

    /// <summary>Reads patients by who they are.</summary>
    ReadPatient,

    /// <summary>Searches, counts, groups and measures patients.</summary>
    SearchPatients,

    /// <summary>Checks patients of the store, or others against them.</summary>
    ValidatePatients,

    /// <summary>Adds a patient.</summary>
    AddPatient,

    /// <summary>Changes a patient.</summary>
    ChangePatient,

    /// <summary>Hides a patient.</summary>
    RemovePatient,

    /// <summary>Brings a removed patient back.</summary>
    RestorePatient,

    /// <summary>Erases a patient.</summary>
    PurgePatient,

    /// <summary>Takes patients from files or objects.</summary>
    ImportPatients,

    /// <summary>Writes patients into files.</summary>
    ExportPatients,

    /// <summary>Checks whether the store is sound.</summary>
    CheckStore,

    /// <summary>Makes search entries anew, gives space back.</summary>
    MaintainStore,

    /// <summary>Brings what a damaged store holds into a new one; needs the file's owner, since no account can be asked.</summary>
    SalvageStore,

    /// <summary>Reads all accounts.</summary>
    ReadAccounts,

    /// <summary>Reads one's own account.</summary>
    ReadOwnAccount,

    /// <summary>Adds an account.</summary>
    AddAccount,

    /// <summary>Changes role, state or password of an account.</summary>
    ChangeAccount,

    /// <summary>Changes one's own password, with the old one.</summary>
    ChangeOwnPassword,

    /// <summary>Removes an account.</summary>
    RemoveAccount,

    /// <summary>Ends an account's waiting time after failed logins.</summary>
    UnlockAccount,

    /// <summary>Gives a store an administrator again; needs the file's owner, since no account can be asked.</summary>
    ResetAdministrator,

    /// <summary>Reads who has the store open.</summary>
    ReadSessions,

    /// <summary>Ends somebody else's session.</summary>
    CloseSession,

    /// <summary>Reads events of the audit trail.</summary>
    ReadAuditTrail,

    /// <summary>Checks the audit trail, or reads its head.</summary>
    CheckAuditTrail,

    /// <summary>Writes a backup of the store.</summary>
    BackUpStore,

    /// <summary>Removes backups of the store.</summary>
    RemoveBackup,

    /// <summary>Puts a backup in the place of the store, or patients of a backup back into it.</summary>
    RestoreStore,
}
