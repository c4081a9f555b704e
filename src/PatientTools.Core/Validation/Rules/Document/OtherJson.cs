using System.Text.Json;
using System.Text.Unicode;
using PatientTools.Patients;

namespace PatientTools.Validation.Rules.Document;

/// <summary>Tells JSON that is no object from text that is no JSON (RFC 8259, section 2: any value is a JSON text).</summary>
internal static class OtherJson
{
    /// <summary>What a well-formed JSON text is.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The kind of its value; null when it is an object, or malformed, or nested too deeply.</returns>
    public static string? KindOf(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = JsonText.MaxDepth });
            reader.Read();
            var kind = reader.TokenType switch
            {
                JsonTokenType.StartObject => null,
                JsonTokenType.StartArray => "an array",
                JsonTokenType.String => "a string",
                JsonTokenType.Number => "a number",
                JsonTokenType.Null => "null",
                _ => "a boolean",
            };
            while (kind is not null && reader.Read())
            {
            }

            return kind;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
