using System.Globalization;
using System.Text.Json;
using PatientTools.Patients;

namespace PatientTools.Interchange;

/// <summary>
/// Reads a FHIR Bundle: of one patient, all other resources are the record; of several, each resource goes to those it is
/// about or who lead to it (see <see cref="BundleGraph"/>).
/// </summary>
/// <remarks>
/// A bundle is taken wholly or not at all, as FHIR demands of a transaction: a record that silently lacks one Observation is
/// worse than a bundle refused. Bundles of type history are refused, since they hold several versions of one patient.
/// </remarks>
internal static class BundleReader
{
    public static IReadOnlyList<ImportItem> Read(ReadOnlySpan<byte> json, JsonOrigin origin)
    {
        var entries = new List<Entry>();
        Find(json, entries, out var type);
        if (type == "history")
        {
            throw new InvalidDocumentException(
                "HistoryBundle", "A Bundle of type history holds several versions of one patient, of which only the last may be imported. Ask the source for a collection or searchset.");
        }

        var patients = new List<BundlePatient>();
        var resources = new List<BundleResource>();
        for (var i = 0; i < entries.Count; i++)
        {
            ReadEntry(json, entries[i], i + 1, patients, resources);
        }

        return Items(patients, resources, entries.Count(entry => entry.Resource is null), origin.Place);
    }

    private static void ReadEntry(ReadOnlySpan<byte> json, Entry entry, int number, List<BundlePatient> patients, List<BundleResource> resources)
    {
        if (entry.Resource is not { } range)
        {
            return;
        }

        try
        {
            var resource = RecordResource.Parse(json[range], entry.FullUrl);
            if (resource.ResourceType == "Patient")
            {
                patients.Add(new BundlePatient(number, resource));
            }
            else
            {
                resources.Add(new BundleResource(number, resource));
            }
        }
        catch (InvalidDocumentException e)
        {
            var (line, column) = JsonText.Place(json, range.Start.Value);
            var place = new JsonOrigin(default, line, column);
            throw new InvalidDocumentException(
                e.ErrorId,
                string.Create(CultureInfo.InvariantCulture, $"Entry {number} of the Bundle cannot be taken, so nothing of it is: {e.Problem}"),
                e.Line <= 1 ? place.Line : place.Line + e.Line - 1,
                e.Line == 0 ? 0 : e.Line == 1 ? place.Column + e.Column - 1 : e.Column,
                e);
        }
    }

    private static List<ImportItem> Items(List<BundlePatient> patients, List<BundleResource> resources, int withoutResource, SourcePlace place)
    {
        var items = new List<ImportItem>();
        var records = patients.Count switch
        {
            0 => [],
            1 => [resources.ConvertAll(resource => resource.Resource)],
            _ => new BundleGraph(patients, resources).Records(),
        };
        for (var i = 0; i < patients.Count; i++)
        {
            var resource = patients[i].Resource;
            var at = patients.Count == 1 ? place : place with { Entry = patients[i].Number };
            items.Add(ResourceReader.Item(PatientDocument.FromStore(resource.Json), null, records[i], at) with { FullUrl = resource.FullUrl });
        }

        if (patients.Count == 0)
        {
            items.Add(new NoticeItem(place, $"The Bundle has no patient. Not imported: {Count(resources)}."));
        }
        else if (patients.Count > 1 && resources.ExceptBy(records.SelectMany(record => record), resource => resource.Resource, ReferenceEqualityComparer.Instance).ToList() is { Count: > 0 } left)
        {
            items.Add(new NoticeItem(place, $"No patient of the Bundle leads to some of its resources. Not imported: {Count(left)}."));
        }

        if (withoutResource > 0)
        {
            items.Add(new NoticeItem(place, string.Create(CultureInfo.InvariantCulture, $"Bundle entries without a resource, such as deletions: {withoutResource}, passed over.")));
        }

        return items;
    }

    /// <summary>Such as <c>2 Practitioner, 1 Organization</c>.</summary>
    private static string Count(List<BundleResource> resources)
    {
        var types = resources.CountBy(resource => resource.Resource.ResourceType, StringComparer.Ordinal)
            .OrderByDescending(type => type.Value)
            .ThenBy(type => type.Key, StringComparer.Ordinal)
            .Select(type => string.Create(CultureInfo.InvariantCulture, $"{type.Value} {type.Key}"));
        return resources.Count == 0 ? "nothing, for it is empty" : string.Join(", ", types);
    }

    private static void Find(ReadOnlySpan<byte> json, List<Entry> entries, out string? type)
    {
        type = null;
        var reader = new Utf8JsonReader(json, ResourceReader.WrapperOptions);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isEntries = reader.ValueTextEquals("entry"u8);
                var isType = reader.ValueTextEquals("type"u8);
                reader.Read();
                if (isEntries && reader.TokenType == JsonTokenType.StartArray)
                {
                    FindEntries(ref reader, entries);
                }
                else if (isType && reader.TokenType == JsonTokenType.String)
                {
                    type = reader.GetString();
                }
                else
                {
                    reader.Skip();
                }
            }

            // What stands behind the object makes the reader complain.
            reader.Read();
        }
        catch (JsonException e)
        {
            throw JsonText.Malformed(e);
        }
        catch (InvalidOperationException e)
        {
            var (line, column) = JsonText.Place(json, reader.TokenStartIndex);
            throw new InvalidDocumentException("InvalidJson", "The JSON holds text that is not Unicode.", line, column, e);
        }
    }

    private static void FindEntries(ref Utf8JsonReader reader, List<Entry> entries)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            string? fullUrl = null;
            Range? resource = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isUrl = reader.ValueTextEquals("fullUrl"u8);
                var isResource = reader.ValueTextEquals("resource"u8);
                reader.Read();
                if (isUrl && reader.TokenType == JsonTokenType.String)
                {
                    fullUrl = reader.GetString();
                }

                var start = (int)reader.TokenStartIndex;
                var isObject = reader.TokenType == JsonTokenType.StartObject;
                reader.Skip();
                if (isResource && isObject)
                {
                    resource = start..(int)reader.BytesConsumed;
                }
            }

            entries.Add(new Entry(fullUrl, resource));
        }
    }

    private readonly record struct Entry(string? FullUrl, Range? Resource);
}

/// <summary>A patient among the entries of a bundle.</summary>
internal sealed record BundlePatient(int Number, RecordResource Resource);

/// <summary>Another resource among the entries of a bundle.</summary>
internal sealed record BundleResource(int Number, RecordResource Resource);
