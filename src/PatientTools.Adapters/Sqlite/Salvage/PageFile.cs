using System.Buffers.Binary;
using System.Numerics;
using PatientTools.Adapters.Sqlite.Engine;

namespace PatientTools.Adapters.Sqlite.Salvage;

/// <summary>
/// The pages of a damaged file as they lie on the disk, with the committed part of the log beside it laid over them. SQLite
/// is not asked, since it refuses a file whose first page is broken.
/// </summary>
internal sealed class PageFile : IDisposable
{
    private const int DefaultPageBytes = 4096;
    private const int HeaderBytes = 100;
    private const int LogHeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private readonly FileStream _file;
    private readonly FileStream? _log;
    private readonly Dictionary<int, long> _logged = [];

    public PageFile(string path)
    {
        try
        {
            _file = Open(path);
            _log = StoreFile.HasLog(path) ? Open(path + "-wal") : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _file?.Dispose();
            throw StoreErrors.NotWritable(path, e);
        }

        (PageBytes, var declared) = ReadHeader();
        var present = (int)Math.Min((_file.Length + PageBytes - 1) / PageBytes, int.MaxValue);
        PageCount = present;
        ReadLog();
        declared = _logged.Count > 0 ? PageCount : declared;
        MissingPages = Math.Max(declared - present - _logged.Keys.Count(page => page > present), 0);
    }

    public int PageBytes { get; }

    /// <summary>How many pages there are, from 1.</summary>
    public int PageCount { get; private set; }

    /// <summary>How many pages are cut off, as far as the header or the log tells.</summary>
    public int MissingPages { get; }

    /// <summary>Reads a page; what lies behind the end of a truncated file reads as zeros.</summary>
    public void Read(int page, Span<byte> buffer)
    {
        buffer.Clear();
        var (stream, offset) = _logged.TryGetValue(page, out var logged) ? (_log!, logged) : (_file, (page - 1L) * PageBytes);
        if (offset < stream.Length)
        {
            stream.Position = offset;
            _ = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _log?.Dispose();
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Page size and number of pages of the header, where it is one; else the page size all our stores have.</summary>
    private (int PageBytes, int Pages) ReadHeader()
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        _ = _file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        int bytes = BinaryPrimitives.ReadUInt16BigEndian(header[16..]);
        bytes = bytes == 1 ? 65536 : bytes;
        return header.StartsWith("SQLite format 3\0"u8) && bytes >= 512 && BitOperations.IsPow2(bytes)
            ? (bytes, BinaryPrimitives.ReadInt32BigEndian(header[28..]))
            : (DefaultPageBytes, 0);
    }

    /// <summary>Finds the frames of committed transactions (sqlite.org/fileformat.html#the_write_ahead_log).</summary>
    private void ReadLog()
    {
        Span<byte> header = stackalloc byte[LogHeaderBytes];
        if (_log is null || _log.ReadAtLeast(header, LogHeaderBytes, throwOnEndOfStream: false) < LogHeaderBytes)
        {
            return;
        }

        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        var sum = new LogChecksum(isBigEndian: (magic & 1) != 0);
        sum.Add(header[..24]);
        if ((magic & 0xFFFFFFFE) != 0x377F0682 || BinaryPrimitives.ReadInt32BigEndian(header[8..]) != PageBytes || !sum.Equals(header[24..]))
        {
            return;
        }

        var pending = new List<(int Page, long Offset)>();
        var frame = new byte[FrameHeaderBytes + PageBytes];
        while (_log.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            sum.Add(frame.AsSpan(0, 8));
            sum.Add(frame.AsSpan(FrameHeaderBytes));
            if (!frame.AsSpan(8, 8).SequenceEqual(header[16..24]) || !sum.Equals(frame.AsSpan(16)))
            {
                return;
            }

            pending.Add((BinaryPrimitives.ReadInt32BigEndian(frame), _log.Position - PageBytes));
            if (BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(4)) is var pages and > 0)
            {
                pending.ForEach(one => _logged[one.Page] = one.Offset);
                pending.Clear();
                PageCount = pages;
            }
        }
    }

    /// <summary>The running checksum of a log.</summary>
    private struct LogChecksum(bool isBigEndian)
    {
        private uint _first;
        private uint _second;

        public void Add(ReadOnlySpan<byte> data)
        {
            for (; data.Length >= 8; data = data[8..])
            {
                _first += Word(data) + _second;
                _second += Word(data[4..]) + _first;
            }
        }

        public readonly bool Equals(ReadOnlySpan<byte> stored) =>
            BinaryPrimitives.ReadUInt32BigEndian(stored) == _first && BinaryPrimitives.ReadUInt32BigEndian(stored[4..]) == _second;

        private readonly uint Word(ReadOnlySpan<byte> data) =>
            isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(data) : BinaryPrimitives.ReadUInt32LittleEndian(data);
    }
}
