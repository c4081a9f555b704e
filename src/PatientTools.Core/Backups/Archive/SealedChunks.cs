using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PatientTools.Backups.Archive;

/// <summary>
/// A stream in chunks, each encrypted and authenticated on its own (the STREAM construction of Hoang, Reyhanitabar, Rogaway and
/// Vizár, 2015): the nonce tells the number of the chunk and whether it is the last, so that none can be moved, left out or added.
/// </summary>
internal static class SealedChunks
{
    /// <summary>How much longer a chunk is encrypted.</summary>
    public const int TagLength = 16;

    private const int NonceLength = 12;

    /// <summary>Makes sure that the system can encrypt.</summary>
    /// <exception cref="PatientToolsException"><c>EncryptionNotSupported</c>.</exception>
    public static void Demand()
    {
        if (!AesGcm.IsSupported)
        {
            throw new PatientToolsException(
                "EncryptionNotSupported",
                "This system has no AES-GCM, which encrypted backups need: on Linux the package openssl (libssl 1.1.1 or 3) is missing. Install it, or work without encryption.",
                ErrorKind.NotSupported);
        }
    }

    /// <summary>The nonce of a chunk: its number (11 bytes, the most significant first) and 1 for the last one, else 0.</summary>
    public static void MakeNonce(Span<byte> nonce, long chunk, bool isLast)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[(NonceLength - 1 - sizeof(long))..], chunk);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
    }

    /// <summary>Encrypts what is written to it. <see cref="Finish"/> has to be called at the end.</summary>
    public sealed class Writer(Stream to, byte[] key, byte[] boundTo) : Stream
    {
        private readonly AesGcm _cipher = new(key, TagLength);
        private readonly byte[] _plain = new byte[Envelope.OwnChunkBytes];
        private readonly byte[] _sealed = new byte[Envelope.OwnChunkBytes + TagLength];
        private int _filled;
        private long _chunk;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        /// <summary>Writes the last chunk.</summary>
        public void Finish() => Seal(isLast: true);

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            while (!buffer.IsEmpty)
            {
                if (_filled == _plain.Length)
                {
                    // Only now it is known not to be the last one.
                    Seal(isLast: false);
                }

                var part = Math.Min(buffer.Length, _plain.Length - _filled);
                buffer[..part].CopyTo(_plain.AsSpan(_filled));
                _filled += part;
                buffer = buffer[part..];
            }
        }

        public override void Flush() => to.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _cipher.Dispose();
            }

            base.Dispose(disposing);
        }

        private void Seal(bool isLast)
        {
            Span<byte> nonce = stackalloc byte[NonceLength];
            MakeNonce(nonce, _chunk++, isLast);
            _cipher.Encrypt(nonce, _plain.AsSpan(0, _filled), _sealed.AsSpan(0, _filled), _sealed.AsSpan(_filled, TagLength), boundTo);
            to.Write(_sealed.AsSpan(0, _filled + TagLength));
            _filled = 0;
        }
    }

    /// <summary>Reads anywhere in an encrypted stream.</summary>
    public sealed class Reader : IArchiveBytes
    {
        private const int SealedLength = Envelope.OwnChunkBytes + TagLength;
        private readonly ArchiveFile _file;
        private readonly long _start;
        private readonly long _end;
        private readonly byte[] _key;
        private readonly byte[] _boundTo;
        private readonly long _chunks;

        private Reader(ArchiveFile file, long start, byte[] key, byte[] boundTo)
        {
            _file = file;
            _start = start;
            _key = key;
            _boundTo = boundTo;
            _end = file.Length - EndMark.Length;
            _chunks = (_end - start + SealedLength - 1) / SealedLength;
            Length = _end - start - (_chunks * TagLength);
        }

        /// <inheritdoc/>
        public long Length { get; }

        /// <summary>Begins to read, with the last chunk: whether it is the last one tells whether all is there.</summary>
        /// <exception cref="PatientToolsException"><c>BackupDamaged</c>.</exception>
        public static Reader Open(ArchiveFile file, long start, byte[] key, byte[] boundTo)
        {
            var reader = new Reader(file, start, key, boundTo);
            return reader._chunks > 0 && LengthOf(reader, reader._chunks - 1) > TagLength && reader.TryRead(reader.Length - 1, stackalloc byte[1])
                ? reader
                : throw BackupErrors.CutOff(file.Path);
        }

        /// <inheritdoc/>
        public bool TryRead(long offset, Span<byte> to)
        {
            if (offset < 0 || to.Length > Length - offset)
            {
                return false;
            }

            var buffers = ArrayPool<byte>.Shared.Rent(SealedLength + Envelope.OwnChunkBytes);
            using var cipher = new AesGcm(_key, TagLength);
            try
            {
                while (!to.IsEmpty)
                {
                    var (chunk, skip) = Math.DivRem(offset, Envelope.OwnChunkBytes);
                    var plain = buffers.AsSpan(SealedLength, (int)LengthOf(this, chunk) - TagLength);
                    if (!TryOpen(cipher, chunk, buffers.AsSpan(0, plain.Length + TagLength), plain))
                    {
                        return false;
                    }

                    var part = Math.Min(to.Length, plain.Length - (int)skip);
                    plain.Slice((int)skip, part).CopyTo(to);
                    to = to[part..];
                    offset += part;
                }

                return true;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffers);
            }
        }

        private static long LengthOf(Reader reader, long chunk) =>
            Math.Min(SealedLength, reader._end - reader._start - (chunk * SealedLength));

        private bool TryOpen(AesGcm cipher, long chunk, Span<byte> encrypted, Span<byte> plain)
        {
            if (!_file.TryRead(_start + (chunk * SealedLength), encrypted))
            {
                return false;
            }

            Span<byte> nonce = stackalloc byte[NonceLength];
            MakeNonce(nonce, chunk, chunk == _chunks - 1);
            try
            {
                cipher.Decrypt(nonce, encrypted[..^TagLength], encrypted[^TagLength..], plain, _boundTo);
                return true;
            }
            catch (AuthenticationTagMismatchException)
            {
                return false;
            }
        }
    }
}
