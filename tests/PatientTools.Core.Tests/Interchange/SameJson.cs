using System.Text.Json;

namespace PatientTools.Core.Tests;

/// <summary>A second opinion on whether two JSON texts are the same: members, their order, digits, text.</summary>
internal static class SameJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 512 };

    public static void Assert(ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> actual)
    {
        using var left = JsonDocument.Parse(expected, Options);
        using var right = JsonDocument.Parse(actual, Options);
        Compare(left.RootElement, right.RootElement, "$");
    }

    public static void Assert(JsonElement expected, ReadOnlyMemory<byte> actual)
    {
        using var right = JsonDocument.Parse(actual, Options);
        Compare(expected, right.RootElement, "$");
    }

    private static void Compare(JsonElement left, JsonElement right, string path)
    {
        Xunit.Assert.True(left.ValueKind == right.ValueKind, $"{path}: {left.ValueKind} became {right.ValueKind}");
        switch (left.ValueKind)
        {
            case JsonValueKind.Object:
                var (theirs, ours) = (left.EnumerateObject().ToList(), right.EnumerateObject().ToList());
                Xunit.Assert.Equal(theirs.Select(member => member.Name), ours.Select(member => member.Name));
                for (var i = 0; i < theirs.Count; i++)
                {
                    Compare(theirs[i].Value, ours[i].Value, $"{path}.{theirs[i].Name}");
                }

                break;
            case JsonValueKind.Array:
                Xunit.Assert.True(left.GetArrayLength() == right.GetArrayLength(), $"{path}: other length");
                foreach (var (index, (one, other)) in left.EnumerateArray().Zip(right.EnumerateArray()).Index())
                {
                    Compare(one, other, $"{path}[{index}]");
                }

                break;
            case JsonValueKind.String:
                Xunit.Assert.Equal(left.GetString(), right.GetString());
                break;
            default:
                Xunit.Assert.Equal(left.GetRawText(), right.GetRawText());
                break;
        }
    }
}
