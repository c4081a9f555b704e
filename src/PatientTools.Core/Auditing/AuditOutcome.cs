namespace PatientTools.Auditing;

/// <summary>How something ended. Names are stored; they never change.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Succeeded = 1,

    /// <summary>It was not permitted: no role, wrong password, missing reason.</summary>
    Refused,

    /// <summary>It ended with an error, whose id is told.</summary>
    Failed,

    /// <summary>Somebody stopped it, or had enough.</summary>
    Stopped,

    /// <summary>It is under way, or its process ended before it did.</summary>
    Pending,
}
