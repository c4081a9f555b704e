using PatientTools.Accounts;
using PatientTools.Storage;

namespace PatientTools.Auditing;

/// <summary>Reads and checks the trail. Nothing here or elsewhere changes what is in it.</summary>
public sealed class AuditTrail
{
    private readonly StoreAccess _access;

    internal AuditTrail(StoreAccess access) => _access = access;

    /// <summary>Reads events, in the order of their numbers; what other threads of this process have seen but not written is written first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>The events, read while they are enumerated, in short transactions.</returns>
    [Requires(StoreOperation.ReadAuditTrail)]
    public IEnumerable<AuditEvent> Read(AuditQuery query, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Reads the head, to be kept elsewhere.</summary>
    /// <returns>The head, behind everything this process has seen.</returns>
    [Requires(StoreOperation.CheckAuditTrail)]
    public AuditHead ReadHead() => throw new NotSupportedException();

    /// <summary>Checks that the trail is as it was written.</summary>
    /// <param name="heads">Heads that were kept elsewhere.</param>
    /// <param name="progress">Told how many entries of how many are checked.</param>
    /// <param name="cancellation">Stops checking.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="PatientToolsException"><c>AuditHeadOfOtherStore</c>.</exception>
    [Requires(StoreOperation.CheckAuditTrail)]
    public AuditTrailCheck Check(IReadOnlyList<AuditHead> heads, Action<long, long>? progress = null, CancellationToken cancellation = default) => throw new NotSupportedException();
}
