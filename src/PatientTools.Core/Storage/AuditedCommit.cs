using PatientTools.Auditing;
using PatientTools.Patients;

namespace PatientTools.Storage;

/// <summary>Commits transactions together with the events that tell of them.</summary>
internal static class AuditedCommit
{
    /// <summary>Commits a transaction with the events of all that it does: either all is there afterwards, or nothing.</summary>
    /// <param name="writer">The transaction.</param>
    /// <param name="storeId">The store.</param>
    /// <param name="parts">What it does, and to whom.</param>
    public static void Run(IStoreWriter writer, Guid storeId, IReadOnlyList<Part> parts)
    {
        var taken = new List<(AuditedEvent Event, long First)>(parts.Count);
        try
        {
            foreach (var part in parts)
            {
                var drafts = part.Event.TakeWith(part.Patients);
                taken.Add((part.Event, 0));
                taken[^1] = (part.Event, Append(writer, storeId, drafts));
            }

            writer.Commit();
        }
        catch
        {
            taken.ForEach(one => one.Event.NotWritten());
            throw;
        }

        taken.ForEach(one => one.Event.Written(one.First));
    }

    /// <summary>Appends the entries of one event.</summary>
    /// <returns>The number of the event's first entry.</returns>
    private static long Append(IStoreWriter writer, Guid storeId, IReadOnlyList<AuditDraft> drafts)
    {
        var first = 0L;
        foreach (var draft in drafts)
        {
            var entry = AuditChain.Append(writer, storeId, draft);
            first = first > 0 ? first : entry.Continues ?? entry.Number;
        }

        return first;
    }

    /// <summary>A part of what a transaction does.</summary>
    /// <param name="Event">The event that tells of it.</param>
    /// <param name="Patients">The patients that it writes.</param>
    public readonly record struct Part(AuditedEvent Event, IReadOnlyList<PatientId> Patients);
}
