using System.Globalization;
using PatientTools.Interchange;
using PatientTools.Patients;
using PatientTools.Search;

namespace PatientTools.Storage;

/// <summary>The rules of changing patients, inside one write transaction.</summary>
internal sealed class PatientTransaction(IStoreWriter writer, StoreSettingValues settings, DateTime now)
{
    private const string MrnCounter = "mrn";

    public PatientWriteResult Apply(PatientWrite write) => write switch
    {
        AddPatient add => Added(write, add.DrawMrn ? WithMrn(add.Document) : add.Document, null, null, null),
        ChangePatient change => Change(change),
        RemovePatient remove => Remove(remove),
        RestorePatient restore => Restore(restore),
        PurgePatient purge => Purge(purge),
        ImportPatient import => Import(import),
        _ => throw new ArgumentException($"No rule for {write.GetType().Name}.", nameof(write)),
    };

    private PatientWriteResult Added(PatientWrite write, PatientDocument document, ReadOnlyMemory<byte>? legacy, string? source, string? sourceId)
    {
        var stamp = new PatientStamp(0, PatientId.New(new DateTimeOffset(now)), 1, writer.NextSequence(), now, now, false, source, sourceId);
        var state = new PatientState(stamp, document, legacy);
        var key = writer.InsertPatient(state, SearchEntries.Of(state, []));
        return new PatientWriteResult(write, WriteOutcome.Added, state with { Stamp = stamp with { Key = key } });
    }

    private PatientWriteResult Change(ChangePatient change)
    {
        var present = Present(change.Id, change.ExpectedVersion, removedToo: false);
        var document = WithMrnSystem(change.Change(present.Document), present.Document);
        return document.Equals(present.Document)
            ? new PatientWriteResult(change, WriteOutcome.Unchanged, present)
            : new PatientWriteResult(change, WriteOutcome.Changed, Replace(present, present with { Document = document }));
    }

    private PatientWriteResult Remove(RemovePatient remove)
    {
        var present = Present(remove.Id, remove.ExpectedVersion, removedToo: false);
        return new PatientWriteResult(remove, WriteOutcome.Removed, Replace(present, present with { Stamp = present.Stamp with { IsRemoved = true } }));
    }

    private PatientWriteResult Restore(RestorePatient restore)
    {
        var present = Present(restore.Id, null, removedToo: true);
        return present.Stamp.IsRemoved
            ? new PatientWriteResult(restore, WriteOutcome.Restored, Replace(present, present with { Stamp = present.Stamp with { IsRemoved = false } }))
            : new PatientWriteResult(restore, WriteOutcome.Unchanged, present);
    }

    private PatientWriteResult Purge(PurgePatient purge)
    {
        var present = Present(purge.Id, null, removedToo: true);
        writer.PurgePatient(present.Stamp.Key, new PurgeMark(present.Stamp.Id, writer.NextSequence(), now));
        return new PatientWriteResult(purge, WriteOutcome.Purged, null);
    }

    private PatientWriteResult Import(ImportPatient import)
    {
        var item = import.Item;
        var sourceId = item.SourceId;
        if (writer.FindKey(import.Source, sourceId) is not { } key)
        {
            var added = Added(import, item.Document, LegacyOf(item), import.Source, sourceId);
            WriteRecord(added.State!.Stamp.Key, item.Record, isNew: true);
            return added;
        }

        var present = writer.ReadState(key)!;
        RefuseStranger(present, item.Document, import.Source, sourceId);
        if (present.Stamp.IsRemoved)
        {
            throw new PatientToolsException(
                "PatientRemoved",
                $"Patient '{sourceId}' of source '{import.Source}' is in the store as {present.Stamp.Id}, but removed. Use Restore-Patient first, or Remove-Patient -Purge to import it anew.",
                ErrorKind.InvalidOperation)
            { Target = present.Stamp.Id };
        }

        var next = present with { Document = item.Document, Legacy = LegacyOf(item) };
        var changed = !(next.Document.Equals(present.Document) && SameBytes(next.Legacy, present.Legacy));
        var state = changed ? Replace(present, next) : present;
        changed |= WriteRecord(key, item.Record, isNew: false);
        return new PatientWriteResult(import, changed ? WriteOutcome.Changed : WriteOutcome.Unchanged, state);
    }

    private bool WriteRecord(long patientKey, IReadOnlyList<RecordResource> resources, bool isNew)
    {
        var changed = false;
        foreach (var resource in resources)
        {
            changed |= WriteRecordEntry(patientKey, resource, isNew);
        }

        return changed;
    }

    private bool WriteRecordEntry(long patientKey, RecordResource resource, bool isNew)
    {
        var entryId = resource.FhirId ?? PatientDocument.ContentKey(resource.Json);
        var present = writer.FindRecord(patientKey, resource.ResourceType, entryId);
        if (present is { IsRemoved: false } && present.Json.Span.SequenceEqual(resource.Json))
        {
            return false;
        }

        if (present is not null && isNew)
        {
            throw new ConflictException(
                "RecordEntryTwice",
                $"Two different resources {resource.ResourceType}/{entryId} belong to the same patient. Each resource needs an id of its own.");
        }

        var next = new RecordState(
            present?.Key ?? 0,
            patientKey,
            resource.ResourceType,
            entryId,
            resource.FullUrl,
            (present?.Version ?? 0) + 1,
            writer.NextSequence(),
            now,
            false,
            resource.Code,
            resource.Date,
            resource.Json);
        if (present is null)
        {
            writer.InsertRecord(next);
            writer.AddSearchEntries(patientKey, resource.SearchEntries);
        }
        else
        {
            writer.UpdateRecord(present, next);
            MoveSearchEntries(present, resource.SearchEntries);
        }

        return true;
    }

    /// <summary>What the entry's present state gave and no entry gives any more goes; two entries may name the same code.</summary>
    private void MoveSearchEntries(RecordState before, IReadOnlyList<SearchEntry> after)
    {
        var gone = before.IsRemoved ? [] : SearchEntries.OfRecord(before.ResourceType, before.Json.Span).Except(after).ToList();
        if (gone.Count > 0)
        {
            writer.RemoveSearchEntries(before.PatientKey, [.. gone.Except(SearchEntries.OfRecord(writer.ReadSearchableRecord(before.PatientKey)))]);
        }

        writer.AddSearchEntries(before.PatientKey, after);
    }

    private PatientState Replace(PatientState present, PatientState next)
    {
        var stamp = next.Stamp with { Version = present.Stamp.Version + 1, Sequence = writer.NextSequence(), Modified = now };
        next = next with { Stamp = stamp };
        writer.UpdatePatient(present, SearchEntries.Of(present, []), next, SearchEntries.Of(next, []));
        return next;
    }

    private PatientState Present(PatientId id, long? expectedVersion, bool removedToo)
    {
        var state = writer.FindKey(id) is { } key ? writer.ReadState(key) : null;
        if (state is null)
        {
            throw PatientErrors.NotFound(id);
        }

        if (state.Stamp.IsRemoved && !removedToo)
        {
            throw new PatientToolsException("PatientRemoved", $"Patient {id} is removed. Use Restore-Patient to bring it back first.", ErrorKind.InvalidOperation) { Target = id };
        }

        return expectedVersion is null || expectedVersion == state.Stamp.Version
            ? state
            : throw new ConflictException(
                "VersionConflict",
                string.Create(CultureInfo.InvariantCulture, $"Patient {id} was changed by somebody else: the change is meant for version {expectedVersion}, the store has version {state.Stamp.Version}. Read the patient again and repeat the change, or use -Force to override."))
            { Target = id };
    }

    /// <summary>
    /// Two sources' files may both hold a patient <c>example</c>: the same key with other identifiers is somebody else.
    /// They contradict each other when they share systems, and no value in any of them; without a shared system, when
    /// neither the birth date nor any word of the names is the same.
    /// </summary>
    private static void RefuseStranger(PatientState present, PatientDocument document, string source, string sourceId)
    {
        var shared = from known in present.Document.Properties.Identifiers
                     from read in document.Properties.Identifiers
                     where known.System is not null && string.Equals(known.System, read.System, StringComparison.Ordinal)
                     select string.Equals(known.Value, read.Value, StringComparison.Ordinal);
        var verdicts = shared.ToList();
        if (verdicts.Count > 0 ? !verdicts.Contains(true) : SharesNothing(present.Document, document))
        {
            throw new ConflictException(
                "IdentityConflict",
                $"Patient '{sourceId}' of source '{source}' is in the store as {present.Stamp.Id} and is somebody else there: no identifier, or neither name nor birth date, is the same. Import the file under a name of its own with -Source.")
            { Target = present.Stamp.Id };
        }
    }

    private static bool SharesNothing(PatientDocument known, PatientDocument read) =>
        known.Properties.BirthDate is { } born && read.Properties.BirthDate is { } other && born != other
        && NameWords(known) is { Count: > 0 } words && NameWords(read) is { Count: > 0 } others && !words.Overlaps(others);

    private static HashSet<string> NameWords(PatientDocument document) =>
        [.. document.SearchEntries.Where(entry => entry.Kind is SearchEntryKind.FamilyNamePart or SearchEntryKind.GivenNamePart).Select(entry => entry.Term)];

    private PatientDocument WithMrn(PatientDocument document)
    {
        if (document.Properties.Mrn is not null)
        {
            return WithMrnSystem(document, null);
        }

        var number = writer.DrawNumber(MrnCounter).ToString(CultureInfo.InvariantCulture).PadLeft(settings.MrnDigits, '0');
        return PatientDocumentEditor.Apply(document, new PatientFields { [PatientField.Mrn] = number, [PatientField.MrnSystem] = settings.MrnSystem });
    }

    /// <summary>
    /// A record number that somebody gives here without a system is one of the store's own: only so is it held against
    /// those that the store draws. One that came with an import stays as it came.
    /// </summary>
    private PatientDocument WithMrnSystem(PatientDocument document, PatientDocument? before) =>
        document.Properties.MrnIdentifier is { System: null } mrn && !string.Equals(before?.Properties.Mrn, mrn.Value, StringComparison.Ordinal)
            ? PatientDocumentEditor.Apply(document, new PatientFields { [PatientField.MrnSystem] = settings.MrnSystem })
            : document;

    /// <summary>Spelled out, because an array that is null converts to memory that is empty and not to none.</summary>
    private static ReadOnlyMemory<byte>? LegacyOf(PatientItem item) => item.Legacy is null ? null : (ReadOnlyMemory<byte>?)item.Legacy;

    private static bool SameBytes(ReadOnlyMemory<byte>? left, ReadOnlyMemory<byte>? right) =>
        left.HasValue == right.HasValue && left.GetValueOrDefault().Span.SequenceEqual(right.GetValueOrDefault().Span);
}
