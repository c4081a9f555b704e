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
    /// <returns>The session's entry, which is stored already where the store has accounts.</returns>
    /// <exception cref="PatientToolsException">
    /// <c>LoginFailed</c>, in the same words and after the same time whether the name is unknown, the password wrong, the
    /// account locked or disabled; <c>CredentialRequired</c>; <c>StoreHasNoAccounts</c>; <c>AuditTrailNotWritable</c>: a store with
    /// accounts whose file cannot be written.
    /// </exception>
    public static SessionEntry Run(IPatientStore store, StoreOptions options, StoreCredential? credential, CallerNote call) => throw new NotSupportedException();
}

/// <summary>What a caller says of itself.</summary>
/// <param name="Command">The cmdlet; null when the engine is called by other means.</param>
/// <param name="Reason">Why, or null.</param>
public sealed record CallerNote(string? Command, string? Reason)
{
    /// <summary>Nothing.</summary>
    public static CallerNote None { get; } = new(null, null);
}
