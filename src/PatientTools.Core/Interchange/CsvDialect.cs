using System.Text;

namespace PatientTools.Interchange;

/// <summary>How CSV is written.</summary>
/// <param name="Encoding">The encoding of its text.</param>
/// <param name="Delimiter">What stands between values.</param>
/// <param name="SkipsBlanks">Whether a blank follows each separator and belongs to no value.</param>
public sealed record CsvDialect(Encoding Encoding, char Delimiter, bool SkipsBlanks)
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    /// <summary>Recognises the dialect from the start of a file.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="isWhole">Whether they are all there is.</param>
    /// <param name="options">What the caller knows better.</param>
    /// <returns>The dialect.</returns>
    public static CsvDialect Recognise(ReadOnlySpan<byte> head, bool isWhole, CsvOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var encoding = Forgiving(options.Encoding) ?? TextEncodings.Recognise(head, isWhole);
        var lines = Decode(head, encoding);
        var named = NamedDelimiter(lines);
        var header = HeaderLine(named is null ? lines : lines[(lines.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        var delimiter = options.Delimiter ?? named ?? Delimiters.MaxBy(candidate => Split(header, candidate).Count);
        var columns = Split(header, delimiter);
        return new CsvDialect(encoding, delimiter, columns.Count > 1 && delimiter != '\t' && columns.Skip(1).All(column => column.StartsWith(' ')));
    }

    /// <summary>Whether the first line names at least two columns that are known.</summary>
    internal static bool LooksLikeCsv(ReadOnlySpan<byte> head, CsvOptions options)
    {
        var dialect = Recognise(head, isWhole: true, options);
        var header = HeaderLine(Decode(head, dialect.Encoding));
        return Split(header, dialect.Delimiter).Count(name => PatientColumns.Recognise(name.Trim(' ', '"')) is not null) > 1;
    }

    /// <summary>The separator that spreadsheets name in a first line <c>sep=;</c>.</summary>
    internal static char? NamedDelimiter(string text) =>
        text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 5 && text[5] is '\r' or '\n' ? text[4] : null;

    private static Encoding? Forgiving(Encoding? encoding) => encoding is UTF8Encoding ? TextEncodings.ForgivingUtf8 : encoding;

    private static string Decode(ReadOnlySpan<byte> head, Encoding encoding) => encoding.GetString(head).TrimStart('\uFEFF');

    private static string HeaderLine(string text)
    {
        var line = text.AsSpan().TrimStart("\r\n");
        var end = line.IndexOfAny('\r', '\n');
        return (end < 0 ? line : line[..end]).ToString();
    }

    /// <summary>Rough: good enough to count separators outside quotes.</summary>
    private static List<string> Split(string header, char delimiter)
    {
        var columns = new List<string>();
        var isQuoted = false;
        var start = 0;
        for (var i = 0; i < header.Length; i++)
        {
            if (header[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (header[i] == delimiter && !isQuoted)
            {
                columns.Add(header[start..i]);
                start = i + 1;
            }
        }

        columns.Add(header[start..]);
        return columns;
    }
}
