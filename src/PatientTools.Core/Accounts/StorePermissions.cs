namespace PatientTools.Accounts;

/// <summary>Who may do an operation.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Roles">The roles that may; none when the file's owner is asked instead.</param>
public sealed record StorePermission(StoreOperation Operation, IReadOnlyList<StoreRole> Roles);

/// <summary>Which role may do what: the one table, of which the documentation's is made.</summary>
public static class StorePermissions
{
    private static readonly StoreRole[] Everybody = [StoreRole.Administrator, StoreRole.Editor, StoreRole.Reader, StoreRole.Auditor];
    private static readonly StoreRole[] Readers = [StoreRole.Administrator, StoreRole.Editor, StoreRole.Reader];
    private static readonly StoreRole[] Editors = [StoreRole.Administrator, StoreRole.Editor];
    private static readonly StoreRole[] Auditors = [StoreRole.Administrator, StoreRole.Auditor];
    private static readonly StoreRole[] Administrators = [StoreRole.Administrator];

    /// <summary>Every operation with the roles that may do it, in the order of <see cref="StoreOperation"/>.</summary>
    public static IReadOnlyList<StorePermission> All { get; } = [.. Enum.GetValues<StoreOperation>().Select(operation => new StorePermission(operation, RolesOf(operation)))];

    /// <summary>Whether a role may do an operation.</summary>
    /// <param name="role">The role; null for a session of a store without accounts, which may do all that needs no owner.</param>
    /// <param name="operation">The operation.</param>
    /// <returns>Whether it may.</returns>
    public static bool IsAllowed(StoreRole? role, StoreOperation operation)
    {
        var roles = RolesOf(operation);
        return role is { } held ? roles.Contains(held) : roles.Length > 0;
    }

    private static StoreRole[] RolesOf(StoreOperation operation) => operation switch
    {
        StoreOperation.Connect or StoreOperation.Disconnect or StoreOperation.ReadStatus or StoreOperation.ReadSettings
            or StoreOperation.ReadOwnAccount or StoreOperation.ChangeOwnPassword => Everybody,
        StoreOperation.ReadPatient or StoreOperation.SearchPatients or StoreOperation.ValidatePatients => Readers,
        StoreOperation.AddPatient or StoreOperation.ChangePatient or StoreOperation.RemovePatient or StoreOperation.RestorePatient
            or StoreOperation.ImportPatients or StoreOperation.ExportPatients => Editors,
        StoreOperation.CheckStore or StoreOperation.ReadAccounts or StoreOperation.ReadAuditTrail or StoreOperation.CheckAuditTrail => Auditors,
        StoreOperation.ChangeSetting or StoreOperation.PurgePatient or StoreOperation.MaintainStore or StoreOperation.AddAccount
            or StoreOperation.ChangeAccount or StoreOperation.RemoveAccount or StoreOperation.UnlockAccount
            or StoreOperation.ReadSessions or StoreOperation.CloseSession or StoreOperation.BackUpStore or StoreOperation.RemoveBackup
            or StoreOperation.RestoreStore => Administrators,
        StoreOperation.SalvageStore or StoreOperation.ResetAdministrator => [],
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "The operation has no permission."),
    };
}

/// <summary>Says which operations a public member of a room is; a test holds that every one says it.</summary>
/// <param name="operations">The operations; several where it depends on what is given.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Class)]
public sealed class RequiresAttribute(params StoreOperation[] operations) : Attribute
{
    /// <summary>The operations.</summary>
    public IReadOnlyList<StoreOperation> Operations { get; } = operations;
}
