using System.Text;
using PatientTools.Patients;

namespace PatientTools.Interchange;

/// <summary>What a column of values is about.</summary>
/// <param name="Name">The name under which it can be asked for.</param>
/// <param name="Field">The field it goes to; null for parts of the street and for what goes nowhere.</param>
internal sealed record ColumnTarget(string Name, PatientField? Field)
{
    /// <summary>A house number kept apart from the street.</summary>
    public static readonly ColumnTarget HouseNumber = new("HouseNumber", null);

    /// <summary>A second line of the address.</summary>
    public static readonly ColumnTarget AddressLine2 = new("AddressLine2", null);

    /// <summary>Nothing: the value is kept beside the document.</summary>
    public static readonly ColumnTarget Legacy = new("Legacy", null);
}

/// <summary>Knows columns by the names that German, English, Synthea's, febrl's and splink's files give them.</summary>
internal static class PatientColumns
{
    private static readonly Dictionary<string, ColumnTarget> Targets =
        Enum.GetValues<PatientField>().Select(field => new ColumnTarget(field.ToString(), field))
            .Append(ColumnTarget.HouseNumber).Append(ColumnTarget.AddressLine2).Append(ColumnTarget.Legacy)
            .ToDictionary(target => target.Name, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, ColumnTarget> ByFolded = Synonyms();

    /// <summary>The names that can be asked for.</summary>
    public static IReadOnlyCollection<string> Names => Targets.Keys;

    /// <summary>A target by the name it is asked for with; upper and lower case count alike.</summary>
    public static ColumnTarget? Find(string name) => Targets.GetValueOrDefault(name);

    /// <summary>A target by the heading of a column.</summary>
    public static ColumnTarget? Recognise(string heading) => ByFolded.GetValueOrDefault(Fold(heading));

    /// <summary>Headings without case, blanks, punctuation and umlauts.</summary>
    public static string Fold(string heading)
    {
        var folded = new StringBuilder(heading.Length);
        foreach (var c in heading)
        {
            _ = char.ToLowerInvariant(c) switch
            {
                'ä' => folded.Append("ae"),
                'ö' => folded.Append("oe"),
                'ü' => folded.Append("ue"),
                'ß' => folded.Append("ss"),
                '\u0308' => folded.Append('e'),
                var lower when char.IsLetterOrDigit(lower) => folded.Append(lower),
                _ => folded,
            };
        }

        return folded.ToString();
    }

    private static Dictionary<string, ColumnTarget> Synonyms()
    {
        var synonyms = Targets.Values.Where(target => target != ColumnTarget.Legacy).ToDictionary(target => Fold(target.Name), StringComparer.Ordinal);
        Add(PatientField.FhirId, "id sourceid recid uniqueid patientid");
        Add(PatientField.Mrn, "medicalrecordnumber patientennummer patientennr patnr patientnumber");
        Add(PatientField.Kvnr, "versichertennummer versichertennr krankenversichertennummer krankenversicherungsnummer versichertenid egknummer");
        Add(PatientField.Active, "aktiv");
        Add(PatientField.FamilyName, "last lastname surname family nachname familienname zuname name");
        Add(PatientField.GivenName, "first firstname given forename vorname vornamen");
        Add(PatientField.Title, "prefix titel anredetitel akademischergrad");
        Add(PatientField.Phone, "telephone phonenumber telefon telefonnummer tel telefonprivat mobil mobiltelefon handy");
        Add(PatientField.Email, "mail emailaddress emailadresse mailadresse");
        Add(PatientField.Gender, "sex geschlecht");
        Add(PatientField.BirthDate, "birthday dob dateofbirth birth geburtsdatum gebdatum geburtstag gebdat");
        Add(PatientField.Deceased, "dead verstorben");
        Add(PatientField.DeceasedDate, "deathdate dateofdeath sterbedatum todesdatum verstorbenam");
        Add(PatientField.Street, "address streetaddress addressline1 address1 strasse anschrift strassehausnummer strasseundhausnummer strassehausnr");
        Add(PatientField.PostalCode, "zip zipcode postcode plz postleitzahl");
        Add(PatientField.City, "town suburb ort stadt wohnort");
        Add(PatientField.State, "bundesland region");
        Add(PatientField.Country, "land staat countrycode laendercode");
        AddTarget(ColumnTarget.HouseNumber, "streetnumber hausnummer hausnr");
        AddTarget(ColumnTarget.AddressLine2, "address2 addressline2 adresszusatz zusatz anschriftenzusatz");
        return synonyms;

        void Add(PatientField field, string names) => AddTarget(Targets[field.ToString()], names);

        void AddTarget(ColumnTarget target, string names)
        {
            foreach (var name in names.Split(' '))
            {
                synonyms[name] = target;
            }
        }
    }
}
