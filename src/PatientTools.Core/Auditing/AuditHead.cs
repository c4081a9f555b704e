namespace PatientTools.Auditing;

/// <summary>The end of a trail at some moment: to be kept elsewhere, so that it can be shown later that nothing before it was changed.</summary>
/// <param name="StoreId">The store.</param>
/// <param name="Number">The number of the last entry; 0 of a trail that is empty.</param>
/// <param name="Time">When that entry was written (UTC, milliseconds).</param>
/// <param name="Hash">Its hash, 64 hexadecimal digits.</param>
public sealed record AuditHead(Guid StoreId, long Number, DateTime Time, string Hash)
{
    /// <summary>The head as one line of text, which <see cref="Parse"/> reads.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => throw new NotSupportedException();

    /// <summary>Reads the text of a head.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The head.</returns>
    /// <exception cref="PatientToolsException"><c>AuditHeadInvalid</c>.</exception>
    public static AuditHead Parse(string text) => throw new NotSupportedException();
}

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
