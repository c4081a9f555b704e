using System.Runtime.InteropServices;
using PatientTools.Patients;

namespace PatientTools.Validation.Content;

/// <summary>Finds where in a patient document stands what most rules are about, in one walk over its nodes.</summary>
internal sealed class PatientPartReader
{
    private readonly List<NameContent> _names = [];
    private readonly List<NamePart> _nameParts = [];
    private readonly List<IdentifierContent> _identifiers = [];
    private readonly List<TelecomContent> _telecoms = [];
    private readonly List<AddressContent> _addresses = [];
    private ResourceContent _document = null!;

    public ReadOnlySpan<NameContent> Names => CollectionsMarshal.AsSpan(_names);

    public ReadOnlySpan<NamePart> NameParts => CollectionsMarshal.AsSpan(_nameParts);

    public ReadOnlySpan<IdentifierContent> Identifiers => CollectionsMarshal.AsSpan(_identifiers);

    public ReadOnlySpan<TelecomContent> Telecoms => CollectionsMarshal.AsSpan(_telecoms);

    public ReadOnlySpan<AddressContent> Addresses => CollectionsMarshal.AsSpan(_addresses);

    /// <summary>What names, identifiers and members tell of the patient.</summary>
    public PatientAspects Aspects { get; private set; }

    public int FhirId { get; private set; }

    public DateContent BirthDate { get; private set; }

    public DateContent DeceasedDate { get; private set; }

    public int DeceasedFlag { get; private set; }

    public int Gender { get; private set; }

    public int Active { get; private set; }

    public int Link { get; private set; }

    /// <summary>Reads a document.</summary>
    /// <param name="document">The document.</param>
    public void Read(ResourceContent document)
    {
        _document = document;
        _names.Clear();
        _nameParts.Clear();
        _identifiers.Clear();
        _telecoms.Clear();
        _addresses.Clear();
        Aspects = PatientAspects.Document;
        (FhirId, Gender, Active, Link, DeceasedFlag, BirthDate, DeceasedDate) = (0, 0, 0, 0, 0, default, default);
        var nodes = document.Nodes;
        for (var node = 1; node < nodes.Length; node = nodes[node].Next)
        {
            ReadMember(node, PatientMembers.Of(nodes[node].Element));
        }

        if (_identifiers.Count > 1)
        {
            Aspects |= PatientAspects.SeveralIdentifiers;
        }
    }

    private void ReadMember(int node, PatientMember member)
    {
        switch (member)
        {
            case PatientMember.Id:
                FhirId = node;
                break;
            case PatientMember.Name or PatientMember.Identifier or PatientMember.Telecom or PatientMember.Address or PatientMember.Contact:
            case PatientMember.ContactName or PatientMember.ContactTelecom or PatientMember.ContactAddress:
                Each(node, member);
                break;
            case PatientMember.BirthDate:
                BirthDate = DateAt(node);
                break;
            case PatientMember.DeceasedDateTime:
                DeceasedDate = DateAt(node);
                Aspects |= PatientAspects.DeceasedDate;
                break;
            case PatientMember.DeceasedBoolean:
                DeceasedFlag = node;
                break;
            case PatientMember.Gender:
                Gender = node;
                break;
            case PatientMember.Active:
                Active = node;
                break;
            case PatientMember.Link:
                Link = node;
                Aspects |= PatientAspects.Link;
                break;
        }
    }

    private void Each(int node, PatientMember member)
    {
        foreach (var item in _document.Items(node))
        {
            if (_document.Nodes[item].Kind != ContentKind.Object)
            {
                continue;
            }

            switch (member)
            {
                case PatientMember.Name:
                    ReadName(item, _names.Count);
                    break;
                case PatientMember.ContactName:
                    ReadName(item, -1);
                    break;
                case PatientMember.Identifier:
                    ReadIdentifier(item);
                    break;
                case PatientMember.Telecom or PatientMember.ContactTelecom:
                    ReadTelecom(item);
                    break;
                case PatientMember.Address or PatientMember.ContactAddress:
                    ReadAddress(item);
                    break;
                default:
                    ReadContact(item);
                    break;
            }
        }
    }

    private void ReadContact(int contact)
    {
        var nodes = _document.Nodes;
        for (int child = contact + 1, end = nodes[contact].Next; child < end; child = nodes[child].Next)
        {
            if (PatientMembers.Of(nodes[child].Element) is var member and >= PatientMember.ContactName and <= PatientMember.ContactAddress)
            {
                ReadMember(child, member);
            }
        }
    }

    private void ReadName(int name, int number)
    {
        int use = 0, family = 0, given = 0, text = 0;
        var nodes = _document.Nodes;
        for (int child = name + 1, end = nodes[name].Next; child < end; child = nodes[child].Next)
        {
            switch (PatientMembers.Of(nodes[child].Element))
            {
                case PatientMember.NameUse:
                    use = child;
                    break;
                case PatientMember.NameFamily:
                    family = child;
                    ReadNamePart(child, NamePartKind.Family, number);
                    break;
                case PatientMember.NameGiven:
                    given = child;
                    ReadNamePart(child, NamePartKind.Given, number);
                    break;
                case PatientMember.NamePrefix:
                    ReadNamePart(child, NamePartKind.Prefix, number);
                    break;
                case PatientMember.NameSuffix:
                    ReadNamePart(child, NamePartKind.Suffix, number);
                    break;
                case PatientMember.NameText:
                    text = child;
                    ReadNamePart(child, NamePartKind.Text, number);
                    break;
            }
        }

        if (number >= 0)
        {
            _names.Add(new NameContent(name, use, family, given, text));
        }
    }

    private void ReadNamePart(int node, NamePartKind kind, int name)
    {
        foreach (var item in _document.Items(node))
        {
            if (_document.Nodes[item].Kind == ContentKind.Text)
            {
                var traits = TextTraitsReader.Read(_document.TextOf(item));
                _nameParts.Add(new NamePart(item, kind, traits, name));
                Aspects |= AspectsOf(traits);
            }
        }
    }

    private static PatientAspects AspectsOf(TextTraits traits)
    {
        var aspects = (traits & TextTraits.Lower) == TextTraits.None ? PatientAspects.NameWithoutSmall : PatientAspects.None;
        if ((traits & ~(TextTraits.Lower | TextTraits.Upper)) == TextTraits.None)
        {
            return aspects;
        }

        aspects |= (traits & TextTraits.Digit) != TextTraits.None ? PatientAspects.NameDigit : PatientAspects.None;
        aspects |= (traits & TextTraits.Control) != TextTraits.None ? PatientAspects.NameControl : PatientAspects.None;
        aspects |= (traits & (TextTraits.OuterBlank | TextTraits.DoubleBlank)) != TextTraits.None ? PatientAspects.NameBlank : PatientAspects.None;
        return aspects | ((traits & (TextTraits.BeyondAscii | TextTraits.Other)) != TextTraits.None ? PatientAspects.NameOther : PatientAspects.None);
    }

    private void ReadIdentifier(int identifier)
    {
        int system = 0, value = 0, type = 0;
        var nodes = _document.Nodes;
        for (int child = identifier + 1, end = nodes[identifier].Next; child < end; child = nodes[child].Next)
        {
            switch (PatientMembers.Of(nodes[child].Element))
            {
                case PatientMember.IdentifierSystem:
                    system = child;
                    break;
                case PatientMember.IdentifierValue:
                    value = child;
                    break;
                case PatientMember.IdentifierType:
                    type = child;
                    break;
            }
        }

        var number = IdentifierKinds.Of(_document, system, type);
        _identifiers.Add(new IdentifierContent(identifier, system, value, number, type != 0 && IdentifierKinds.IsMrn(_document, type)));
        if (number == IdentifierKind.Kvnr)
        {
            Aspects |= PatientAspects.Kvnr;
        }
    }

    private void ReadTelecom(int telecom)
    {
        int system = 0, value = 0, use = 0;
        var nodes = _document.Nodes;
        for (int child = telecom + 1, end = nodes[telecom].Next; child < end; child = nodes[child].Next)
        {
            switch (PatientMembers.Of(nodes[child].Element))
            {
                case PatientMember.TelecomSystem:
                    system = child;
                    break;
                case PatientMember.TelecomValue:
                    value = child;
                    break;
                case PatientMember.TelecomUse:
                    use = child;
                    break;
            }
        }

        _telecoms.Add(new TelecomContent(telecom, system, value, use));
    }

    private void ReadAddress(int address)
    {
        int line = 0, city = 0, postalCode = 0, country = 0;
        var nodes = _document.Nodes;
        for (int child = address + 1, end = nodes[address].Next; child < end; child = nodes[child].Next)
        {
            switch (PatientMembers.Of(nodes[child].Element))
            {
                case PatientMember.AddressLine:
                    line = child;
                    break;
                case PatientMember.AddressCity:
                    city = child;
                    break;
                case PatientMember.AddressPostalCode:
                    postalCode = child;
                    break;
                case PatientMember.AddressCountry:
                    country = child;
                    break;
            }
        }

        _addresses.Add(new AddressContent(address, line, city, postalCode, country));
    }

    private DateContent DateAt(int node) =>
        new(node, _document.Nodes[node].Kind == ContentKind.Text && PartialDate.TryParse(_document.TextOf(node), out var date) ? date : null);
}
