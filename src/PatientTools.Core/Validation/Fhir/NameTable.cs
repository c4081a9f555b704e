using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace PatientTools.Validation.Fhir;

/// <summary>
/// Finds what belongs to a name, in a few nanoseconds. The first and the last eight bytes and the length tell names of up to
/// sixteen bytes apart by themselves; only what is longer is compared byte by byte.
/// </summary>
/// <typeparam name="T">What is found.</typeparam>
internal sealed class NameTable<T> where T : class
{
    private readonly Slot[] _slots;

    /// <summary>Makes one.</summary>
    /// <param name="entries">What is to be found; of two with the same name the first is.</param>
    /// <param name="nameOf">The name of each, in ASCII.</param>
    public NameTable(IReadOnlyList<T> entries, Func<T, string> nameOf)
    {
        _slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)Math.Max(entries.Count * 2, 2))];
        foreach (var entry in entries)
        {
            var name = Encoding.UTF8.GetBytes(nameOf(entry));
            if (Find(name) is null)
            {
                Put(name, entry);
            }
        }
    }

    /// <summary>Finds.</summary>
    /// <param name="name">UTF-8.</param>
    /// <returns>What belongs to it; null when there is none of that name.</returns>
    public T? Find(ReadOnlySpan<byte> name)
    {
        var (first, last) = EndsOf(name);
        var slots = _slots;
        for (var i = PlaceOf(first, last, name.Length); ; i++)
        {
            ref readonly var slot = ref slots[i & (slots.Length - 1)];
            if (slot.Value is null)
            {
                return null;
            }

            if (slot.First == first && slot.Last == last && slot.Name.Length == name.Length && (name.Length <= 16 || name.SequenceEqual(slot.Name)))
            {
                return slot.Value;
            }
        }
    }

    private void Put(byte[] name, T value)
    {
        var (first, last) = EndsOf(name);
        var i = PlaceOf(first, last, name.Length);
        while (_slots[i & (_slots.Length - 1)].Value is not null)
        {
            i++;
        }

        _slots[i & (_slots.Length - 1)] = new Slot { First = first, Last = last, Name = name, Value = value };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong First, ulong Last) EndsOf(ReadOnlySpan<byte> name)
    {
        ref var start = ref MemoryMarshal.GetReference(name);
        var length = name.Length;
        if (length >= 8)
        {
            return (Unsafe.ReadUnaligned<ulong>(ref start), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8)));
        }

        if (length >= 4)
        {
            return (Unsafe.ReadUnaligned<uint>(ref start), Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, length - 4)));
        }

        return length == 0 ? (0, 0) : (start, Unsafe.Add(ref start, length / 2) | ((ulong)Unsafe.Add(ref start, length - 1) << 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PlaceOf(ulong first, ulong last, int length)
    {
        var mixed = ((first * 0x9E3779B97F4A7C15) ^ (last * 0xC2B2AE3D27D4EB4F)) + (ulong)length;
        return (int)(mixed >> 40);
    }

    private struct Slot
    {
        public ulong First;
        public ulong Last;
        public byte[] Name;
        public T? Value;
    }
}
