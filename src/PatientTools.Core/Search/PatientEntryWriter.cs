using System.Globalization;
using PatientTools.Patients;
using PatientTools.Search.Text;

namespace PatientTools.Search;

/// <summary>
/// Makes the search entries of patient documents. One per thread, which keeps the forms of the texts that it met last: this
/// runs for every patient of an import.
/// </summary>
internal sealed class PatientEntryWriter
{
    private const string Missing = "";
    private const string True = "true";
    private const string False = "false";

    [ThreadStatic]
    private static PatientEntryWriter? _ofThread;

    private readonly TextFormsCache _forms = new();
    private readonly SearchEntryCollector _entries = new();

    private PatientEntryWriter()
    {
    }

    public static PatientEntryWriter OfThread => _ofThread ??= new PatientEntryWriter();

    /// <summary>The term of a value that many patients share.</summary>
    public string ValueTermOf(string value) => _forms.Of(value).Term;

    /// <summary>Makes the entries of a document.</summary>
    public SearchEntry[] Write(PatientProperties properties)
    {
        _entries.Clear();
        WriteNames(properties);
        WriteAddresses(properties);
        WriteTelecoms(properties);
        WriteIdentifiers(properties);
        WriteLife(properties);
        return _entries.ToArray();
    }

    private void WriteNames(PatientProperties properties)
    {
        var shown = properties.Name;
        var born = properties.BirthDate?.ToString();
        var family = Shared(SearchEntryKind.FamilyName, shown?.WholeFamily);
        var given = Shared(SearchEntryKind.GivenName, shown?.AllGiven);
        Shared(SearchEntryKind.Title, shown?.AllPrefix);
        foreach (var name in properties.Names)
        {
            WriteWords(SearchEntryKind.FamilyNamePart, SearchEntryKind.FamilyNameSound, name.WholeFamily);
            WriteBirths(name.WholeFamily, born);
            foreach (var part in name.Given)
            {
                WriteWords(SearchEntryKind.GivenNamePart, SearchEntryKind.GivenNameSound, part);
            }

            if (!ReferenceEquals(name, shown))
            {
                WriteOther(SearchEntryKind.OtherFamilyName, name.WholeFamily, family);
                WriteOther(SearchEntryKind.OtherGivenName, name.AllGiven, given);
            }
        }
    }

    private void WriteWords(SearchEntryKind wordKind, SearchEntryKind soundKind, string? text)
    {
        if (text is null)
        {
            return;
        }

        var forms = _forms.Of(text);
        foreach (var word in forms.Words)
        {
            _entries.Add(wordKind, word);
        }

        foreach (var sound in forms.Sounds)
        {
            if (sound.Length > 0)
            {
                _entries.Add(soundKind, sound);
            }
        }
    }

    private void WriteBirths(string? family, string? born)
    {
        if (family is null || born is null)
        {
            return;
        }

        foreach (var word in _forms.Of(family).Words)
        {
            _entries.Add(SearchEntryKind.FamilyNameBirth, $"{word}\0{born}");
        }
    }

    private void WriteAddresses(PatientProperties properties)
    {
        var shown = properties.Address;
        var city = Shared(SearchEntryKind.City, shown?.City);
        var postalCode = Shared(SearchEntryKind.PostalCode, shown?.PostalCode);
        var country = Shared(SearchEntryKind.Country, shown?.Country);
        var street = Own(SearchEntryKind.Street, shown?.Street);
        foreach (var address in properties.Addresses)
        {
            WriteFolded(SearchEntryKind.CityText, address.City);
            WriteFolded(SearchEntryKind.PostalCodeText, address.PostalCode);
            WriteOther(SearchEntryKind.OtherAddressPart, address.State, city, postalCode, country, street);
            if (!ReferenceEquals(address, shown))
            {
                WriteOther(SearchEntryKind.OtherAddressPart, address.City, city, postalCode, country, street);
                WriteOther(SearchEntryKind.OtherAddressPart, address.PostalCode, city, postalCode, country, street);
                WriteOther(SearchEntryKind.OtherAddressPart, address.Country, city, postalCode, country, street);
                WriteOther(SearchEntryKind.OtherAddressPart, address.Street, city, postalCode, country, street);
            }
        }
    }

    private void WriteFolded(SearchEntryKind kind, string? text)
    {
        if (text is not null && _forms.Of(text).Folded is { Length: > 0 } folded)
        {
            _entries.Add(kind, folded);
        }
    }

    private void WriteTelecoms(PatientProperties properties)
    {
        var phone = Own(SearchEntryKind.Phone, properties.Phone);
        var email = Own(SearchEntryKind.Email, properties.Email);
        foreach (var telecom in properties.Telecoms)
        {
            WriteOther(SearchEntryKind.OtherTelecom, telecom.Value, phone, email);
        }
    }

    /// <summary>A KVNR that is said to be a record number, too, is both.</summary>
    private void WriteIdentifiers(PatientProperties properties)
    {
        var (hasKvnr, hasMrn) = (false, false);
        foreach (var (system, value, isMrn) in properties.Identifiers)
        {
            var isKvnr = system == IdentifierSystems.Kvnr;
            if (isKvnr)
            {
                _entries.Add(SearchEntryKind.Kvnr, ValueTerm.Of(value));
            }

            if (isMrn || !isKvnr)
            {
                _entries.Add(isMrn ? SearchEntryKind.Mrn : SearchEntryKind.Identifier, SearchEntries.IdentifierTerm(value, system));
            }

            hasKvnr |= isKvnr;
            hasMrn |= isMrn;
        }

        if (!hasKvnr)
        {
            _entries.AddOnly(SearchEntryKind.Kvnr, Missing);
        }

        if (!hasMrn)
        {
            _entries.AddOnly(SearchEntryKind.Mrn, Missing);
        }
    }

    private void WriteLife(PatientProperties properties)
    {
        var born = properties.BirthDate?.ToString() ?? Missing;
        Shared(SearchEntryKind.Gender, properties.Gender);
        _entries.AddOnly(SearchEntryKind.BirthDate, born);
        _entries.AddOnly(SearchEntryKind.BirthYear, born.Length > 4 ? born[..4] : born);
        _entries.AddOnly(SearchEntryKind.DeceasedDate, properties.DeceasedDate?.ToString() ?? Missing);
        _entries.AddOnly(SearchEntryKind.Deceased, properties.Deceased ? True : False);
        _entries.AddOnly(SearchEntryKind.Active, properties.Active switch { true => True, false => False, null => Missing });
        if (properties is { Deceased: true, BirthDate: { } birth, DeceasedDate: { } death })
        {
            _entries.AddOnly(SearchEntryKind.AgeAtDeath, birth.YearsUntil(death.First).ToString("D3", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Writes the one entry of a kind, of a value that many patients share; returns its term.</summary>
    private string Shared(SearchEntryKind kind, string? value)
    {
        var term = value is null ? Missing : ValueTermOf(value);
        _entries.AddOnly(kind, term);
        return term;
    }

    /// <summary>Writes the one entry of a kind, of a value that is mostly one patient's own; returns its term.</summary>
    private string Own(SearchEntryKind kind, string? value)
    {
        var term = value is null ? Missing : ValueTerm.Of(value);
        _entries.AddOnly(kind, term);
        return term;
    }

    /// <summary>Writes a further value, unless it is one of those that the patient's own entries have.</summary>
    private void WriteOther(SearchEntryKind kind, string? value, params ReadOnlySpan<string> own)
    {
        if (value is not null && ValueTerm.Of(value) is var term && !own.Contains(term))
        {
            _entries.Add(kind, term);
        }
    }
}
