using PatientTools.Interchange;
using PatientTools.Patients;
using PatientTools.Search.Conditions;
using PatientTools.Storage;

namespace PatientTools.Validation.Content;

/// <summary>
/// A patient as rules see it: the document, the record, and where in the document stands what most rules are about. Numbers of
/// nodes are numbers in <see cref="Document"/>; 0 means that there is none. Used again for the next patient; belongs to one thread.
/// </summary>
internal sealed class PatientContent
{
    /// <summary>How many resources of a record are kept for the next patient; what a large one needed is given back.</summary>
    private const int KeptResources = 64;

    private readonly MemberGuesses _guesses = new();
    private readonly PatientPartReader _parts = new();
    private readonly List<int> _unreadable = [];
    private ResourceContent[] _record = [];
    private int _recordCount;
    private PatientInput _input;
    private PatientSubject? _subject;

    /// <summary>The patient document.</summary>
    public ResourceContent Document { get; } = new();

    /// <summary>The patient's other resources; those that are no JSON are left out (<see cref="Unreadable"/>).</summary>
    public ReadOnlySpan<ResourceContent> Record => _record.AsSpan(0, _recordCount);

    /// <summary>Which of the other resources are no JSON, by their number from 0.</summary>
    public IReadOnlyList<int> Unreadable => _unreadable;

    /// <summary>The day on which is checked; the same for a whole batch.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>The member <c>name</c>.</summary>
    public ReadOnlySpan<NameContent> Names => _parts.Names;

    /// <summary>All texts of all names, also of contacts' names: those that are text.</summary>
    public ReadOnlySpan<NamePart> NameParts => _parts.NameParts;

    /// <summary>The member <c>identifier</c>.</summary>
    public ReadOnlySpan<IdentifierContent> Identifiers => _parts.Identifiers;

    /// <summary>The member <c>telecom</c>, and those of contacts.</summary>
    public ReadOnlySpan<TelecomContent> Telecoms => _parts.Telecoms;

    /// <summary>The member <c>address</c>, and those of contacts.</summary>
    public ReadOnlySpan<AddressContent> Addresses => _parts.Addresses;

    /// <summary>What the patient has that rules may need.</summary>
    public PatientAspects Aspects { get; private set; }

    /// <summary>The document's own <c>id</c>.</summary>
    public int FhirId => _parts.FhirId;

    /// <summary>The birth date.</summary>
    public DateContent BirthDate => _parts.BirthDate;

    /// <summary>The date of death, <c>deceasedDateTime</c>.</summary>
    public DateContent DeceasedDate => _parts.DeceasedDate;

    /// <summary>The member <c>deceasedBoolean</c>.</summary>
    public int DeceasedFlag => _parts.DeceasedFlag;

    /// <summary>The member <c>gender</c>.</summary>
    public int Gender => _parts.Gender;

    /// <summary>The member <c>active</c>.</summary>
    public int Active => _parts.Active;

    /// <summary>The member <c>link</c>.</summary>
    public int Link => _parts.Link;

    /// <summary>The patient as conditions of the filter language see it; made when first asked for.</summary>
    public PatientSubject Subject => _subject ??= new PatientSubject(
        _input.Stored ?? new PatientState(new PatientStamp(0, default, 1, 0, default, default, false, null, null), PatientDocument.Parse(_input.Document.Span), null),
        ReadRecord,
        Today);

    /// <summary>Takes a patient.</summary>
    /// <param name="input">The patient, which a source could take.</param>
    /// <param name="today">The day on which is checked.</param>
    /// <returns>Whether its document is JSON; if not, nothing can be asked.</returns>
    public bool Read(in PatientInput input, DateOnly today)
    {
        (_input, Today, _subject) = (input, today, null);
        _unreadable.Clear();
        _recordCount = 0;
        if (!Document.Read(input.Document, -1, _guesses))
        {
            return false;
        }

        _parts.Read(Document);
        Aspects = _parts.Aspects | AspectsOf(Document) | (Document.MayHaveSpecialLetters ? PatientAspects.SpecialLetters : PatientAspects.None);
        if (input.Record is { Count: > 0 } record)
        {
            ReadRecord(record);
        }

        return true;
    }

    private static PatientAspects AspectsOf(ResourceContent resource) =>
        (resource.Faults.IsEmpty ? PatientAspects.None : PatientAspects.Faults) | (resource.HasReferences ? PatientAspects.References : PatientAspects.None);

    private void ReadRecord(IReadOnlyList<ReadOnlyMemory<byte>> record)
    {
        if (record.Count > _record.Length || _record.Length > KeptResources)
        {
            Array.Resize(ref _record, Math.Max(record.Count, Math.Min(_record.Length, KeptResources)));
        }

        for (var i = 0; i < record.Count; i++)
        {
            var resource = _record[_recordCount] ??= new ResourceContent();
            if (resource.Read(record[i], i, _guesses))
            {
                _recordCount++;
                Aspects |= AspectsOf(resource) | PatientAspects.Record;
            }
            else
            {
                _unreadable.Add(i);
            }
        }
    }

    private List<RecordState> ReadRecord()
    {
        var states = new List<RecordState>(_recordCount);
        foreach (var content in Record)
        {
            if (content.Type is not null)
            {
                var resource = RecordResource.Parse(content.Utf8);
                states.Add(new RecordState(0, 0, resource.ResourceType, resource.FhirId ?? "", resource.FullUrl, 1, 0, default, false, resource.Code, resource.Date, resource.Json));
            }
        }

        return states;
    }
}
