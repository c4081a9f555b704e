using System.Globalization;
using CsCheck;

namespace PatientTools.Core.Tests.Patients;

/// <summary>A JSON text in two forms that mean the same: as it may come, and without white space.</summary>
internal sealed record JsonPair(string Loose, string Compact);

/// <summary>Generates JSON by writing it, so that no parser takes part in saying what is right.</summary>
internal static class GenJson
{
    private static readonly string[] Pieces =
    [
        "a", "Z", " ", "  ", "\\n", "\\\"", "\\\\", "\\/", "\\u00e4", "\\ud83d\\ude00", "\\u0000", "ä", "ß", "漢", "😀", "{", "}", "[", "]", ",", ":", "\\t",
        "\u2028", "\u00A0", "\uFEFF",
    ];

    private static readonly string[] Numbers = ["0", "-0", "1", "-1.50", "1.00", "1E400", "1e-7", "123456789012345678901234567890", "0.1e+5", "3.0000000000000001"];

    private static readonly Gen<string> Blank = OneOf("", "", "", " ", "\n", "\t", "\r\n", "  \n\t ");
    private static readonly Gen<string> Text = OneOf(Pieces).Array[0, 6].Select(string.Concat);

    private static readonly Gen<string> Scalar = Gen.OneOf(
        OneOf(Numbers),
        OneOf("true", "false", "null"),
        Text.Select(text => $"\"{text}\""));

    public static Gen<JsonPair> Value { get; } = Gen.Recursive<JsonPair>((depth, self) => depth > 3 ? Scalar.Select(Same) : Gen.OneOf(Scalar.Select(Same), ObjectOf(self), ArrayOf(self)));

    public static Gen<JsonPair> Object { get; } = Gen.Select(Blank, ObjectOf(Value), Blank).Select((before, json, after) => new JsonPair(before + json.Loose + after, json.Compact));

    private static Gen<JsonPair> ObjectOf(Gen<JsonPair> value) => Gen.Select(Text, Blank, Blank, value, Blank).Array[0, 5].Select(members =>
    {
        var loose = new List<string>();
        var compact = new List<string>();
        foreach (var (name, before, between, item, after) in members)
        {
            // The number keeps names apart, whatever their escapes mean.
            var key = string.Create(CultureInfo.InvariantCulture, $"\"{compact.Count}{name}\"");
            loose.Add($"{before}{key}{between}:{between}{item.Loose}{after}");
            compact.Add($"{key}:{item.Compact}");
        }

        return new JsonPair($"{{{string.Join(',', loose)}}}", $"{{{string.Join(',', compact)}}}");
    });

    private static Gen<JsonPair> ArrayOf(Gen<JsonPair> value) => Gen.Select(Blank, value, Blank).Array[0, 5].Select(items => new JsonPair(
        $"[{string.Join(',', items.Select(item => item.Item1 + item.Item2.Loose + item.Item3))}]",
        $"[{string.Join(',', items.Select(item => item.Item2.Compact))}]"));

    internal static Gen<string> OneOf(params string[] items) => Gen.Int[0, items.Length - 1].Select(index => items[index]);

    private static JsonPair Same(string json) => new(json, json);
}
