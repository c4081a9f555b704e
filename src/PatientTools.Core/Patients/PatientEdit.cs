using System.Text.Json.Nodes;

namespace PatientTools.Patients;

/// <summary>One change of one document by friendly fields.</summary>
/// <param name="patient">The tree that is changed.</param>
/// <param name="before">What the document says before the change.</param>
internal sealed class PatientEdit(JsonObject patient, PatientProperties before)
{
    private static readonly PatientField[] NameParts = [PatientField.FamilyName, PatientField.GivenName, PatientField.Title];

    private static readonly PatientField[] AddressParts =
        [PatientField.Street, PatientField.PostalCode, PatientField.City, PatientField.State, PatientField.Country];

    public void Apply(PatientFields fields)
    {
        if (Changed(fields, PatientField.FhirId, out var id))
        {
            SetText(patient, "id", id);
        }

        ApplyIdentifiers(fields);
        if (Changed(fields, PatientField.Active, out var active))
        {
            SetFlag("active", active);
        }

        ApplyParts(fields, NameParts, "name", before.Names, before.Name, () => new JsonObject { ["use"] = "official" });
        ApplyTelecom(fields, PatientField.Phone, "phone", ["phone", "sms"]);
        ApplyTelecom(fields, PatientField.Email, "email", ["email"]);
        if (Changed(fields, PatientField.Gender, out var gender))
        {
            SetText(patient, "gender", gender);
        }

        if (Changed(fields, PatientField.BirthDate, out var birthDate))
        {
            SetText(patient, "birthDate", birthDate);
        }

        ApplyDeath(fields);
        ApplyParts(fields, AddressParts, "address", before.Addresses, before.Address, () => []);
    }

    private bool Changed(PatientFields fields, PatientField field, out string? value) =>
        fields.TryGet(field, out value) && value != PatientFields.Read(before, field);

    private void ApplyIdentifiers(PatientFields fields)
    {
        if (Changed(fields, PatientField.Mrn, out var mrn) | Changed(fields, PatientField.MrnSystem, out var system))
        {
            if (!fields.TryGet(PatientField.Mrn, out _))
            {
                mrn = before.Mrn;
            }

            ApplyIdentifier(identifier => identifier.IsMrn, mrn, () => Identifier(IdentifierSystems.TypeCodes, IdentifierSystems.MedicalRecordNumber, null), entry =>
            {
                if (fields.TryGet(PatientField.MrnSystem, out _))
                {
                    SetText(entry, "system", system);
                }
            });
        }

        if (Changed(fields, PatientField.Kvnr, out var kvnr))
        {
            ApplyIdentifier(
                identifier => identifier.System == IdentifierSystems.Kvnr,
                kvnr,
                () => Identifier(IdentifierSystems.GermanTypeCodes, IdentifierSystems.KvnrType, IdentifierSystems.Kvnr),
                _ => { });
        }
    }

    private static JsonObject Identifier(string typeSystem, string typeCode, string? system)
    {
        var identifier = new JsonObject
        {
            ["type"] = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = typeSystem, ["code"] = typeCode }) },
        };
        SetText(identifier, "system", system);
        return identifier;
    }

    private void ApplyIdentifier(Func<PatientIdentifier, bool> isKind, string? value, Func<JsonObject> make, Action<JsonObject> complete)
    {
        var entries = Entries("identifier", entry => IdentifierOf(entry) is { } identifier && isKind(identifier));
        if (value is null)
        {
            entries.ForEach(entry => Remove("identifier", entry));
            return;
        }

        var target = entries is [var first, ..] ? first : Append("identifier", make());
        complete(target);
        if (TextOf(target, "value") != value)
        {
            SetText(target, "value", value);
        }
    }

    /// <summary>Asks the one reader that knows what makes an identifier an MRN.</summary>
    private static PatientIdentifier? IdentifierOf(JsonObject entry) =>
        PatientProperties.Read(PatientDocument.Serialize(new JsonObject { ["identifier"] = entry.DeepClone() })).Identifiers is [var identifier] ? identifier : null;

    private void ApplyTelecom(PatientFields fields, PatientField field, string system, string[] shownSystems)
    {
        if (!Changed(fields, field, out var value))
        {
            return;
        }

        var entries = Entries("telecom", entry =>
            shownSystems.Contains(TextOf(entry, "system")) && TextOf(entry, "use") != "old" && TextOf(entry, "value") is not null);
        if (value is null)
        {
            entries.ForEach(entry => Remove("telecom", entry));
            return;
        }

        var target = entries.FirstOrDefault(entry => TextOf(entry, "system") == system)
            ?? (entries is [var first, ..] ? first : Append("telecom", new JsonObject { ["system"] = system }));
        SetText(target, "value", value);
    }

    private void ApplyDeath(PatientFields fields)
    {
        var dateChanges = Changed(fields, PatientField.DeceasedDate, out var date);
        if (dateChanges && date is not null)
        {
            Death("deceasedDateTime", date);
            return;
        }

        var deceased = fields.TryGet(PatientField.Deceased, out var flag) ? flag : before.Deceased ? "true" : null;
        if (deceased != "true" && fields.TryGet(PatientField.Deceased, out _))
        {
            Death("deceasedBoolean", deceased);
        }
        else if (dateChanges || (deceased == "true" && !before.Deceased))
        {
            // A date of death that is taken back does not bring the patient back to life.
            Death("deceasedBoolean", deceased);
        }
    }

    private void Death(string member, string? value)
    {
        foreach (var other in (string[])["deceasedBoolean", "deceasedDateTime"])
        {
            if (other != member || value is null)
            {
                SetText(patient, other, null);
            }
        }

        if (member == "deceasedBoolean")
        {
            SetFlag(member, value);
        }
        else
        {
            SetText(patient, member, value);
        }
    }

    private void ApplyParts<T>(PatientFields fields, PatientField[] parts, string member, IReadOnlyList<T> all, T? shown, Func<JsonObject> make)
        where T : class
    {
        var changes = parts.Where(part => Changed(fields, part, out _)).ToList();
        if (changes.Count == 0)
        {
            return;
        }

        var entry = shown is null ? null : Objects(member)[IndexOf(all, shown)];
        entry ??= Append(member, make());
        foreach (var part in changes)
        {
            SetPart(entry, part, fields[part]);
            if (PatientFields.Read(before, part) is { } old && TextOf(entry, "text")?.Contains(old, StringComparison.Ordinal) == true)
            {
                SetText(entry, "text", null);
            }
        }

        if (entry.Count == 0 || (all.Count <= 1 && entry.All(left => left.Key is "use" or "type")))
        {
            Remove(member, entry);
        }
    }

    /// <summary>By reference: two equal addresses are two places.</summary>
    private static int IndexOf<T>(IReadOnlyList<T> all, T shown)
        where T : class => Enumerable.Range(0, all.Count).First(i => ReferenceEquals(all[i], shown));

    private static void SetPart(JsonObject entry, PatientField part, string? value)
    {
        switch (part)
        {
            case PatientField.FamilyName:
                SetText(entry, "family", value);
                break;
            case PatientField.GivenName:
                SetTexts(entry, "given", value?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
                break;
            case PatientField.Title:
                SetTexts(entry, "prefix", value is null ? null : [value]);
                break;
            case PatientField.Street:
                SetTexts(entry, "line", value?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
                break;
            case PatientField.PostalCode:
                SetText(entry, "postalCode", value);
                break;
            case PatientField.City:
                SetText(entry, "city", value);
                break;
            case PatientField.State:
                SetText(entry, "state", value);
                break;
            case PatientField.Country:
                SetText(entry, "country", value);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(part), part, "This field is no part of a name or address.");
        }
    }

    private static void SetText(JsonObject parent, string member, string? value) =>
        Set(parent, member, value is null ? null : JsonValue.Create(value));

    private static void SetTexts(JsonObject parent, string member, string[]? values) =>
        Set(parent, member, values is null ? null : new JsonArray([.. values.Select(value => JsonValue.Create(value))]));

    private void SetFlag(string member, string? value) => Set(patient, member, value is null ? null : JsonValue.Create(value == "true"));

    /// <summary>Sets or removes a member; what its primitive extension said was said of the old value.</summary>
    private static void Set(JsonObject parent, string member, JsonNode? value)
    {
        parent.Remove("_" + member);
        if (value is null)
        {
            parent.Remove(member);
        }
        else
        {
            parent[member] = value;
        }
    }

    private static string? TextOf(JsonObject parent, string member) =>
        parent[member] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    /// <summary>The objects of a member, in the order in which the properties list them.</summary>
    private List<JsonObject> Objects(string member) => patient[member] switch
    {
        JsonArray array => [.. array.OfType<JsonObject>()],
        JsonObject single => [single],
        _ => [],
    };

    private List<JsonObject> Entries(string member, Predicate<JsonObject> isWanted) => Objects(member).FindAll(isWanted);

    private JsonObject Append(string member, JsonObject entry)
    {
        switch (patient[member])
        {
            case JsonArray array:
                array.Add((JsonNode)entry);
                break;
            case JsonObject single:
                patient[member] = new JsonArray(single.DeepClone(), entry);
                break;
            default:
                patient[member] = new JsonArray(entry);
                break;
        }

        return entry;
    }

    private void Remove(string member, JsonObject entry)
    {
        if (patient[member] is JsonArray { Count: > 1 } array)
        {
            array.Remove(entry);
        }
        else
        {
            patient.Remove(member);
        }
    }
}
