using PatientTools.Auditing;
using PatientTools.Storage;

namespace PatientTools.Accounts;

/// <summary>
/// The accounts of a store. A store without accounts is open; the first one has to be an administrator, and takes over the
/// session in which it is made. A change of password, role or state ends the account's other sessions at once.
/// </summary>
public sealed class StoreAccounts
{
    private readonly StoreAccess _access;

    internal StoreAccounts(StoreAccess access) => _access = access;

    /// <summary>Reads all accounts, in the order of their names.</summary>
    /// <returns>The accounts.</returns>
    [Requires(StoreOperation.ReadAccounts)]
    public IReadOnlyList<StoreAccount> Read() => _access.Run<IReadOnlyList<StoreAccount>>(StoreOperation.ReadAccounts, use =>
    {
        using var reader = use.BeginRead();
        return [.. reader.ReadAccounts().Select(View)];
    });

    /// <summary>Reads the account of this session.</summary>
    /// <returns>The account; null in a store without accounts.</returns>
    [Requires(StoreOperation.ReadOwnAccount)]
    public StoreAccount? ReadOwn() => _access.Run(StoreOperation.ReadOwnAccount, use =>
    {
        using var reader = use.BeginRead();
        return _access.Session.Entry.AccountId is null ? null : View(OwnIn(reader));
    });

    /// <summary>Adds an account.</summary>
    /// <param name="credential">Name and password.</param>
    /// <param name="role">What it may do.</param>
    /// <returns>The account.</returns>
    /// <exception cref="PatientToolsException"><c>AccountExists</c>, <c>AccountNameInvalid</c>, <c>PasswordTooShort</c>, <c>PasswordTooCommon</c>, <c>PasswordInvalid</c>, <c>FirstAccountNotAdministrator</c>.</exception>
    [Requires(StoreOperation.AddAccount)]
    public StoreAccount Add(StoreCredential credential, StoreRole role) => _access.Run(StoreOperation.AddAccount, use =>
    {
        var name = AccountName.Checked(credential.Name);
        StoreSettingValues settings;
        using (var reader = use.BeginRead())
        {
            RefuseToAdd(reader, name, role);
            settings = SettingsIn(reader);
        }

        var account = NewAccount.Of(credential, role, settings, _access.Session.Options);
        using var writer = use.BeginWrite();
        RefuseToAdd(writer, name, role);
        var mark = writer.AccessMark;
        var takeover = writer.ReadAccounts().Count == 0 ? _access.Session.Entry with { AccountId = account.Id, Account = account.Name, Role = role } : null;
        writer.WriteAccount(account);
        if (takeover is not null)
        {
            EndSessions(writer, session => session.Id != takeover.Id);
            writer.WriteSession(takeover);
        }

        use.Event.Describe($"'{account.Name}': {role}");
        Commit(use, writer);
        if (takeover is not null)
        {
            _access.Session.TakeOver(takeover, mark);
        }

        return View(account);
    });

    /// <summary>Changes role, state or password of an account.</summary>
    /// <param name="name">The account; case does not matter.</param>
    /// <param name="change">What to change.</param>
    /// <returns>The account afterwards.</returns>
    /// <exception cref="PatientToolsException"><c>AccountNotFound</c>, <c>LastAdministrator</c>, and those of passwords.</exception>
    [Requires(StoreOperation.ChangeAccount)]
    public StoreAccount Change(string name, AccountChange change) => _access.Run(StoreOperation.ChangeAccount, use =>
    {
        var password = change.Password is null ? null : HashFor(use, name, change.Password);
        using var writer = use.BeginWrite();
        var old = Existing(writer, name);
        var next = old with { Role = change.Role ?? old.Role, IsDisabled = change.IsDisabled ?? old.IsDisabled, Password = password ?? old.Password };
        if (next == old)
        {
            return View(old);
        }

        RefuseLastAdministrator(writer, old, next);
        var now = Now;
        next = next with { Modified = now, PasswordChanged = password is null ? old.PasswordChanged : now };
        writer.WriteAccount(next);

        // Somebody who changes his own password and nothing else goes on.
        var own = _access.Session.Entry;
        var staysOpen = own.AccountId == old.Id && next.Role == old.Role && next.IsDisabled == old.IsDisabled;
        EndSessions(writer, session => session.AccountId == old.Id && !(staysOpen && session.Id == own.Id));
        use.Event.Describe(Described(old, next, password is not null));
        Commit(use, writer);
        return View(next);
    });

    /// <summary>Changes the password of the session's own account; this session goes on, its others end.</summary>
    /// <param name="oldPassword">The present one; a wrong one counts as a failed login.</param>
    /// <param name="newPassword">The new one.</param>
    /// <returns>The account afterwards.</returns>
    /// <exception cref="PatientToolsException"><c>LoginFailed</c>, <c>NoAccount</c>, and those of passwords.</exception>
    [Requires(StoreOperation.ChangeOwnPassword)]
    public StoreAccount ChangeOwnPassword(string oldPassword, string newPassword) => _access.Run(StoreOperation.ChangeOwnPassword, use =>
    {
        var own = _access.Session.Entry;
        if (own.Account is null)
        {
            throw new PatientToolsException("NoAccount", $"The store '{_access.Session.Store.Location}' has no accounts, so that there is no password to change.", ErrorKind.InvalidOperation);
        }

        var (accounts, settings) = ReadToChangeOwn(use);
        PasswordRules.Check(newPassword, own.Account, settings.PasswordMinimumLength);
        var attempt = new PasswordAttempt(new StoreCredential(own.Account, oldPassword), _access.Session.Options.Passwords);
        var hash = HashingGate.OfProcess.Run(settings.ConcurrentLogins, () => PasswordHash.Of(newPassword, settings.PasswordCost, _access.Session.Options.Passwords));
        while (true)
        {
            attempt.Verify(accounts, settings, Now);
            using var writer = use.BeginWrite();
            (accounts, settings) = (writer.ReadAccounts(), SettingsIn(writer));
            if (!attempt.IsAbout(accounts))
            {
                continue;
            }

            var now = Now;
            var decision = attempt.Decide(accounts, LockoutPolicy.Of(settings), now);
            if (decision.Refusal is not null)
            {
                decision.Write(writer);
                var failure = LoginDecision.Failed(_access.Session.Store.Location);
                use.Event.Describe(decision.Refusal);
                use.Event.Fail(AuditOutcome.Refused, failure.ErrorId);
                use.Commit(writer, []);
                throw failure;
            }

            var account = OwnIn(writer);
            var next = account with { Password = hash, PasswordChanged = now, Modified = now, FailedAttempts = 0, LockedUntil = null };
            writer.WriteAccount(next);
            EndSessions(writer, session => session.AccountId == account.Id && session.Id != own.Id);
            Commit(use, writer);
            return View(next);
        }
    });

    /// <summary>Removes an account; what it did stays in the trail.</summary>
    /// <param name="name">The account.</param>
    /// <exception cref="PatientToolsException"><c>AccountNotFound</c>, <c>LastAdministrator</c>.</exception>
    [Requires(StoreOperation.RemoveAccount)]
    public void Remove(string name) => _access.Run(StoreOperation.RemoveAccount, use =>
    {
        using var writer = use.BeginWrite();
        var account = Existing(writer, name);
        RefuseLastAdministrator(writer, account, null);
        writer.DeleteAccount(account.Id);
        EndSessions(writer, session => session.AccountId == account.Id);
        use.Event.Describe($"'{account.Name}'");
        Commit(use, writer);
        return account;
    });

    /// <summary>Ends the waiting time after failed logins, and forgets those.</summary>
    /// <param name="name">The account.</param>
    /// <returns>The account afterwards.</returns>
    /// <exception cref="PatientToolsException"><c>AccountNotFound</c>.</exception>
    [Requires(StoreOperation.UnlockAccount)]
    public StoreAccount Unlock(string name) => _access.Run(StoreOperation.UnlockAccount, use =>
    {
        using var writer = use.BeginWrite();
        var account = Existing(writer, name) with { FailedAttempts = 0, LockedUntil = null };
        writer.WriteAccount(account);
        use.Event.Describe($"'{account.Name}'");
        Commit(use, writer);
        return View(account);
    });

    private DateTime Now => OpenedHere.Now(_access.Session.Options.Time);

    private StoreAccount View(AccountState account) => StoreAccount.Of(account, Now);

    private StoreSettingValues SettingsIn(IStoreReader reader) => new StoreSettings(_access.Session.Store.Identity).ReadFrom(reader);

    private AccountState OwnIn(IStoreReader reader) =>
        reader.ReadAccounts().FirstOrDefault(account => account.Id == _access.Session.Entry.AccountId) ?? throw NotFound(_access.Session.Entry.Account!);

    /// <summary>Checks and hashes a new password of somebody, before the transaction.</summary>
    private string HashFor(StoreUse use, string name, string password)
    {
        StoreSettingValues settings;
        using (var reader = use.BeginRead())
        {
            settings = SettingsIn(reader);
            PasswordRules.Check(password, Existing(reader, name).Name, settings.PasswordMinimumLength);
        }

        return HashingGate.OfProcess.Run(settings.ConcurrentLogins, () => PasswordHash.Of(password, settings.PasswordCost, _access.Session.Options.Passwords));
    }

    /// <summary>A session that cannot count a wrong password must not tell whether one is right.</summary>
    private (IReadOnlyList<AccountState> Accounts, StoreSettingValues Settings) ReadToChangeOwn(StoreUse use)
    {
        using var writer = use.BeginWrite();
        return (writer.ReadAccounts(), SettingsIn(writer));
    }

    private static string Described(AccountState old, AccountState next, bool hasNewPassword)
    {
        string?[] changes =
        [
            old.Role == next.Role ? null : $"{old.Role} to {next.Role}",
            old.IsDisabled == next.IsDisabled ? null : next.IsDisabled ? "disabled" : "enabled",
            hasNewPassword ? "password" : null,
        ];
        return $"'{old.Name}': {string.Join(", ", changes.Where(change => change is not null))}";
    }

    private static void RefuseToAdd(IStoreReader reader, string name, StoreRole role)
    {
        if (reader.FindAccount(AccountName.KeyOf(name)) is { } taken)
        {
            throw new PatientToolsException("AccountExists", $"There is an account '{taken.Name}' already.", ErrorKind.AlreadyExists) { Target = name };
        }

        if (role != StoreRole.Administrator && reader.ReadAccounts().Count == 0)
        {
            throw new PatientToolsException(
                "FirstAccountNotAdministrator",
                "The first account of a store has to be an administrator, because nobody could add another one. Give -Role Administrator.",
                ErrorKind.InvalidArgument)
            { Target = role };
        }
    }

    /// <summary>In the transaction: of two administrators who demote each other at once, the second is refused.</summary>
    private static void RefuseLastAdministrator(IStoreReader reader, AccountState old, AccountState? next)
    {
        if (IsRunning(old) && !(next is not null && IsRunning(next)) && !reader.ReadAccounts().Any(other => other.Id != old.Id && IsRunning(other)))
        {
            throw new PatientToolsException(
                "LastAdministrator",
                $"The account '{old.Name}' is the only administrator who can log in: it cannot be removed, disabled or given another role. Make another administrator first.",
                ErrorKind.InvalidOperation)
            { Target = old.Name };
        }

        static bool IsRunning(AccountState account) => account is { Role: StoreRole.Administrator, IsDisabled: false };
    }

    private static AccountState Existing(IStoreReader reader, string name) =>
        (AccountName.IsPossible(name) ? reader.FindAccount(AccountName.KeyOf(name)) : null) ?? throw NotFound(name);

    private static PatientToolsException NotFound(string name) =>
        new("AccountNotFound", $"There is no account '{name}'. Get-PatientStoreAccount lists all.", ErrorKind.NotFound) { Target = name };

    private static void EndSessions(IStoreWriter writer, Func<SessionEntry, bool> which)
    {
        foreach (var session in writer.ReadSessions().Where(which))
        {
            writer.DeleteSession(session.Id);
        }
    }

    private static void Commit(StoreUse use, IStoreWriter writer)
    {
        writer.NextSequence();
        writer.ChangeAccess();
        use.Commit(writer, []);
    }
}
