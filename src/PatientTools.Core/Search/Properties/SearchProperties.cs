using PatientTools.Patients;
using PatientTools.Search.Conditions;
using PatientTools.Search.Index;
using PatientTools.Search.Text;
using Kind = PatientTools.Search.SearchEntryKind;

namespace PatientTools.Search;

/// <summary>The properties there are.</summary>
public static class SearchProperties
{
    private const string IdentifierOf = "Identifier.";
    private const string MemberOf = "Document.";
    private const string AnyMember = "Document.<path>";

    /// <summary>Those with a fixed name, in the order in which they are offered.</summary>
    public static IReadOnlyList<SearchProperty> All { get; } =
    [
        Value(nameof(Patient.FamilyName), Kind.FamilyName, "The whole family name with its particles", of => of.FamilyName, row => row.FamilyName),
        Value(nameof(Patient.GivenName), Kind.GivenName, "All given names, blanks between", of => of.GivenName, row => row.GivenName),
        Value(nameof(Patient.Title), Kind.Title, "Titles such as Dr.", of => of.Title, row => row.Title),
        Values(
            "Name",
            [Kind.FamilyName, Kind.GivenName, Kind.OtherFamilyName, Kind.OtherGivenName],
            "Family names and given names of all names, former ones too",
            PropertyValues.Names),
        Date(nameof(Patient.BirthDate), Kind.BirthDate, Kind.BirthYear, "The birth date: a day, a month or a year", of => of.BirthDate, row => row.BirthDate),
        new("BirthYear", SearchPropertyType.Number, "The year of birth", subject => PropertyValues.One((long?)subject.Properties.BirthDate?.Year))
        {
            IsSortable = true,
            IsGroupable = true,
            Kind = Kind.BirthYear,
            Index = new BirthYearIndex(),
            ReadRow = row => (long?)row.BirthDate?.Year,
        },
        new(nameof(Patient.Age), SearchPropertyType.Number, "Completed years today, or at death", subject => PropertyValues.One(PropertyValues.Age(subject)))
        {
            IsSortable = true,
            Index = new AgeIndex(),
            ReadRow = row => (long?)row.Age,
        },
        Value(nameof(Patient.Gender), Kind.Gender, "male, female, other or unknown", of => of.Gender, row => row.Gender),
        new(nameof(Patient.Kvnr), SearchPropertyType.Text, "German health insurance numbers", subject => PropertyValues.Identifiers(subject, identifier => identifier.System == IdentifierSystems.Kvnr))
        {
            IsMultiple = true,
            IsSortable = true,
            Kind = Kind.Kvnr,
            Index = new ValueIndex([Kind.Kvnr]),
            ReadRow = row => row.Kvnr,
        },
        new(nameof(Patient.Mrn), SearchPropertyType.Text, "Medical record numbers", subject => PropertyValues.Identifiers(subject, identifier => identifier.IsMrn))
        {
            IsMultiple = true,
            IsSortable = true,
            Kind = Kind.Mrn,
            Index = new IdentifierIndex([Kind.Mrn], null),
            ReadRow = row => row.Mrn,
        },
        new("Identifier", SearchPropertyType.Text, "Identifiers of any system; Identifier.kvid-10 for one system", subject => PropertyValues.Identifiers(subject, _ => true))
        {
            IsMultiple = true,
            Index = new IdentifierIndex([Kind.Kvnr, Kind.Mrn, Kind.Identifier], null),
        },
        Value(nameof(Patient.Street), Kind.Street, "Street and house number", of => of.Street, row => row.Street, isGroupable: false),
        Value(nameof(Patient.PostalCode), Kind.PostalCode, "The postal code", of => of.Address?.PostalCode, row => row.PostalCode),
        Value(nameof(Patient.City), Kind.City, "The city", of => of.Address?.City, row => row.City),
        Value(nameof(Patient.Country), Kind.Country, "The country", of => of.Address?.Country, row => row.Country),
        Values(
            "Address",
            [Kind.Street, Kind.PostalCode, Kind.City, Kind.Country, Kind.OtherAddressPart],
            "Streets, postal codes, cities, states and countries of all addresses",
            PropertyValues.AddressParts),
        Value(nameof(Patient.Phone), Kind.Phone, "The first phone number", of => of.Phone, row => row.Phone, isGroupable: false),
        Value(nameof(Patient.Email), Kind.Email, "The first e-mail address", of => of.Email, row => row.Email, isGroupable: false),
        Values("Telecom", [Kind.Phone, Kind.Email, Kind.OtherTelecom], "Phone numbers, e-mail addresses and others", PropertyValues.Telecoms),
        Flag(nameof(Patient.Deceased), Kind.Deceased, "Whether the patient is dead", of => of.Deceased, row => row.Deceased),
        Date(nameof(Patient.DeceasedDate), Kind.DeceasedDate, null, "The day of death, when known", of => of.DeceasedDate, row => row.DeceasedDate),
        Flag(nameof(Patient.Active), Kind.Active, "Whether the record is in use", of => of.Active, row => row.Active),
        Values("Condition", [Kind.Condition], "Codes of recorded conditions", PropertyValues.Conditions, isGroupable: true),
        Values("Payer", [Kind.Payer, Kind.PayerNumber], "Names and institution numbers of the payers of recorded coverages", PropertyValues.Payers, isGroupable: true),
        new("Guardian", SearchPropertyType.Text, "Guardians and parents among the contacts and related persons", Guardians.Of) { IsMultiple = true },
        new(nameof(Patient.Source), SearchPropertyType.Text, "Where the patient came from", subject => PropertyValues.One(subject.State.Stamp.Source))
        {
            IsSortable = true,
            IsGroupable = true,
            Kind = Kind.Source,
            Index = new ValueIndex([Kind.Source]),
            ReadRow = row => row.Source,
        },
        new(nameof(Patient.SourceId), SearchPropertyType.Text, "The id in the source", subject => PropertyValues.One(subject.State.Stamp.SourceId))
        {
            IsSortable = true,
            Index = new IdColumnIndex(PatientColumn.SourceId),
            ReadRow = row => row.SourceId,
        },
        new(nameof(Patient.Id), SearchPropertyType.Text, "The store's own id", subject => PropertyValues.One(subject.State.Stamp.Id.ToString()))
        {
            IsSortable = true,
            IsId = true,
            Index = new IdColumnIndex(PatientColumn.Id),
            ReadRow = row => row.Id.ToString(),
        },
        Number(nameof(Patient.Version), PatientColumn.Version, "The version, from 1", stamp => stamp.Version, row => row.Version),
        Number(nameof(Patient.Sequence), PatientColumn.Sequence, "The store's sequence at which this version was written", stamp => stamp.Sequence, row => row.Sequence),
        Time(nameof(Patient.Created), PatientColumn.Created, "When the patient came into this store", stamp => stamp.Created, row => row.Created),
        Time(nameof(Patient.Modified), PatientColumn.Modified, "When this version was written", stamp => stamp.Modified, row => row.Modified),
        new(nameof(Patient.IsRemoved), SearchPropertyType.Boolean, "Whether the patient is removed", subject => PropertyValues.One(subject.State.Stamp.IsRemoved))
        {
            IsSortable = true,
            Index = new FlagIndex(Kind.State, StateTerms.Removed, StateTerms.Living),
            ReadRow = row => row.IsRemoved,
        },
    ];

    private static readonly Dictionary<string, SearchProperty> ByName = All.ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds a property; case does not matter.</summary>
    /// <param name="name">A fixed name, <c>Identifier.</c> and a system (or its last part), or <c>Document.</c> and a path.</param>
    /// <returns>The property, or null when there is none.</returns>
    public static SearchProperty? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (ByName.TryGetValue(name, out var property))
        {
            return property;
        }

        return name.StartsWith(IdentifierOf, StringComparison.OrdinalIgnoreCase) && name.Length > IdentifierOf.Length
            ? OfSystem(name[IdentifierOf.Length..])
            : name.StartsWith(MemberOf, StringComparison.OrdinalIgnoreCase) && DocumentPath.TryParse(name[MemberOf.Length..]) is { } path
            ? OfPath(path)
            : null;
    }

    /// <summary>The property somebody probably meant.</summary>
    /// <param name="name">The wrong name.</param>
    /// <returns>The nearest name.</returns>
    public static string Nearest(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var head = name.IndexOf('.', StringComparison.Ordinal);
        var isComposed = head > 0 && head < name.Length - 1;
        if (isComposed && NearestName.Of(name[..head], ["Identifier", "Document", "Patient"]) is var start and not "Patient")
        {
            var nearest = start + name[head..];
            return Find(nearest) is null ? AnyMember : nearest;
        }

        return name.TrimEnd('.').Equals("Document", StringComparison.OrdinalIgnoreCase) ? AnyMember : NearestName.Of(name, All.Select(property => property.Name))!;
    }

    /// <summary>The property to sort by that somebody probably meant.</summary>
    /// <param name="name">The wrong name.</param>
    /// <returns>The nearest name.</returns>
    public static string NearestSortable(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return NearestName.Of(name, All.Where(property => property.IsSortable).Select(property => property.Name))!;
    }

    private static SearchProperty OfSystem(string text)
    {
        var system = new IdentifierSystemFilter(text);
        return new(IdentifierOf + text, SearchPropertyType.Text, $"Identifiers of the system {text}", subject => PropertyValues.Identifiers(subject, identifier => system.IsMetBy(identifier.System)))
        {
            IsMultiple = true,
            Index = new IdentifierIndex(system.IsMetBy(IdentifierSystems.Kvnr) ? [Kind.Kvnr, Kind.Mrn, Kind.Identifier] : [Kind.Mrn, Kind.Identifier], system),
        };
    }

    private static SearchProperty OfPath(DocumentPath path) => new(MemberOf + path, SearchPropertyType.Text, $"The document's member {path}", subject => path.ValuesIn(subject.State.Document.Utf8.Span))
    {
        IsMultiple = true,
        IsOfAnyType = true,
    };

    private static SearchProperty Value(
        string name, Kind kind, string description, Func<PatientProperties, string?> read, Func<Patient, string?> readRow, bool isGroupable = true) =>
        new(name, SearchPropertyType.Text, description, subject => PropertyValues.One(read(subject.Properties)))
        {
            IsSortable = true,
            IsGroupable = isGroupable,
            Kind = kind,
            Index = new ValueIndex([kind]),
            ReadRow = readRow,
        };

    private static SearchProperty Values(
        string name, Kind[] kinds, string description, Func<PatientSubject, IReadOnlyList<object>> read, bool isGroupable = false) =>
        new(name, SearchPropertyType.Text, description, read)
        {
            IsMultiple = true,
            IsGroupable = isGroupable,
            Index = new ValueIndex(kinds),
        };

    private static SearchProperty Date(
        string name, Kind kind, Kind? yearKind, string description, Func<PatientProperties, PartialDate?> read, Func<Patient, PartialDate?> readRow) =>
        new(name, SearchPropertyType.Date, description, subject => PropertyValues.One(read(subject.Properties)))
        {
            IsSortable = true,
            Kind = kind,
            Index = new DateIndex(kind, yearKind),
            ReadRow = row => readRow(row),
        };

    private static SearchProperty Flag(string name, Kind kind, string description, Func<PatientProperties, bool?> read, Func<Patient, bool?> readRow) =>
        new(name, SearchPropertyType.Boolean, description, subject => PropertyValues.One(read(subject.Properties)))
        {
            IsSortable = true,
            IsGroupable = true,
            Kind = kind,
            Index = new FlagIndex(kind, "true", "false"),
            ReadRow = row => readRow(row),
        };

    private static SearchProperty Number(
        string name, PatientColumn column, string description, Func<Storage.PatientStamp, long> read, Func<Patient, long> readRow) =>
        new(name, SearchPropertyType.Number, description, subject => PropertyValues.One(read(subject.State.Stamp)))
        {
            IsSortable = true,
            Column = column,
            Index = new NumberColumnIndex(column),
            ReadRow = row => readRow(row),
        };

    private static SearchProperty Time(
        string name, PatientColumn column, string description, Func<Storage.PatientStamp, DateTime> read, Func<Patient, DateTime> readRow) =>
        new(name, SearchPropertyType.Time, description, subject => PropertyValues.One(read(subject.State.Stamp)))
        {
            IsSortable = true,
            Column = column,
            Index = new NumberColumnIndex(column),
            ReadRow = row => readRow(row),
        };
}
