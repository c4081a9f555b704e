namespace PatientTools.Auditing;

/// <summary>What <see cref="AuditTrail.Check"/> found.</summary>
public sealed record AuditTrailCheck
{
    /// <summary>Whether nothing is wrong: the chain holds together and meets every head that was given.</summary>
    public required bool IsValid { get; init; }

    /// <summary>In plain words: <c>proven</c>, <c>consistent, unproven since …</c>, or what is wrong.</summary>
    public required string Result { get; init; }

    /// <summary>How many entries the trail has.</summary>
    public required long Entries { get; init; }

    /// <summary>The number of the first entry that is wrong; null when none is.</summary>
    public long? FirstWrong { get; init; }

    /// <summary>The event that entry belongs to, as far as it can be read.</summary>
    public AuditEvent? Event { get; init; }

    /// <summary>The number up to which a head that was given proves the trail; null without one.</summary>
    public long? ProvenUntil { get; init; }

    /// <summary>Since when nothing proves it (UTC); null when all is proven, or the trail is empty.</summary>
    public DateTime? UnprovenSince { get; init; }

    /// <summary>The trail's present head.</summary>
    public required AuditHead Head { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }
}
