using PatientTools.Auditing;
using PatientTools.Storage;

namespace PatientTools.Accounts;

/// <summary>
/// Opens sessions. Hashing runs outside every lock; what follows from it - counters, waiting time, last login, the session's
/// entry and the event - is one transaction, so that attempts of many threads and processes have one order: the trail's.
/// </summary>
internal static class Login
{
    /// <summary>Opens a session: with a credential where the store has accounts, without one where it has none.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">How it was opened; brings the clock and bcrypt.</param>
    /// <param name="credential">Name and password, or null.</param>
    /// <param name="call">What the event tells: the cmdlet and the reason.</param>
    /// <returns>The session's entry, which is stored already where the store has accounts, and how long it holds.</returns>
    /// <exception cref="PatientToolsException">
    /// <c>LoginFailed</c>, in the same words and after the same time whether the name is unknown, the password wrong, the
    /// account locked or disabled; <c>CredentialRequired</c>; <c>StoreHasNoAccounts</c>; <c>AuditTrailNotWritable</c>: a store with
    /// accounts whose file cannot be written.
    /// </exception>
    public static LoggedIn Run(IPatientStore store, StoreOptions options, StoreCredential? credential, CallerNote call)
    {
        var (accounts, settings) = Read(store);
        if (accounts.Count == 0)
        {
            return credential is null
                ? new LoggedIn(OpenedHere.NewEntry(null, OpenedHere.Now(options.Time), store.IsReadOnly), SessionTerms.Of(settings))
                : throw HasNoAccounts(store.Location);
        }

        if (!store.CanLog)
        {
            throw new PatientToolsException(
                "AuditTrailNotWritable",
                $"The store '{store.Location}' has accounts, so that every login is logged, and its file cannot be written. Get the right to write to it.",
                ErrorKind.Denied)
            { Target = store.Location };
        }

        return credential is null ? throw CredentialRequired(store, options, call) : Run(store, options, new PasswordAttempt(credential, options.Passwords), accounts, settings, call);
    }

    /// <summary>The store has no accounts.</summary>
    public static PatientToolsException HasNoAccounts(string location) => new(
        "StoreHasNoAccounts",
        $"The store '{location}' has no accounts: it is open to whoever can open its file. Connect without -Credential; New-PatientStoreAccount adds the first account.",
        ErrorKind.InvalidOperation)
    { Target = location };

    private static LoggedIn Run(
        IPatientStore store, StoreOptions options, PasswordAttempt attempt, IReadOnlyList<AccountState> accounts, StoreSettingValues settings, CallerNote call)
    {
        while (true)
        {
            attempt.Verify(accounts, settings, OpenedHere.Now(options.Time));
            using var writer = store.BeginLog();
            accounts = writer.ReadAccounts();
            settings = new StoreSettings(store.Identity).ReadFrom(writer);
            if (!attempt.IsAbout(accounts))
            {
                // The password was changed meanwhile, or hashed anew by another login.
                continue;
            }

            var now = OpenedHere.Now(options.Time);
            var decision = attempt.Decide(accounts, LockoutPolicy.Of(settings), now);
            decision.Write(writer);
            if (decision.Refusal is not null)
            {
                var failure = LoginDecision.Failed(store.Location);
                AppendRefusal(writer, store, now, decision.Account?.Name, OpenedHere.Content(call) with { ErrorId = failure.ErrorId, Details = decision.Refusal });
                writer.Commit();
                throw failure;
            }

            var entry = OpenedHere.NewEntry(decision.Account, now, store.IsReadOnly);
            writer.WriteSession(entry);
            AuditChain.Append(writer, store.Identity.StoreId, Connected(entry, call));
            writer.Commit();
            return new LoggedIn(entry, SessionTerms.Of(settings));
        }
    }

    /// <summary>The event of a session that was opened.</summary>
    public static AuditDraft Connected(SessionEntry entry, CallerNote call) => new(
        entry.Opened, null, entry.Account, StoreOperation.Connect, AuditOutcome.Succeeded,
        AuditContent.Of(entry) with { Command = call.Command, Reason = call.Reason }, 0, default);

    /// <summary>The event of the account with which a store is made.</summary>
    public static AuditDraft Added(AccountState account, SessionEntry entry, CallerNote call) =>
        Connected(entry, call) with { Operation = StoreOperation.AddAccount, Content = Connected(entry, call).Content with { Details = $"'{account.Name}': {account.Role}" } };

    private static (IReadOnlyList<AccountState> Accounts, StoreSettingValues Settings) Read(IPatientStore store)
    {
        using var reader = store.BeginRead();
        return (reader.ReadAccounts(), new StoreSettings(store.Identity).ReadFrom(reader));
    }

    private static PatientToolsException CredentialRequired(IPatientStore store, StoreOptions options, CallerNote call)
    {
        var refusal = new PatientToolsException(
            "CredentialRequired", $"The store '{store.Location}' has accounts. Connect with -Credential, or with -CredentialPath.", ErrorKind.Unauthenticated)
        { Target = store.Location };
        using var writer = store.BeginLog();
        AppendRefusal(writer, store, OpenedHere.Now(options.Time), null, OpenedHere.Content(call) with { ErrorId = refusal.ErrorId });
        writer.Commit();
        return refusal;
    }

    private static void AppendRefusal(IStoreWriter writer, IPatientStore store, DateTime now, string? account, AuditContent content) =>
        AuditChain.Append(writer, store.Identity.StoreId, new AuditDraft(now, null, account, StoreOperation.Connect, AuditOutcome.Refused, content, 0, default));
}

/// <summary>What comes of a login that succeeds.</summary>
/// <param name="Entry">The session.</param>
/// <param name="Terms">How long it holds.</param>
internal sealed record LoggedIn(SessionEntry Entry, SessionTerms Terms);
