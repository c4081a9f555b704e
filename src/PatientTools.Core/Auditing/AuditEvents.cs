using System.Runtime.InteropServices;
using PatientTools.Patients;

namespace PatientTools.Auditing;

/// <summary>Makes events of entries.</summary>
internal static class AuditEvents
{
    private const int IdLength = 16;

    /// <summary>The event of a first entry and those that continue it.</summary>
    /// <param name="first">The first entry.</param>
    /// <param name="continuations">The others, in the order of their numbers.</param>
    /// <returns>The event, as far as the entries can be read.</returns>
    public static AuditEvent Of(AuditEntry first, IReadOnlyList<AuditEntry> continuations)
    {
        var content = AuditContent.Parse(first.Content.Span);
        var last = continuations.Count > 0 ? continuations[^1] : first;
        var (errorId, details) = (content.ErrorId, content.Details);
        var patients = new List<PatientId>((int)Math.Min(last.Count, 1_000_000) is > 0 and var count ? count : 0);
        AddPatients(patients, first);
        foreach (var entry in continuations)
        {
            var more = AuditContent.Parse(entry.Content.Span);
            errorId ??= more.ErrorId;
            details = details is null ? more.Details : more.Details is null ? details : $"{details}{AuditedEvent.BetweenDetails}{more.Details}";
            AddPatients(patients, entry);
        }

        return new AuditEvent
        {
            Number = first.Number,
            Time = first.Time,
            Account = first.Account,
            Role = content.Role,
            Operation = first.Operation,
            Outcome = last.Outcome,
            ErrorId = errorId,
            Command = content.Command,
            Details = details,
            Reason = content.Reason,
            PatientCount = last.Count,
            Patients = patients,
            UserName = content.UserName,
            Machine = content.Machine,
            ProcessId = content.ProcessId,
            SessionId = content.Session,
            Hash = Convert.ToHexStringLower(last.Hash.Span),
        };
    }

    private static void AddPatients(List<PatientId> patients, AuditEntry entry)
    {
        var ids = entry.Patients.Span;
        var count = ids.Length / IdLength;
        CollectionsMarshal.SetCount(patients, patients.Count + count);
        var added = CollectionsMarshal.AsSpan(patients)[^count..];
        for (var i = 0; i < count; i++)
        {
            added[i] = new PatientId(new Guid(ids.Slice(i * IdLength, IdLength), bigEndian: true));
        }
    }
}
