using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Content;

/// <summary>The members of a patient that rules ask for, told by the number of the FHIR element without a look at names.</summary>
internal enum PatientMember : byte
{
#pragma warning disable CS1591, SA1602 // The names are FHIR's own.
    None,
    Id,
    Name,
    Identifier,
    Telecom,
    Address,
    BirthDate,
    DeceasedBoolean,
    DeceasedDateTime,
    Gender,
    Active,
    Link,
    Contact,
    ContactName,
    ContactTelecom,
    ContactAddress,
    NameUse,
    NameFamily,
    NameGiven,
    NamePrefix,
    NameSuffix,
    NameText,
    IdentifierSystem,
    IdentifierValue,
    IdentifierType,
    TelecomSystem,
    TelecomValue,
    TelecomUse,
    AddressLine,
    AddressCity,
    AddressPostalCode,
    AddressCountry,
#pragma warning restore CS1591, SA1602
}

/// <summary>Which member each FHIR element is.</summary>
internal static class PatientMembers
{
    private static readonly PatientMember[] OfElement = Map(
        ("Patient", "id", PatientMember.Id),
        ("Patient", "name", PatientMember.Name),
        ("Patient", "identifier", PatientMember.Identifier),
        ("Patient", "telecom", PatientMember.Telecom),
        ("Patient", "address", PatientMember.Address),
        ("Patient", "birthDate", PatientMember.BirthDate),
        ("Patient", "deceasedBoolean", PatientMember.DeceasedBoolean),
        ("Patient", "deceasedDateTime", PatientMember.DeceasedDateTime),
        ("Patient", "gender", PatientMember.Gender),
        ("Patient", "active", PatientMember.Active),
        ("Patient", "link", PatientMember.Link),
        ("Patient", "contact", PatientMember.Contact),
        ("Patient.contact", "name", PatientMember.ContactName),
        ("Patient.contact", "telecom", PatientMember.ContactTelecom),
        ("Patient.contact", "address", PatientMember.ContactAddress),
        ("HumanName", "use", PatientMember.NameUse),
        ("HumanName", "family", PatientMember.NameFamily),
        ("HumanName", "given", PatientMember.NameGiven),
        ("HumanName", "prefix", PatientMember.NamePrefix),
        ("HumanName", "suffix", PatientMember.NameSuffix),
        ("HumanName", "text", PatientMember.NameText),
        ("Identifier", "system", PatientMember.IdentifierSystem),
        ("Identifier", "value", PatientMember.IdentifierValue),
        ("Identifier", "type", PatientMember.IdentifierType),
        ("ContactPoint", "system", PatientMember.TelecomSystem),
        ("ContactPoint", "value", PatientMember.TelecomValue),
        ("ContactPoint", "use", PatientMember.TelecomUse),
        ("Address", "line", PatientMember.AddressLine),
        ("Address", "city", PatientMember.AddressCity),
        ("Address", "postalCode", PatientMember.AddressPostalCode),
        ("Address", "country", PatientMember.AddressCountry));

    /// <summary>The member that an element is.</summary>
    /// <param name="element">The number of the element.</param>
    /// <returns>The member.</returns>
    public static PatientMember Of(ushort element) => element < OfElement.Length ? OfElement[element] : PatientMember.None;

    private static PatientMember[] Map(params ReadOnlySpan<(string Type, string Element, PatientMember Member)> members)
    {
        var map = new Dictionary<int, PatientMember>();
        foreach (var (type, element, member) in members)
        {
            if (!FhirModel.TryFind(type, out var found) || found.Find(System.Text.Encoding.UTF8.GetBytes(element)) is not { } known)
            {
                throw new InvalidOperationException($"FHIR R4 has no {type}.{element}.");
            }

            map[known.Number] = member;
        }

        var numbers = new PatientMember[map.Keys.Max() + 1];
        foreach (var (number, member) in map)
        {
            numbers[number] = member;
        }

        return numbers;
    }
}
