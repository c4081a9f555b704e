using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using PatientTools.Accounts;
using PatientTools.Storage;

namespace PatientTools.Auditing;

/// <summary>Makes the links of the chain. SHA-256; each link's hash covers the one before it.</summary>
internal static class AuditChain
{
    /// <summary>How many patients one entry names at most.</summary>
    public const int MostPatients = 1000;

    /// <summary>How long a hash is, in bytes.</summary>
    public const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>Ahead of everything that is hashed; another way to hash would have another one.</summary>
    private static ReadOnlySpan<byte> Tag => "PatientTools audit 1"u8;

    private static readonly byte[] Unreadable = new byte[HashLength];
    private static readonly byte[][] Operations = NamesOf<StoreOperation>();
    private static readonly byte[][] Outcomes = NamesOf<AuditOutcome>();

    /// <summary>What the first entry of a store continues: a hash of the store's id, so that a trail fits one store only.</summary>
    public static byte[] Origin(Guid storeId)
    {
        Span<byte> text = stackalloc byte[Tag.Length + 16];
        Tag.CopyTo(text);
        storeId.TryWriteBytes(text[Tag.Length..], bigEndian: true, out _);
        return SHA256.HashData(text);
    }

    /// <summary>The hash of an entry's number, time, fields and <see cref="AuditEntry.Previous"/>, each with its length, so that nothing can move from one field to another.</summary>
    public static byte[] HashOf(AuditEntry entry)
    {
        var hash = new byte[HashLength];
        WriteHash(entry, hash);
        return hash;
    }

    /// <summary>Whether an entry's hash is that of its fields.</summary>
    public static bool IsHashed(AuditEntry entry)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        WriteHash(entry, hash);
        return hash.SequenceEqual(entry.Hash.Span);
    }

    /// <summary>Puts an entry behind the last one, inside a write transaction.</summary>
    /// <returns>The entry as it is in the chain.</returns>
    public static AuditEntry Append(IStoreWriter writer, Guid storeId, AuditDraft draft) => Append(writer, storeId, writer.ReadLastAuditEntry(), draft);

    /// <summary>Puts an entry behind the last one, which is known already.</summary>
    public static AuditEntry Append(IStoreWriter writer, Guid storeId, AuditEntry? last, AuditDraft draft)
    {
        var entry = Link(storeId, last, draft);
        writer.AppendAuditEntry(entry);
        draft.Number = entry.Number;
        return entry;
    }

    /// <summary>Makes the entry that comes behind another.</summary>
    public static AuditEntry Link(Guid storeId, AuditEntry? last, AuditDraft draft)
    {
        var entry = new AuditEntry(
            (last?.Number ?? 0) + 1,
            new DateTime(draft.Time.Ticks - (draft.Time.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc),
            draft.First?.Number ?? draft.Continues,
            draft.Account,
            draft.Operation,
            draft.Outcome,
            draft.Content.ToJson(),
            draft.Count,
            draft.Patients,
            last is null ? Origin(storeId) : last.Hash.Length == HashLength ? last.Hash : Unreadable,
            default);
        return entry with { Hash = HashOf(entry) };
    }

    private static void WriteHash(AuditEntry entry, Span<byte> hash)
    {
        var account = entry.Account is null ? 0 : Encoding.UTF8.GetMaxByteCount(entry.Account.Length);
        var most = 256 + account + entry.Content.Length + entry.Patients.Length + entry.Previous.Length;
        byte[]? rented = null;
        var buffer = most <= 1536 ? stackalloc byte[1536] : rented = ArrayPool<byte>.Shared.Rent(most);
        var text = new FieldText(buffer);
        text.Add(Tag);
        text.Add(entry.Number);
        text.Add((entry.Time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond);
        text.Add(entry.Continues);
        text.Add(entry.Account);
        text.Add(NameOf(Operations, (int)entry.Operation));
        text.Add(NameOf(Outcomes, (int)entry.Outcome));
        text.Add(entry.Content.Span);
        text.Add(entry.Count);
        text.Add(entry.Patients.Span);
        text.Add(entry.Previous.Span);
        SHA256.HashData(text.Written, hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static ReadOnlySpan<byte> NameOf(byte[][] names, int value) => (uint)value < (uint)names.Length ? names[value] : default;

    private static byte[][] NamesOf<T>()
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>();
        var names = new byte[values.Max(value => Convert.ToInt32(value, null)) + 1][];
        Array.Fill(names, []);
        foreach (var value in values)
        {
            names[Convert.ToInt32(value, null)] = Encoding.UTF8.GetBytes(value.ToString());
        }

        return names;
    }

    /// <summary>Fields one behind the other, each behind its length; what is missing has the length -1.</summary>
    private ref struct FieldText(Span<byte> buffer)
    {
        private readonly Span<byte> _buffer = buffer;
        private int _length;

        public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

        public void Add(ReadOnlySpan<byte> field)
        {
            BinaryPrimitives.WriteInt32BigEndian(_buffer[_length..], field.Length);
            field.CopyTo(_buffer[(_length + 4)..]);
            _length += 4 + field.Length;
        }

        public void Add(long? field)
        {
            BinaryPrimitives.WriteInt32BigEndian(_buffer[_length..], field is null ? -1 : 8);
            _length += 4;
            if (field is { } number)
            {
                BinaryPrimitives.WriteInt64BigEndian(_buffer[_length..], number);
                _length += 8;
            }
        }

        public void Add(string? field)
        {
            var length = field is null ? -1 : Encoding.UTF8.GetBytes(field, _buffer[(_length + 4)..]);
            BinaryPrimitives.WriteInt32BigEndian(_buffer[_length..], length);
            _length += 4 + Math.Max(length, 0);
        }
    }
}
