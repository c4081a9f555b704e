using System.Buffers.Binary;

namespace PatientTools.Backups.Archive;

/// <summary>
/// How an encrypted backup ends: with a word and the length of the whole file. Only its key proves that all is there; but history,
/// incremental backups and retention work without it, and must not take a file for usable that was cut off or copied in part.
/// </summary>
internal static class EndMark
{
    /// <summary>How long it is.</summary>
    public const int Length = 16;

    private static ReadOnlySpan<byte> Word => "PTBACEND"u8;

    /// <summary>Writes the mark behind all else.</summary>
    /// <param name="file">The file, at its end.</param>
    public static void Write(Stream file)
    {
        Span<byte> mark = stackalloc byte[Length];
        Make(mark, file.Position + Length);
        file.Write(mark);
    }

    /// <summary>Makes sure that a file has its end.</summary>
    /// <exception cref="PatientToolsException"><c>BackupDamaged</c>.</exception>
    public static void Demand(ArchiveFile file)
    {
        Span<byte> wanted = stackalloc byte[Length];
        Span<byte> found = stackalloc byte[Length];
        Make(wanted, file.Length);
        if (file.Length < Length || !file.TryRead(file.Length - Length, found) || !found.SequenceEqual(wanted))
        {
            throw BackupErrors.CutOff(file.Path);
        }
    }

    private static void Make(Span<byte> mark, long length)
    {
        Word.CopyTo(mark);
        BinaryPrimitives.WriteInt64LittleEndian(mark[Word.Length..], length);
    }
}
