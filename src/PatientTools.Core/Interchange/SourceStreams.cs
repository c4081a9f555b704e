using System.Globalization;
using PatientTools.Storage;

namespace PatientTools.Interchange;

/// <summary>A stream that is only read, in order.</summary>
internal abstract class ReadOnlyStream(Stream inner) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    protected Stream Inner { get; } = inner;

    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public abstract override int Read(Span<byte> buffer);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>Tells how far a file was read, and turns the system's errors into ours.</summary>
internal sealed class CountingStream(Stream inner, string file, Action<long> count) : ReadOnlyStream(inner)
{
    public override bool CanSeek => Inner.CanSeek;

    public override long Length => Inner.Length;

    public override long Position
    {
        get => Inner.Position;
        set => Inner.Position = value;
    }

    public override long Seek(long offset, SeekOrigin origin) => Inner.Seek(offset, origin);

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = Inner.Read(buffer);
            count(read);
            return read;
        }
        catch (IOException e)
        {
            throw FileErrors.Reading(file, e);
        }
    }
}

/// <summary>How much may still be unpacked from one file.</summary>
internal sealed class UnpackingAllowance(string file, long bytes)
{
    private long _taken;

    public void Take(int count)
    {
        _taken += count;
        if (_taken > bytes)
        {
            throw new PatientToolsException(
                "ArchiveTooLarge",
                string.Create(CultureInfo.InvariantCulture, $"{file}: The file unpacks to more than {bytes:N0} bytes, which no honest export does. Unpack it yourself if you trust it."),
                ErrorKind.InvalidData)
            { Target = file };
        }
    }
}

/// <summary>Unpacked data, within an allowance; damage is told as an error of ours.</summary>
internal sealed class UnpackedStream(Stream inner, string file, UnpackingAllowance allowance) : ReadOnlyStream(inner)
{
    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = Inner.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw ImportErrors.Damaged(file, e);
        }

        allowance.Take(read);
        return read;
    }
}

/// <summary>A stream whose first bytes can be looked at before it is read.</summary>
internal sealed class PeekStream : ReadOnlyStream
{
    private const int PeekBytes = 64 << 10;
    private readonly byte[] _head = new byte[PeekBytes];
    private readonly int _length;
    private int _at;

    public PeekStream(Stream inner)
        : base(inner) => _length = inner.ReadAtLeast(_head, PeekBytes, throwOnEndOfStream: false);

    /// <summary>The first bytes that are not read yet, up to 64 KiB of them.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(_at.._length);

    /// <summary>Whether <see cref="Head"/> is all there is.</summary>
    public bool IsWhole => _length < PeekBytes;

    /// <summary>Passes over bytes of the head.</summary>
    public void Skip(int count) => _at += count;

    public override int Read(Span<byte> buffer)
    {
        if (_at == _length)
        {
            return Inner.Read(buffer);
        }

        var count = Math.Min(buffer.Length, _length - _at);
        _head.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }
}
