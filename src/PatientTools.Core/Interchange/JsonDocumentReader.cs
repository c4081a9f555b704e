using System.Globalization;
using System.Text.Json;
using PatientTools.Patients;

namespace PatientTools.Interchange;

/// <summary>
/// Reads a file that is one JSON value: a resource, or an array whose elements are taken each for itself. The file is held
/// in memory.
/// </summary>
internal sealed class JsonDocumentReader(string file, ImportLimits limits)
{
    private const int BatchBytes = 256 << 10;

    public IEnumerable<ImportChunk> Read(Stream stream)
    {
        var json = ReadAll(stream);
        var start = json.Span.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0)
        {
            return [new ReadyChunk(new RejectedItem(new SourcePlace(file), ImportErrors.Empty(file)))];
        }

        return json.Span[start] == (byte)'[' ? Elements(json) : [Whole(json)];
    }

    private JsonChunk Whole(ReadOnlyMemory<byte> json) =>
        new(json, [new JsonSlice(0, json.Length, new JsonOrigin(new SourcePlace(file), 1, 1))], json.Length);

    private ReadOnlyMemory<byte> ReadAll(Stream stream)
    {
        var buffer = new byte[BatchBytes];
        var length = 0;
        while (true)
        {
            var read = stream.ReadAtLeast(buffer.AsSpan(length), buffer.Length - length, throwOnEndOfStream: false);
            length += read;
            if (length < buffer.Length)
            {
                return buffer.AsMemory(0, length);
            }

            if (length >= limits.DocumentBytes)
            {
                throw new PatientToolsException(
                    "DocumentTooLarge",
                    string.Create(CultureInfo.InvariantCulture, $"{file}: The JSON document is larger than {limits.DocumentBytes:N0} bytes. Split it, or convert it to NDJSON, which may have any size."),
                    ErrorKind.InvalidData)
                { Target = file };
            }

            Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, Math.Max(limits.DocumentBytes, length + 1)));
        }
    }

    private IEnumerable<ImportChunk> Elements(ReadOnlyMemory<byte> json)
    {
        var cursor = new Cursor();
        while (!cursor.IsDone)
        {
            var slices = new List<JsonSlice>();
            var error = Next(json.Span, cursor, slices);
            if (slices.Count > 0)
            {
                yield return new JsonChunk(json, slices, slices.Sum(slice => (long)slice.Length));
            }

            if (error is not null)
            {
                yield return new ReadyChunk(new JsonOrigin(new SourcePlace(file, 0, cursor.Elements + 1), 1, 1).Reject(error));
            }
        }
    }

    /// <summary>Finds where the next elements lie, up to a batch of them; an error ends the array.</summary>
    private InvalidDocumentException? Next(ReadOnlySpan<byte> json, Cursor cursor, List<JsonSlice> slices)
    {
        var reader = new Utf8JsonReader(json[cursor.Offset..], isFinalBlock: true, cursor.State);
        var from = cursor.Offset;
        try
        {
            if (from == 0)
            {
                reader.Read();
            }

            while (reader.BytesConsumed < BatchBytes)
            {
                if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray)
                {
                    cursor.IsDone = true;
                    reader.Read();
                    return null;
                }

                var start = from + (int)reader.TokenStartIndex;
                reader.Skip();
                cursor.MoveTo(json, start);
                cursor.Elements++;
                var origin = new JsonOrigin(new SourcePlace(file, 0, cursor.Elements), cursor.Line, cursor.Column);
                slices.Add(new JsonSlice(start, from + (int)reader.BytesConsumed - start, origin));
            }
        }
        catch (JsonException e)
        {
            cursor.IsDone = true;
            var malformed = JsonText.Malformed(e);
            return new InvalidDocumentException(malformed.ErrorId, $"{malformed.Problem} The rest of the array cannot be read.", malformed.Line, malformed.Column, e);
        }

        cursor.Offset = from + (int)reader.BytesConsumed;
        cursor.State = reader.CurrentState;
        return null;
    }

    /// <summary>How far an array was read.</summary>
    private sealed class Cursor
    {
        private int _place;

        public int Offset { get; set; }

        public JsonReaderState State { get; set; } = new(ResourceReader.WrapperOptions);

        public bool IsDone { get; set; }

        public long Elements { get; set; }

        public long Line { get; private set; } = 1;

        public long Column { get; private set; } = 1;

        /// <summary>Counts lines and columns on to a later offset.</summary>
        public void MoveTo(ReadOnlySpan<byte> json, int offset)
        {
            var passed = json[_place..offset];
            var lines = passed.Count((byte)'\n');
            Line += lines;
            Column = lines > 0 ? passed.Length - passed.LastIndexOf((byte)'\n') : Column + passed.Length;
            _place = offset;
        }
    }
}
