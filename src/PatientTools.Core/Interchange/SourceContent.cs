using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace PatientTools.Interchange;

/// <summary>Opened content whose format is known: a file, or an entry of an archive.</summary>
internal sealed class SourceContent : IDisposable
{
    private static readonly string[] LineNames = [".ndjson", ".jsonl"];
    private static readonly string[] CsvNames = [".csv", ".tsv", ".txt"];

    private SourceContent(PeekStream stream, string file, ImportFormat format)
    {
        Stream = stream;
        File = file;
        Format = format;
    }

    public PeekStream Stream { get; }

    public string File { get; }

    public ImportFormat Format { get; }

    /// <summary>Recognises content, taking gzip off and the byte order mark away.</summary>
    /// <exception cref="PatientToolsException"><c>EmptyImportFile</c>, <c>UnknownImportFormat</c>, <c>DamagedArchive</c>.</exception>
    public static SourceContent Open(Stream stream, string file, ImportOptions options, UnpackingAllowance allowance)
    {
        var opened = stream;
        try
        {
            var head = new PeekStream(stream);
            opened = head;
            if (head.Head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            {
                opened = new UnpackedStream(new GZipStream(head, CompressionMode.Decompress), file, allowance);
                opened = head = new PeekStream(opened);
            }

            var format = Recognise(head, file, options);
            return new SourceContent(format is ImportFormat.Ndjson or ImportFormat.Json ? Utf8(head) : head, file, format);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public void Dispose() => Stream.Dispose();

    private static ImportFormat Recognise(PeekStream head, string file, ImportOptions options)
    {
        if (head.Head.IsEmpty)
        {
            throw ImportErrors.Empty(file);
        }

        if (options.Format != ImportFormat.Auto && !(options.Format != ImportFormat.Zip && IsZip(head.Head)))
        {
            return options.Format;
        }

        return IsZip(head.Head) ? ImportFormat.Zip : FormatOfText(head, file, options);
    }

    private static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8);

    private static ImportFormat FormatOfText(PeekStream head, string file, ImportOptions options)
    {
        var encoding = TextEncodings.FromMark(head.Head) ?? TextEncodings.FromZeros(head.Head);
        ReadOnlySpan<byte> text = encoding is null or UTF8Encoding ? head.Head : Encoding.UTF8.GetBytes(encoding.GetString(head.Head));
        text = text.TrimStart("\uFEFF"u8).TrimStart(" \t\r\n"u8);
        var name = NameWithoutGzip(file);
        if (text.IsEmpty && head.IsWhole)
        {
            throw ImportErrors.Empty(file);
        }

        return text switch
        {
            [(byte)'{', ..] => HasEnding(name, LineNames) ? ImportFormat.Ndjson : FormatOfObjects(text, head.IsWhole),
            [] or [(byte)'[', ..] => ImportFormat.Json,
            _ when text.Contains((byte)0) => throw ImportErrors.Unrecognised(file),
            _ when HasEnding(name, CsvNames) || CsvDialect.LooksLikeCsv(head.Head, options.Csv) => ImportFormat.Csv,
            _ => throw ImportErrors.Unrecognised(file),
        };
    }

    /// <summary>Tells lines of objects from one object over many lines: of lines, the first or at least the second is a whole object.</summary>
    private static ImportFormat FormatOfObjects(ReadOnlySpan<byte> text, bool isWhole)
    {
        var end = text.IndexOf((byte)'\n');
        if (end >= 0 || isWhole)
        {
            var first = end < 0 ? text : text[..end].TrimEnd(" \t\r"u8);
            var rest = end < 0 ? [] : text[end..].TrimStart(" \t\r\n"u8);
            var second = rest.IndexOf((byte)'\n') is var next and >= 0 ? rest[..next] : rest;
            return IsWholeObject(first) || (first is not [.., (byte)',' or (byte)'[' or (byte)':'] && IsWholeObject(second)) ? ImportFormat.Ndjson : ImportFormat.Json;
        }

        return ResourceReader.TypeOf(text) == "Bundle" ? ImportFormat.Json : ImportFormat.Ndjson;
    }

    private static bool IsWholeObject(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line, ResourceReader.WrapperOptions);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static PeekStream Utf8(PeekStream head)
    {
        var encoding = TextEncodings.FromMark(head.Head) ?? TextEncodings.FromZeros(head.Head);
        if (encoding is null)
        {
            return head;
        }

        if (head.Head.StartsWith(encoding.Preamble))
        {
            head.Skip(encoding.Preamble.Length);
        }

        return encoding is UTF8Encoding ? head : new PeekStream(Encoding.CreateTranscodingStream(head, encoding, new UTF8Encoding(false)));
    }

    private static string NameWithoutGzip(string file) => file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;

    private static bool HasEnding(string file, string[] endings) => Array.Exists(endings, ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
