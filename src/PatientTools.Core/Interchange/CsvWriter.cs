using System.Buffers;
using System.Text;

namespace PatientTools.Interchange;

/// <summary>Writes CSV as RFC 4180 has it: quotes where needed, CR LF after each row.</summary>
internal sealed class CsvWriter(StreamWriter text, char delimiter, bool guardFormulas)
{
    private readonly SearchValues<char> _special = SearchValues.Create(delimiter, '"', '\r', '\n');

    public void Write(IEnumerable<string?> values)
    {
        var isFirst = true;
        foreach (var value in values)
        {
            if (!isFirst)
            {
                text.Write(delimiter);
            }

            isFirst = false;
            WriteValue(value ?? "");
        }

        text.Write("\r\n");
    }

    private void WriteValue(string value)
    {
        if (guardFormulas && value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..])
        {
            value = "'" + value;
        }

        var needsQuotes = value.AsSpan().ContainsAny(_special) || value is [' ', ..] or [.., ' '];
        text.Write(needsQuotes ? new StringBuilder(value).Replace("\"", "\"\"").Insert(0, '"').Append('"').ToString() : value);
    }
}
