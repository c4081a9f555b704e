using PatientTools.Storage;

namespace PatientTools.Accounts;

/// <summary>The way back into a store whose administrator is gone.</summary>
public static class AccountRecovery
{
    /// <summary>
    /// Gives a store an administrator: an account of that name gets the password, the role and is enabled and unlocked, or is
    /// added. Every session ends. The trail tells it.
    /// </summary>
    /// <param name="provider">The kind of database.</param>
    /// <param name="location">Where.</param>
    /// <param name="credential">The administrator's name and new password.</param>
    /// <param name="options">How it is opened.</param>
    /// <param name="call">What the event tells of the caller.</param>
    /// <returns>The account.</returns>
    /// <exception cref="PatientToolsException"><c>NotStoreOwner</c>: the file belongs to another user of the operating system. <c>StoreHasNoAccounts</c>. Those of opening and of passwords.</exception>
    [Requires(StoreOperation.ResetAdministrator)]
    public static StoreAccount ResetAdministrator(IPatientStoreProvider provider, string location, StoreCredential credential, StoreOptions options, CallerNote call) =>
        throw new NotSupportedException();
}
