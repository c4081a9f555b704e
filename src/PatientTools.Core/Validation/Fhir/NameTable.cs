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
    /// <summary>The longest name that its ends tell wholly.</summary>
    private const int ToldByEnds = 16;

    private readonly Slot[] _slots;
    private readonly byte[]?[] _longNames;

    /// <summary>Makes one.</summary>
    /// <param name="entries">What is to be found; of two with the same name the first is.</param>
    /// <param name="nameOf">The name of each.</param>
    public NameTable(IReadOnlyList<T> entries, Func<T, string> nameOf)
    {
        _slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)Math.Max(entries.Count * 2, 2))];
        _longNames = new byte[]?[_slots.Length];
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
        var mask = slots.Length - 1;
        for (var i = PlaceOf(first, last, name.Length) & mask; (uint)i < (uint)slots.Length; i = (i + 1) & mask)
        {
            ref readonly var slot = ref slots[i];
            if (slot.First == first && slot.Last == last && slot.Length == name.Length && (name.Length <= ToldByEnds || name.SequenceEqual(_longNames[i])))
            {
                return slot.Value;
            }

            if (slot.Value is null)
            {
                break;
            }
        }

        return null;
    }

    private void Put(byte[] name, T value)
    {
        var (first, last) = EndsOf(name);
        var mask = _slots.Length - 1;
        var i = PlaceOf(first, last, name.Length) & mask;
        while (_slots[i].Value is not null)
        {
            i = (i + 1) & mask;
        }

        _slots[i] = new Slot { First = first, Last = last, Length = name.Length, Value = value };
        _longNames[i] = name.Length > ToldByEnds ? name : null;
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
        return (int)(((first ^ BitOperations.RotateLeft(last, 29) ^ ((ulong)length << 59)) * 0x9E3779B97F4A7C15) >> 40);
    }

    private struct Slot
    {
        public ulong First;
        public ulong Last;
        public T? Value;
        public int Length;
    }
}
