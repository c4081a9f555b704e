using System.Buffers;
using System.Globalization;

namespace PatientTools.Interchange;

/// <summary>Cuts NDJSON into chunks of whole lines, in memory that does not grow with the file.</summary>
internal sealed class NdjsonReader(string file, ImportLimits limits)
{
    /// <summary>The first chunk is small, so that the first patients are there at once; later ones grow.</summary>
    private const int FirstChunkBytes = 16 << 10;
    private const int ChunkBytes = 256 << 10;

    public IEnumerable<ImportChunk> Read(Stream stream)
    {
        var line = 1L;
        var chunk = FirstChunkBytes;
        var capacity = Math.Min(chunk, limits.LineBytes);
        var buffer = ArrayPool<byte>.Shared.Rent(capacity);
        var length = 0;
        while (true)
        {
            var read = stream.ReadAtLeast(buffer.AsSpan(length, capacity - length), capacity - length, throwOnEndOfStream: false);
            length += read;
            if (length < capacity)
            {
                break;
            }

            var whole = buffer.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            if (whole == 0 && capacity < limits.LineBytes)
            {
                capacity = (int)Math.Min(capacity * 2L, limits.LineBytes);
                buffer = Exchange(buffer, 0, length, capacity);
            }
            else if (whole == 0)
            {
                yield return TooLong(line);
                length = SkipLine(stream, buffer, capacity);
                line++;
            }
            else
            {
                var full = buffer;
                chunk = Math.Min(chunk * 2, ChunkBytes);
                capacity = Math.Max(Math.Min(chunk, limits.LineBytes), length - whole + 1);
                buffer = Copy(full, whole, length - whole, capacity);
                length -= whole;
                var lines = full.AsSpan(0, whole).Count((byte)'\n');
                yield return new LinesChunk(file, full, whole, line);
                line += lines;
            }
        }

        yield return new LinesChunk(file, buffer, length, line);
    }

    private ReadyChunk TooLong(long line) => new(new RejectedItem(
        new SourcePlace(file, line),
        new InvalidDocumentException(
            "LineTooLong",
            string.Create(CultureInfo.InvariantCulture, $"{file}: The line is longer than {limits.LineBytes:N0} bytes. Split the document, or import it as a Bundle file."),
            line)));

    /// <summary>Passes over the rest of a line; what was read behind it stands at the start of the buffer.</summary>
    private static int SkipLine(Stream stream, byte[] buffer, int capacity)
    {
        while (true)
        {
            var read = stream.Read(buffer, 0, capacity);
            var end = buffer.AsSpan(0, read).IndexOf((byte)'\n');
            if (read == 0)
            {
                return 0;
            }

            if (end >= 0)
            {
                buffer.AsSpan((end + 1)..read).CopyTo(buffer);
                return read - end - 1;
            }
        }
    }

    private static byte[] Exchange(byte[] old, int start, int length, int capacity)
    {
        var copy = Copy(old, start, length, capacity);
        ArrayPool<byte>.Shared.Return(old, clearArray: true);
        return copy;
    }

    private static byte[] Copy(byte[] old, int start, int length, int capacity)
    {
        var copy = ArrayPool<byte>.Shared.Rent(capacity);
        old.AsSpan(start, length).CopyTo(copy);
        return copy;
    }
}
