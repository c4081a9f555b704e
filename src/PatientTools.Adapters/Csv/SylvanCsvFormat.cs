using System.Globalization;
using PatientTools.Interchange;
using Sylvan.Data.Csv;

namespace PatientTools.Adapters.Csv;

/// <summary>Takes CSV apart with Sylvan.Data.Csv.</summary>
/// <remarks>
/// Sylvan reads stray quotes leniently, dropping them: a row that has them is told as a problem instead, so that no value
/// changes in silence. A quote that is never closed swallows the rows behind it, as in any CSV reader.
/// </remarks>
public sealed class SylvanCsvFormat : ICsvFormat
{
    private const int BufferChars = 64 << 10;

    /// <summary>The longest row, in characters: 16 Mi.</summary>
    private const int MaxRowChars = 16 << 20;

    /// <inheritdoc/>
    public IEnumerable<CsvRow> Read(TextReader text, CsvDialect dialect, long firstLine)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(dialect);
        var options = new CsvDataReaderOptions
        {
            HasHeaders = false,
            Delimiter = dialect.Delimiter,
            CsvStyle = CsvStyle.Lax,
            BufferSize = BufferChars,
            MaxBufferSize = MaxRowChars,
            OwnsReader = false,
        };
        return Rows(dialect.SkipsBlanks ? new BlankSkippingReader(text, dialect.Delimiter) : text, options, dialect.Delimiter, firstLine);
    }

    private static IEnumerable<CsvRow> Rows(TextReader text, CsvDataReaderOptions options, char delimiter, long line)
    {
        using var reader = CsvDataReader.Create(text, options);
        while (true)
        {
            bool hasRow;
            PatientToolsException? tooLong = null;
            try
            {
                hasRow = reader.Read();
            }
            catch (CsvRecordTooLargeException e)
            {
                hasRow = false;
                tooLong = new InvalidDocumentException(
                    "CsvRowTooLong",
                    string.Create(CultureInfo.InvariantCulture, $"A row is longer than {MaxRowChars:N0} characters; probably a quote is never closed. The rest of the file cannot be read."),
                    line,
                    0,
                    e);
            }

            if (!hasRow)
            {
                if (tooLong is not null)
                {
                    yield return new CsvRow(line, [], tooLong);
                }

                yield break;
            }

            var row = Row(reader, delimiter, line, out var lines);
            line += lines;
            if (row is not null)
            {
                yield return row;
            }
        }
    }

    /// <summary>The row, or null for a blank line.</summary>
    private static CsvRow? Row(CsvDataReader reader, char delimiter, long line, out int lines)
    {
        var raw = reader.GetRawRecordSpan();
        lines = Lines(raw);
        var text = raw.TrimEnd("\r\n");
        if (text.IsWhiteSpace() && !text.Contains(delimiter))
        {
            return null;
        }

        if (text.Contains('"') && !AreQuotesPaired(text, delimiter))
        {
            return new CsvRow(line, [], new InvalidDocumentException(
                "CsvQuotes", "A value begins with a quote that is not closed before the next separator. Quotes inside a quoted value are written twice.", line));
        }

        var values = new string[reader.RowFieldCount];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.GetString(i);
        }

        return new CsvRow(line, values);
    }

    private static int Lines(ReadOnlySpan<char> raw)
    {
        var feeds = raw.Count('\n');
        return feeds > 0 ? feeds : raw.Count('\r');
    }

    /// <summary>Whether each value that begins with a quote ends with one, right before a separator or the end.</summary>
    private static bool AreQuotesPaired(ReadOnlySpan<char> row, char delimiter)
    {
        while (true)
        {
            if (row is not ['"', ..])
            {
                var next = row.IndexOf(delimiter);
                if (next < 0)
                {
                    return true;
                }

                row = row[(next + 1)..];
                continue;
            }

            var length = QuotedLength(row);
            if (length < 0 || (length < row.Length && row[length] != delimiter))
            {
                return false;
            }

            if (length == row.Length)
            {
                return true;
            }

            row = row[(length + 1)..];
        }
    }

    /// <summary>The length of the quoted value at the start, both quotes included; -1 where it is not closed.</summary>
    private static int QuotedLength(ReadOnlySpan<char> row)
    {
        for (var i = 1; i < row.Length; i++)
        {
            if (row[i] != '"')
            {
                continue;
            }

            if (i + 1 == row.Length || row[i + 1] != '"')
            {
                return i + 1;
            }

            i++;
        }

        return -1;
    }
}
