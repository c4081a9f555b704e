using PatientTools.Search.Index;
using PatientTools.Storage;

namespace PatientTools.Search.Answers;

/// <summary>Tells figures of patients from the index alone.</summary>
/// <param name="reader">The snapshot.</param>
/// <param name="patients">Whose figures.</param>
/// <param name="today">The day for which ages are told.</param>
/// <param name="cancellation">Stops reading.</param>
internal sealed class FigureReader(IStoreReader reader, KeySet patients, DateOnly today, CancellationToken cancellation)
{
    /// <summary>What a patient should have, and of which each has exactly one entry.</summary>
    private static readonly (string Name, SearchEntryKind Kind)[] Expected =
    [
        ("FamilyName", SearchEntryKind.FamilyName),
        ("GivenName", SearchEntryKind.GivenName),
        ("BirthDate", SearchEntryKind.BirthDate),
        ("Gender", SearchEntryKind.Gender),
        ("Mrn", SearchEntryKind.Mrn),
        ("Kvnr", SearchEntryKind.Kvnr),
        ("Street", SearchEntryKind.Street),
        ("PostalCode", SearchEntryKind.PostalCode),
        ("City", SearchEntryKind.City),
        ("Phone", SearchEntryKind.Phone),
        ("Email", SearchEntryKind.Email),
    ];

    private long _known;
    private long _sum;
    private int _minimum = int.MaxValue;
    private int _maximum = int.MinValue;

    /// <summary>Reads the figures.</summary>
    public PatientFigures Read()
    {
        var count = patients.Count();
        ReadAges();
        return new PatientFigures(
            count,
            _known > 0 ? _minimum : null,
            _known > 0 ? _maximum : null,
            _known > 0 ? (double)_sum / _known : null,
            count - _known,
            [.. Expected.Select(property => KeyValuePair.Create(property.Name, CountMissing(property.Kind)))]);
    }

    private delegate long? AgeReader(ReadOnlySpan<byte> term);

    private void ReadAges()
    {
        var living = patients.Copy();
        living.ExceptWith(new IndexEvaluator(reader, QueryRecorder.None, cancellation).Read(SearchEntryKind.Deceased, "true"));
        ReadAges(SearchEntryKind.BirthDate, living, term => DateIndex.DateOf(term)?.YearsUntil(today));
        ReadAges(SearchEntryKind.AgeAtDeath, patients, AgeIndex.AgeAtDeath);
    }

    private void ReadAges(SearchEntryKind kind, KeySet set, AgeReader ageOf) => reader.VisitEntries(
        kind,
        TermRange.All,
        descending: false,
        (term, first, gaps) =>
        {
            if (KeySegment.CountIn(first, gaps, set) is var count and > 0 && ageOf(term) is { } age)
            {
                _known += count;
                _sum += count * age;
                _minimum = Math.Min(_minimum, (int)age);
                _maximum = Math.Max(_maximum, (int)age);
            }

            return true;
        },
        cancellation);

    private long CountMissing(SearchEntryKind kind)
    {
        var missing = new IndexEvaluator(reader, QueryRecorder.None, cancellation).Read(kind, "");
        missing.IntersectWith(patients);
        return missing.Count();
    }
}
