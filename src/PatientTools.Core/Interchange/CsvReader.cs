namespace PatientTools.Interchange;

/// <summary>Reads CSV in batches of rows, in memory that does not grow with the file.</summary>
internal sealed class CsvReader(string file, ImportOptions options)
{
    private const int BatchRows = 500;

    public IEnumerable<ImportChunk> Read(PeekStream stream)
    {
        var format = options.CsvFormat ?? throw ImportErrors.NoCsv(file);
        var dialect = CsvDialect.Recognise(stream.Head, stream.IsWhole, options.Csv);
        using var text = new StreamReader(stream, dialect.Encoding, detectEncodingFromByteOrderMarks: false);
        var firstLine = PassMarks(text, dialect.Encoding.GetString(stream.Head)) ? 2 : 1;
        CsvMapping? mapping = null;
        var batch = new List<CsvRow>(BatchRows);
        foreach (var row in format.Read(text, dialect, firstLine))
        {
            if (mapping is null)
            {
                mapping = new CsvMapping(file, row.Problem is null ? row.Values : throw row.Problem, options.Csv.Map);
                continue;
            }

            batch.Add(row);
            if (batch.Count == BatchRows)
            {
                yield return new RowsChunk(mapping, batch);
                batch = new List<CsvRow>(BatchRows);
            }
        }

        if (mapping is null)
        {
            throw ImportErrors.Empty(file);
        }

        yield return new RowsChunk(mapping, batch);
        yield return new SummaryChunk(mapping.Notices);
    }

    /// <summary>Passes over the byte order mark, and over a line that names the separator, for which it returns true.</summary>
    private static bool PassMarks(StreamReader text, string head)
    {
        if (text.Peek() == '\uFEFF')
        {
            _ = text.Read();
        }

        if (CsvDialect.NamedDelimiter(head.TrimStart('\uFEFF')) is null)
        {
            return false;
        }

        _ = text.ReadLine();
        return true;
    }

    /// <summary>Rows to be mapped; a value of a row weighs about 32 bytes.</summary>
    private sealed class RowsChunk(CsvMapping mapping, List<CsvRow> rows) : ImportChunk(32L * rows.Count * mapping.Columns)
    {
        public override IEnumerable<ImportItem> Parse() => rows.ConvertAll(mapping.Read);
    }
}
