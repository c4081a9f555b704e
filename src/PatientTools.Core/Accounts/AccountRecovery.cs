using PatientTools.Auditing;
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
    public static StoreAccount ResetAdministrator(IPatientStoreProvider provider, string location, StoreCredential credential, StoreOptions options, CallerNote call)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(options);
        var note = call.Checked();
        var isOwner = provider.IsOwnedByCaller(location);
        using var store = provider.Open(location, options);
        if (!isOwner)
        {
            throw Refused(store, options, note);
        }

        var settings = SettingsOf(store);
        var account = NewAccount.Of(credential, StoreRole.Administrator, settings, options);
        using var writer = store.BeginWrite();
        if (writer.FindAccount(account.Key) is { } old)
        {
            account = account with { Id = old.Id, Name = old.Name, Created = old.Created, LastLogin = old.LastLogin };
        }

        writer.WriteAccount(account);
        foreach (var session in writer.ReadSessions())
        {
            writer.DeleteSession(session.Id);
        }

        writer.NextSequence();
        writer.ChangeAccess();
        Append(writer, store, account.Modified, AuditOutcome.Succeeded, OpenedHere.Content(note) with { Details = $"'{account.Name}'" });
        writer.Commit();
        return StoreAccount.Of(account, account.Modified);
    }

    private static StoreSettingValues SettingsOf(IPatientStore store)
    {
        using var reader = store.BeginRead();
        return reader.ReadAccounts().Count == 0 ? throw Login.HasNoAccounts(store.Location) : new StoreSettings(store.Identity).ReadFrom(reader);
    }

    private static PatientToolsException Refused(IPatientStore store, StoreOptions options, CallerNote note)
    {
        var refusal = new PatientToolsException(
            "NotStoreOwner",
            $"The store '{store.Location}' belongs to another user of the operating system. Only its owner can give it an administrator again.",
            ErrorKind.Denied)
        { Target = store.Location };
        if (store.CanLog)
        {
            using var writer = store.BeginLog();
            Append(writer, store, OpenedHere.Now(options.Time), AuditOutcome.Refused, OpenedHere.Content(note) with { ErrorId = refusal.ErrorId });
            writer.Commit();
        }

        return refusal;
    }

    private static void Append(IStoreWriter writer, IPatientStore store, DateTime now, AuditOutcome outcome, AuditContent content) =>
        AuditChain.Append(writer, store.Identity.StoreId, new AuditDraft(now, null, null, StoreOperation.ResetAdministrator, outcome, content, 0, default));
}
