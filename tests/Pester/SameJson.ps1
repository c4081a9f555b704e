<#
.SYNOPSIS
    A second opinion on whether two JSON texts are the same: members and their order, digits, text; white space aside.
.DESCRIPTION
    Walks the tokens of both texts. Nothing of the product takes part. Difference gives '' when there is none.
#>
if (-not ('PatientToolsTests.SameJson' -as [type])) {
    Add-Type -TypeDefinition @'
#nullable enable
using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace PatientToolsTests;

public static class SameJson
{
    public static string Difference(string expected, string actual)
    {
        var left = new Utf8JsonReader(Encoding.UTF8.GetBytes(expected), new JsonReaderOptions { MaxDepth = 512 });
        var right = new Utf8JsonReader(Encoding.UTF8.GetBytes(actual), new JsonReaderOptions { MaxDepth = 512 });
        while (left.Read())
        {
            if (!right.Read() || Token(ref left) != Token(ref right))
                return $"at byte {left.TokenStartIndex} stands {Token(ref left)}, and then {Token(ref right)}";
        }

        return right.Read() ? "there is more than before" : "";
    }

    /// <summary>Holds exported lines, each with the member record, against the bundles they came from.</summary>
    public static List<string> BundleDifferences(IEnumerable<string> bundles, IEnumerable<string> lines)
    {
        var differences = new List<string>();
        var exported = new Dictionary<string, JsonElement>();
        foreach (var line in lines)
        {
            var patient = JsonDocument.Parse(line).RootElement;
            exported.Add(patient.GetProperty("id").GetString()!, patient);
        }

        foreach (var bundle in bundles)
        {
            string? id = null;
            var before = new List<string>();
            foreach (var entry in JsonDocument.Parse(bundle).RootElement.GetProperty("entry").EnumerateArray())
            {
                var resource = entry.GetProperty("resource");
                if (resource.GetProperty("resourceType").GetString() == "Patient")
                {
                    id = resource.GetProperty("id").GetString();
                    before.Insert(0, resource.GetRawText());
                }
                else
                    before.Add(resource.GetRawText());
            }

            if (id is null)
                continue;
            if (!exported.Remove(id, out var found))
            {
                differences.Add($"{id} is missing");
                continue;
            }

            var (patient, record) = Apart(found);
            if (record.Count != before.Count - 1)
                differences.Add($"{id}: {before.Count - 1} resources became {record.Count}");
            if (Difference(before[0], patient) is { Length: > 0 } other)
                differences.Add($"{id}: {other}");
            foreach (var resource in before.GetRange(1, before.Count - 1))
            {
                if (!record.Remove(Key(resource), out var entry) || Difference(resource, entry) != "")
                    differences.Add($"{id}: {Key(resource)} is not as it was");
            }
        }

        foreach (var id in exported.Keys)
            differences.Add($"{id} was in no bundle");
        return differences;
    }

    public static List<string> ZipEntries(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        var texts = new List<string>();
        foreach (var entry in zip.Entries)
        {
            if (entry.Length > 0)
                texts.Add(new StreamReader(entry.Open()).ReadToEnd());
        }

        return texts;
    }

    private static (string Patient, Dictionary<(string?, string?), string> Record) Apart(JsonElement envelope)
    {
        var members = new List<string>();
        var record = new Dictionary<(string?, string?), string>();
        foreach (var member in envelope.EnumerateObject())
        {
            if (member.Name == "record")
            {
                foreach (var resource in member.Value.EnumerateArray())
                    record.Add(Key(resource.GetRawText()), resource.GetRawText());
            }
            else if (member.Name != "legacy")
                members.Add($"{JsonSerializer.Serialize(member.Name)}:{member.Value.GetRawText()}");
        }

        return ("{" + string.Join(",", members) + "}", record);
    }

    private static (string?, string?) Key(string resource)
    {
        var root = JsonDocument.Parse(resource).RootElement;
        return (root.GetProperty("resourceType").GetString(), root.TryGetProperty("id", out var id) ? id.GetString() : null);
    }

    private static string Token(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.PropertyName or JsonTokenType.String => $"{reader.TokenType} {reader.GetString()}",
        JsonTokenType.Number => "Number " + Encoding.UTF8.GetString(reader.ValueSpan),
        var kind => kind.ToString(),
    };
}
'@
}
