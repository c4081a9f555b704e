using PatientTools.Storage;

namespace PatientTools.Accounts;

/// <summary>Makes accounts of what somebody gave.</summary>
internal static class NewAccount
{
    /// <summary>Checks name and password, and hashes; outside of every transaction, since that takes long.</summary>
    /// <param name="credential">Name and password.</param>
    /// <param name="role">The role.</param>
    /// <param name="settings">The store's settings.</param>
    /// <param name="options">How it is opened; brings the clock and bcrypt.</param>
    /// <exception cref="PatientToolsException"><c>AccountNameInvalid</c>, and those of passwords.</exception>
    public static AccountState Of(StoreCredential credential, StoreRole role, StoreSettingValues settings, StoreOptions options)
    {
        var name = AccountName.Checked(credential.Name);
        PasswordRules.Check(credential.Password, name, settings.PasswordMinimumLength);
        var hash = HashingGate.OfProcess.Run(settings.ConcurrentLogins, () => PasswordHash.Of(credential.Password, settings.PasswordCost, options.Passwords));
        var now = OpenedHere.Now(options.Time);
        return new AccountState(Guid.NewGuid(), name, AccountName.KeyOf(name), role, false, hash, now, now, now, 0, null, null);
    }
}
