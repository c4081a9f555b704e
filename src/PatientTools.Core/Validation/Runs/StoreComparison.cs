using System.Text.Json;
using PatientTools.Accounts;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Index;
using PatientTools.Search.Text;
using PatientTools.Storage;
using PatientTools.Validation.Rules.Duplicates;

namespace PatientTools.Validation.Runs;

/// <summary>Compares patients with those of a store, by the store's index, a batch at a time in one short transaction. Used by many threads.</summary>
internal sealed class StoreComparison : IDisposable
{
    private readonly StoreUse _use;
    private readonly RuleSet _rules;
    private readonly ResultLanguage _language;
    private readonly bool _kvnrs;
    private readonly bool _persons;

    private StoreComparison(PatientStoreSession store, RuleSet rules, ResultLanguage language, bool kvnrs, bool persons)
    {
        (_rules, _language, _kvnrs, _persons) = (rules, language, kvnrs, persons);
        _use = store.Access.Begin(StoreOperation.ValidatePatients);
    }

    /// <summary>Begins.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="options">Name the store.</param>
    /// <returns>What compares; null when nobody asks for it.</returns>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>, <c>PermissionDenied</c>.</exception>
    public static StoreComparison? For(RuleSet rules, ValidationOptions options)
    {
        var (kvnrs, persons) = (rules.Contains(StoredKvnr.Instance), rules.Contains(StoredPerson.Instance));
        return options.CompareWith is { } store && (kvnrs || persons) ? new StoreComparison(store, rules, options.Language, kvnrs, persons) : null;
    }

    /// <summary>Compares patients, putting what is found beside what was found in them.</summary>
    /// <param name="patients">The patients.</param>
    /// <param name="results">What was found in each by itself.</param>
    /// <param name="stop">Stops.</param>
    public void Compare(IReadOnlyList<PatientInput> patients, PatientValidationResult[] results, CancellationToken stop) =>
        _use.Do(use =>
        {
            using var reader = use.BeginRead();
            var issues = new IssueSink(_rules, _language);
            for (var i = 0; i < results.Length; i++)
            {
                stop.ThrowIfCancellationRequested();
                issues.Clear();
                Compare(new ComparedPatient(patients[i], results[i]), reader, issues);
                if (issues.Highest is not null)
                {
                    results[i] = results[i].With(issues);
                }
            }

            return true;
        });

    /// <summary>Ends the use of the store.</summary>
    public void Dispose() => _use.Dispose();

    private void Compare(ComparedPatient patient, IStoreReader reader, IssueSink issues)
    {
        // Who is known by the number is not told again as known by the name.
        var told = new HashSet<PatientId>();
        foreach (var key in _kvnrs ? patient.Result.Keys : [])
        {
            if (key.Kind == IdentityKeyKind.Kvnr)
            {
                foreach (var other in Others(patient, reader, KeysOf(reader, SearchEntryKind.Kvnr, ValueTerm.Of(key.Value))))
                {
                    if (told.Add(other.Id))
                    {
                        _use.Event.Saw(other.Id);
                        StoredKvnr.Report(key, other.Id, issues);
                    }
                }
            }
        }

        if (_persons && patient.Properties is { BirthDate: { } born } properties)
        {
            foreach (var name in properties.Names)
            {
                foreach (var other in Others(patient, reader, Namesakes(reader, name, born)))
                {
                    if (!told.Contains(other.Id) && HasName(reader, other.Key, name) && told.Add(other.Id))
                    {
                        _use.Event.Saw(other.Id);
                        StoredPerson.Report(properties.ToString(), other.Id, issues);
                    }
                }
            }
        }
    }

    private static IEnumerable<Patient> Others(ComparedPatient patient, IStoreReader reader, List<long> keys) =>
        keys.Count == 0 ? [] : reader.ReadPatients([.. keys], null, default).Where(other => !other.IsRemoved && !patient.Is(other));

    /// <summary>Those who share every word of the family name, and the birth date.</summary>
    private static List<long> Namesakes(IStoreReader reader, PatientName name, PartialDate born)
    {
        List<long>? keys = null;
        foreach (var word in Words(name.WholeFamily))
        {
            var found = KeysOf(reader, SearchEntryKind.FamilyNameBirth, $"{word}\0{born}");
            keys = keys is null ? found : [.. keys.Intersect(found)];
        }

        return keys ?? [];
    }

    private static bool HasName(IStoreReader reader, long key, PatientName name) =>
        reader.ReadState(key)?.Document.Properties.Names.Any(other => IsSame(other, name)) == true;

    /// <summary>The same words of the family name; of the given names all that the shorter one has: <c>Anna</c> is <c>Anna Lena</c>.</summary>
    private static bool IsSame(PatientName one, PatientName other)
    {
        var (given, otherGiven) = (Words(one.AllGiven), Words(other.AllGiven));
        return Words(one.WholeFamily).ToHashSet(StringComparer.Ordinal).SetEquals(Words(other.WholeFamily))
            && given.Count == 0 == (otherGiven.Count == 0)
            && given.Intersect(otherGiven, StringComparer.Ordinal).Count() == Math.Min(given.Count, otherGiven.Count);
    }

    private static IReadOnlyList<string> Words(string? text) => text is null ? [] : TextFolding.Words(text);

    private static List<long> KeysOf(IStoreReader reader, SearchEntryKind kind, string term)
    {
        var keys = new List<long>();
        reader.VisitEntries(kind, TermRange.Exactly(term), descending: false, Add, default);
        return keys;

        bool Add(ReadOnlySpan<byte> found, long first, ReadOnlySpan<byte> gaps)
        {
            KeySegment.Read(first, gaps, keys);
            return true;
        }
    }

    /// <summary>A patient that is compared.</summary>
    private sealed class ComparedPatient(PatientInput input, PatientValidationResult result)
    {
        public PatientValidationResult Result { get; } = result;

        /// <summary>What the document says; null when it cannot be read.</summary>
        public PatientProperties? Properties { get; } = Read(input);

        /// <summary>
        /// Whether a patient of the store is this one: by the store's id, else by the id or the record number under which an
        /// import would find it again.
        /// </summary>
        public bool Is(Patient other) => input.Stored is { } stored
            ? other.Id == stored.Stamp.Id
            : (Result.Mrn is { } mrn && other.Mrn == mrn) || (other.SourceId is { } id && id == (Result.FhirId ?? ContentKey));

        private string ContentKey => field ??= PatientDocument.ContentKey(JsonText.CompactObject(input.Document.Span));

        private static PatientProperties? Read(in PatientInput input)
        {
            if (input.Document.IsEmpty)
            {
                return null;
            }

            try
            {
                return PatientProperties.Read(input.Document.Span);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                // What is no JSON has neither name nor birth date; that it is none, the result says already.
                return null;
            }
        }
    }
}
