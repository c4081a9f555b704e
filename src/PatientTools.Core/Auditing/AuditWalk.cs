using System.Globalization;
using PatientTools.Accounts;
using PatientTools.Storage;

namespace PatientTools.Auditing;

/// <summary>Goes through the events that a query wants, in short transactions.</summary>
/// <param name="use">The way to the store.</param>
/// <param name="query">Which.</param>
/// <param name="cancellation">Stops reading.</param>
internal sealed class AuditWalk(StoreUse use, AuditQuery query, CancellationToken cancellation)
{
    private const int MostEvents = 256;
    private const int MostPatients = 100_000;
    private readonly string? _account = query.Account is null ? null : AccountName.KeyOf(query.Account);

    /// <summary>What the trail tells of a query: what was asked by, and of whom.</summary>
    public static string? ShapeOf(AuditQuery query)
    {
        string?[] parts =
        [
            query.Since is null ? null : nameof(query.Since),
            query.Until is null ? null : nameof(query.Until),
            query.Account is null ? null : nameof(query.Account),
            query.Operations.Count == 0 ? null : $"{nameof(AuditEvent.Operation)} {string.Join(", ", query.Operations)}",
            query.Outcomes.Count == 0 ? null : $"{nameof(AuditEvent.Outcome)} {string.Join(", ", query.Outcomes)}",
            query.Patient is { } patient ? $"{nameof(query.Patient)} {patient}" : null,
            query.Newest is { } newest ? string.Create(CultureInfo.InvariantCulture, $"{nameof(query.Newest)} {newest}") : null,
        ];
        return parts.Any(part => part is not null) ? string.Join("; ", parts.Where(part => part is not null)) : null;
    }

    /// <summary>Reads the events in batches.</summary>
    /// <returns>The events; no transaction is open while they are looked at.</returns>
    public IEnumerable<IReadOnlyList<AuditEvent>> Read()
    {
        var plan = Plan();
        return query.Newest is { } newest ? Read(NewestNumbers(plan, newest))
            : plan.Numbers is { } numbers ? Read(numbers)
            : ReadAll(plan);
    }

    private AuditEventPlan Plan()
    {
        using var reader = use.BeginRead();
        return query.Patient is { } patient
            ? new AuditEventPlan(reader.ReadAuditEventsOf(patient, cancellation), 0, 0)
            : reader.PlanAuditEvents(query, cancellation);
    }

    private IEnumerable<IReadOnlyList<AuditEvent>> ReadAll(AuditEventPlan plan)
    {
        var after = plan.After;
        while (true)
        {
            List<AuditEvent> events;
            using (var reader = use.BeginRead())
            {
                var firsts = reader.ReadAuditEvents(query, after, plan.Before, MostEvents, descending: false);
                if (firsts.Count == 0)
                {
                    yield break;
                }

                (events, var done) = Merge(reader, firsts);
                after = firsts[done - 1].Number;
            }

            yield return events;
        }
    }

    private IEnumerable<IReadOnlyList<AuditEvent>> Read(IReadOnlyList<long> numbers)
    {
        for (var at = 0; at < numbers.Count;)
        {
            List<AuditEvent> events;
            using (var reader = use.BeginRead())
            {
                var firsts = reader.ReadAuditEntries([.. numbers.Skip(at).Take(MostEvents)]);
                (events, var done) = Merge(reader, firsts);
                at += firsts.Count == done ? MostEvents : Math.Max(1, done);
            }

            yield return events;
        }
    }

    /// <summary>The numbers of the newest events, ascending. Found from the end, and read from the front again, so that they are not all held at once.</summary>
    private List<long> NewestNumbers(AuditEventPlan plan, int newest)
    {
        var numbers = new List<long>();
        var before = plan.Before;
        var left = plan.Numbers?.Count ?? 0;
        while (numbers.Count < newest)
        {
            using var reader = use.BeginRead();
            var firsts = plan.Numbers is { } all
                ? reader.ReadAuditEntries([.. all.Skip(left - Math.Min(left, MostEvents)).Take(Math.Min(left, MostEvents)).Reverse()])
                : reader.ReadAuditEvents(query, plan.After, before, MostEvents, descending: true);
            if (plan.Numbers is null ? firsts.Count == 0 : left == 0)
            {
                break;
            }

            left -= Math.Min(left, MostEvents);
            before = firsts.Count > 0 ? firsts[^1].Number : before;
            foreach (var first in firsts.Where(IsWanted).Where(first => IsWanted(OutcomeOf(reader, first))).Take(newest - numbers.Count))
            {
                cancellation.ThrowIfCancellationRequested();
                numbers.Add(first.Number);
            }
        }

        numbers.Reverse();
        return numbers;
    }

    private (List<AuditEvent> Events, int Done) Merge(IStoreReader reader, IReadOnlyList<AuditEntry> firsts)
    {
        var events = new List<AuditEvent>(firsts.Count);
        var patients = 0;
        var done = 0;
        for (; done < firsts.Count && patients < MostPatients; done++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!IsWanted(firsts[done]))
            {
                continue;
            }

            var found = AuditEvents.Of(firsts[done], reader.ReadContinuations(firsts[done].Number));
            if (IsWanted(found.Outcome))
            {
                events.Add(found);
                patients += found.Patients.Count;
            }
        }

        return (events, done);
    }

    private AuditOutcome OutcomeOf(IStoreReader reader, AuditEntry first) =>
        query.Outcomes.Count > 0 && reader.ReadContinuations(first.Number) is [.., var last] ? last.Outcome : first.Outcome;

    private bool IsWanted(AuditOutcome outcome) => query.Outcomes.Count == 0 || query.Outcomes.Contains(outcome);

    private bool IsWanted(AuditEntry first) =>
        !(first.Time < query.Since) && !(first.Time >= query.Until)
        && (query.Operations.Count == 0 || query.Operations.Contains(first.Operation))
        && (_account is null || (first.Account is { } account && string.Equals(AccountName.KeyOf(account), _account, StringComparison.Ordinal)));
}
