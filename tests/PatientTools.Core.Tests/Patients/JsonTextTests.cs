using System.Text;
using System.Text.Json;
using CsCheck;
using PatientTools.Patients;

namespace PatientTools.Core.Tests.Patients;

public class JsonTextTests
{
    [Fact]
    public void Only_white_space_goes() => GenJson.Object.Sample(
        json => Assert.Equal(json.Compact, Encoding.UTF8.GetString(JsonText.CompactObject(Encoding.UTF8.GetBytes(json.Loose)))),
        iter: 3000);

    [Fact]
    public void What_is_compact_stays_as_it_is() => GenJson.Object.Sample(
        json => Assert.Equal(Encoding.UTF8.GetBytes(json.Compact), JsonText.CompactObject(Encoding.UTF8.GetBytes(json.Compact))),
        iter: 1000);

    /// <summary>Bytes are changed, dropped and doubled; the verdict must be that of the framework's document reader.</summary>
    [Fact]
    public void Damaged_text_is_refused_or_means_the_same() => Gen.Select(GenJson.Object, Gen.Int[0, 10_000], Gen.Int[0, 2], Gen.Byte).Sample(
        (json, place, kind, value) =>
        {
            var bytes = Encoding.UTF8.GetBytes(json.Loose).ToList();
            place %= bytes.Count;
            switch (kind)
            {
                case 0:
                    bytes[place] = value;
                    break;
                case 1:
                    bytes.RemoveAt(place);
                    break;
                default:
                    bytes.Insert(place, bytes[place]);
                    break;
            }

            byte[] damaged = [.. bytes];
            var expected = Meaning(damaged);
            string? found;
            try
            {
                found = Meaning(JsonText.CompactObject(damaged));
                Assert.NotNull(found);
            }
            catch (InvalidDocumentException e)
            {
                Assert.Contains(e.ErrorId, new[] { "InvalidJson", "DuplicateJsonMember" });
                found = null;
            }

            Assert.Equal(expected, found);
        },
        iter: 5000);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{},")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":+1}")]
    [InlineData("{\"a\":.5}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":1 /* no */}")]
    [InlineData("{\"a\":\"\t\"}")]
    [InlineData("{\"a\":\"\\x\"}")]
    [InlineData("{\"a\":\"\\ud83d\"}")]
    [InlineData("{\"a\":\"\\ude00\\ud83d\"}")]
    [InlineData("{\"\\ud83d\":1}")]
    [InlineData("\uFEFF{}")]
    public void These_are_refused(string json) =>
        Assert.Equal("InvalidJson", Assert.Throws<InvalidDocumentException>(() => JsonText.CompactObject(Encoding.UTF8.GetBytes(json))).ErrorId);

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("{\"x\":[{\"ä\":1,\"b\":{},\"\\u00e4\":2}]}")]
    public void A_member_that_stands_twice_is_refused(string json) =>
        Assert.Equal("DuplicateJsonMember", Assert.Throws<InvalidDocumentException>(() => JsonText.CompactObject(Encoding.UTF8.GetBytes(json))).ErrorId);

    [Theory]
    [InlineData(10)]
    [InlineData(64)]
    [InlineData(66)]
    [InlineData(1000)]
    public void The_last_of_many_members_may_not_repeat_any(int count)
    {
        var members = Enumerable.Range(0, count).Select(i => $"\"m{i}\":{{\"m{i}\":{i}}}").ToArray();
        Assert.NotEmpty(JsonText.CompactObject(Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}")));
        foreach (var repeated in new[] { 0, count / 2, count - 1 })
        {
            var json = $"{{{string.Join(',', members)},\"m{repeated}\":0}}";
            Assert.Equal("DuplicateJsonMember", Assert.Throws<InvalidDocumentException>(() => JsonText.CompactObject(Encoding.UTF8.GetBytes(json))).ErrorId);
        }
    }

    [Fact]
    public void Large_objects_side_by_side_may_have_the_same_members()
    {
        var large = $"{{{string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"m{i}\":{i}"))}}}";
        var json = $"{{\"a\":{large},\"b\":[{large},{large}],\"c\":{{\"d\":{large}}}}}";
        Assert.Equal(json, Encoding.UTF8.GetString(JsonText.CompactObject(Encoding.UTF8.GetBytes(json))));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused_with_their_place()
    {
        byte[] json = [.. "{\n\"ä\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        var error = Assert.Throws<InvalidDocumentException>(() => JsonText.CompactObject(json));
        Assert.Equal(("InvalidJson", 2, 7), (error.ErrorId, error.Line, error.Column));
    }

    [Fact]
    public void Errors_tell_the_place()
    {
        var error = Assert.Throws<InvalidDocumentException>(() => JsonText.CompactObject("{\n  \"a\": 1,\n  \"a\": 2\n}"u8));
        Assert.Equal((3, 3), (error.Line, error.Column));
    }

    [Theory]
    [InlineData(JsonText.MaxDepth, true)]
    [InlineData(JsonText.MaxDepth + 1, false)]
    public void Depth_has_a_limit(int depth, bool taken)
    {
        var json = Encoding.UTF8.GetBytes($"{{\"a\":{new string('[', depth - 1)}{new string(']', depth - 1)}}}");
        if (taken)
        {
            Assert.Equal(json, JsonText.CompactObject(json));
        }
        else
        {
            Assert.Equal("InvalidJson", Assert.Throws<InvalidDocumentException>(() => JsonText.CompactObject(json)).ErrorId);
        }
    }

    [Fact]
    public void A_hundred_thousand_brackets_do_no_harm()
    {
        var json = Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 100_000));
        Assert.Equal("InvalidJson", Assert.Throws<InvalidDocumentException>(() => JsonText.CompactObject(json)).ErrorId);
    }

    [Fact]
    public void All_real_data_is_taken_and_means_the_same()
    {
        var count = 0;
        foreach (var (name, json) in SharedData.AllJson())
        {
            Assert.True(Meaning(json) == Meaning(JsonText.CompactObject(json)), name);
            count++;
        }

        Assert.True(count > 1200);
    }

    /// <summary>What a text means: members in order with decoded names and texts and numbers as written; null when it is not one strict JSON object.</summary>
    private static string? Meaning(ReadOnlySpan<byte> json)
    {
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(json);
            using var document = JsonDocument.Parse(json.ToArray(), new JsonDocumentOptions { MaxDepth = JsonText.MaxDepth, AllowDuplicateProperties = false });
            var meaning = new StringBuilder();
            Describe(document.RootElement, meaning);
            return document.RootElement.ValueKind == JsonValueKind.Object ? meaning.ToString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static void Describe(JsonElement element, StringBuilder meaning)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    Describe(member.Value, meaning.Append('.').Append(member.Name.Length).Append(member.Name));
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Describe(item, meaning.Append('*'));
                }

                break;
            case JsonValueKind.String:
                var text = element.GetString()!;
                meaning.Append('"').Append(text.Length).Append(text);
                break;
            default:
                meaning.Append(element.GetRawText());
                break;
        }

        meaning.Append(';');
    }
}
