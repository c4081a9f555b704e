using System.Text;
using System.Text.Json;
using PatientTools.Patients;

namespace PatientTools.Search;

/// <summary>The way to a member of a document: names with dots between. Lists are looked through on the way.</summary>
internal sealed class DocumentPath
{
    private readonly string _text;
    private readonly byte[][] _members;

    private DocumentPath(string text, byte[][] members) => (_text, _members) = (text, members);

    /// <summary>Reads a path.</summary>
    /// <param name="text"><c>maritalStatus.text</c>; the case of ASCII letters does not matter.</param>
    /// <returns>The path; null when a name is empty, or there are more than a document can nest.</returns>
    internal static DocumentPath? TryParse(string text)
    {
        var names = text.Split('.');
        return names.Length <= JsonText.MaxDepth && Array.TrueForAll(names, name => name.Length > 0)
            ? new(text, Array.ConvertAll(names, Encoding.UTF8.GetBytes))
            : null;
    }

    /// <summary>The values at the end of the path: text, decimal or bool; an object is the text of its JSON.</summary>
    /// <param name="document">Well-formed JSON: one object.</param>
    internal List<object> ValuesIn(ReadOnlySpan<byte> document)
    {
        var values = new List<object>();
        var reader = new Utf8JsonReader(document, JsonText.ReaderOptions);
        reader.Read();
        Collect(document, ref reader, 0, values);
        return values;
    }

    /// <summary>The path.</summary>
    public override string ToString() => _text;

    /// <summary>Collects below the value at which the reader stands, and leaves the reader at its end.</summary>
    private void Collect(ReadOnlySpan<byte> document, ref Utf8JsonReader reader, int depth, List<object> values)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Collect(document, ref reader, depth, values);
            }
        }
        else if (depth == _members.Length)
        {
            if (ValueAt(document, ref reader) is { } value)
            {
                values.Add(value);
            }
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isOnPath = IsNamed(ref reader, _members[depth]);
                reader.Read();
                if (isOnPath)
                {
                    Collect(document, ref reader, depth + 1, values);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }

    private static object? ValueAt(ReadOnlySpan<byte> document, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString() is { Length: > 0 } text ? text : null;
            case JsonTokenType.Number:
                return reader.TryGetDecimal(out var number) ? number : Conditions.AskedComparison.TryNumber(reader.GetDouble());
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.StartObject:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                return Encoding.UTF8.GetString(document[start..(int)reader.BytesConsumed]);
            default:
                return null;
        }
    }

    private static bool IsNamed(ref Utf8JsonReader reader, byte[] member)
    {
        if (!reader.ValueIsEscaped)
        {
            return Ascii.EqualsIgnoreCase(reader.ValueSpan, member) || reader.ValueSpan.SequenceEqual(member);
        }

        return reader.ValueTextEquals(member) || Ascii.EqualsIgnoreCase(Encoding.UTF8.GetBytes(reader.GetString()!), member);
    }
}
