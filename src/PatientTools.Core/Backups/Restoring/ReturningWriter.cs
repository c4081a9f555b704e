using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Backups.Restoring;

/// <summary>Writes patients of a backup into a store that goes on living: what is written is new to whoever counts in sequences.</summary>
/// <param name="writer">The transaction.</param>
/// <param name="now">The time of what is made anew.</param>
internal sealed class ReturningWriter(IStoreWriter writer, DateTime now)
{
    /// <summary>How many entries of records were written.</summary>
    public long Records { get; private set; }

    /// <summary>How many older states of patients and entries were written.</summary>
    public long Versions { get; private set; }

    /// <summary>Writes a patient whom the store does not have, with id, versions and record.</summary>
    public void Insert(CollectedPatient patient)
    {
        // Only the present state brings search entries: a record number of an old one may be somebody else's by now.
        PatientState? last = null;
        foreach (var state in patient.Versions.OrderBy(version => version.Stamp.Version).Append(patient.Present))
        {
            var entries = ReferenceEquals(state, patient.Present) ? SearchEntries.Of(state, []) : [];
            var next = state with { Stamp = state.Stamp with { Key = last?.Stamp.Key ?? 0, Sequence = writer.NextSequence() } };
            if (last is null)
            {
                next = next with { Stamp = next.Stamp with { Key = writer.InsertPatient(next, entries) } };
            }
            else
            {
                writer.UpdatePatient(last, [], next, entries);
            }

            last = next;
        }

        Versions += patient.Versions.Count;
        patient.Record.ForEach(entry => Insert(entry, last!.Stamp.Key));
    }

    /// <summary>Gives a patient whom the store has, removed or not, the state of the backup as a new version. What came into its record later stays.</summary>
    public void Renew(PatientState present, CollectedPatient patient)
    {
        var was = patient.Present;
        if (!present.Document.Equals(was.Document) || present.Stamp.IsRemoved != was.Stamp.IsRemoved || !AreSame(present.Legacy, was.Legacy))
        {
            var stamp = present.Stamp with { Version = present.Stamp.Version + 1, Sequence = writer.NextSequence(), Modified = now, IsRemoved = was.Stamp.IsRemoved };
            var next = present with { Stamp = stamp, Document = was.Document, Legacy = was.Legacy };
            writer.UpdatePatient(present, SearchEntries.Of(present, []), next, SearchEntries.Of(next, []));
        }

        foreach (var entry in patient.Record)
        {
            Renew(entry, present.Stamp.Key);
        }
    }

    private void Insert(CollectedEntry entry, long patientKey)
    {
        RecordState? last = null;
        foreach (var state in entry.Versions.OrderBy(version => version.Version).Append(entry.Present))
        {
            var next = state with { Key = last?.Key ?? 0, PatientKey = patientKey, Sequence = writer.NextSequence() };
            if (last is null)
            {
                next = next with { Key = writer.InsertRecord(next) };
            }
            else
            {
                writer.UpdateRecord(last, next);
            }

            last = next;
        }

        Records++;
        Versions += entry.Versions.Count;
        writer.AddSearchEntries(patientKey, EntriesOf(entry.Present));
    }

    private void Renew(CollectedEntry entry, long patientKey)
    {
        var was = entry.Present;
        if (writer.FindRecord(patientKey, was.ResourceType, was.EntryId) is not { } present)
        {
            Insert(entry, patientKey);
            return;
        }

        if (present.IsRemoved == was.IsRemoved && present.Json.Span.SequenceEqual(was.Json.Span))
        {
            return;
        }

        writer.UpdateRecord(present, was with { Key = present.Key, PatientKey = patientKey, Version = present.Version + 1, Sequence = writer.NextSequence(), Modified = now });
        Records++;

        // What the entry gave and no entry gives any more goes; two entries may name the same code.
        var gone = EntriesOf(present).Except(EntriesOf(was)).ToList();
        if (gone.Count > 0)
        {
            writer.RemoveSearchEntries(patientKey, [.. gone.Except(SearchEntries.OfRecord(writer.ReadSearchableRecord(patientKey)))]);
        }

        writer.AddSearchEntries(patientKey, EntriesOf(was));
    }

    private static IReadOnlyList<SearchEntry> EntriesOf(RecordState state) => state.IsRemoved ? [] : SearchEntries.OfRecord(state.ResourceType, state.Json.Span);

    private static bool AreSame(ReadOnlyMemory<byte>? left, ReadOnlyMemory<byte>? right) =>
        left.HasValue == right.HasValue && left.GetValueOrDefault().Span.SequenceEqual(right.GetValueOrDefault().Span);
}
