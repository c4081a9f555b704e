using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace PatientTools.Adapters.Sqlite;

/// <summary>
/// Changes of search entries that are not written yet, gathered by term: what thousands of patients have in common is kept,
/// sought and written once.
/// </summary>
internal sealed class PendingEntries
{
    private const int None = -1;
    private const int FewCharacters = 512;
    private PendingChange[] _changes = new PendingChange[64];
    private PendingTerm[] _terms = new PendingTerm[64];
    private byte[] _utf8 = new byte[1024];
    private int[] _buckets = NewBuckets(64);
    private Mark _end;
    private KeyChange[] _ofTerm = new KeyChange[64];

    /// <summary>How many changes there are.</summary>
    public int Count => _end.Changes;

    /// <summary>Where the changes end, for <see cref="UndoTo"/>.</summary>
    public Mark End => _end;

    /// <summary>Adds a change; of several to one entry the last holds.</summary>
    public void Add(int kind, string term, long patient, bool isRemoval)
    {
        var most = term.Length <= FewCharacters ? term.Length * 3 : Encoding.UTF8.GetByteCount(term);
        Add(kind, Encoding.UTF8.GetBytes(term, Free(most)), patient, isRemoval);
    }

    /// <inheritdoc cref="Add(int, string, long, bool)"/>
    public void Add(int kind, ReadOnlySpan<byte> term, long patient, bool isRemoval)
    {
        term.CopyTo(Free(term.Length));
        Add(kind, term.Length, patient, isRemoval);
    }

    /// <summary>Forgets the changes since a mark, the newest first.</summary>
    public void UndoTo(Mark mark)
    {
        for (var i = _end.Changes - 1; i >= mark.Changes; i--)
        {
            ref var term = ref _terms[_changes[i].Term];
            term.Newest = _changes[i].Previous;
            term.Changes--;
        }

        for (var i = _end.Terms - 1; i >= mark.Terms; i--)
        {
            Bucket(_terms[i].Hash) = _terms[i].NextInBucket;
        }

        _end = mark;
    }

    /// <summary>Forgets all changes.</summary>
    public void Clear()
    {
        _end = default;
        _buckets.AsSpan().Fill(None);
    }

    /// <summary>Writes the changes in the order of the index, so that each of its pages is touched once; they are not forgotten.</summary>
    public void WriteTo(TermVisitor write)
    {
        foreach (var index in SortedTerms())
        {
            ref readonly var term = ref _terms[index];
            write(term.Kind, Utf8(term), ChangesOf(term));
        }
    }

    private static int[] NewBuckets(int count)
    {
        var buckets = new int[count];
        buckets.AsSpan().Fill(None);
        return buckets;
    }

    private static uint Hash(int kind, ReadOnlySpan<byte> term)
    {
        const ulong Factor = 0x9E3779B97F4A7C15;
        var hash = (ulong)((kind * 31) + term.Length) * Factor;
        for (; term.Length >= 8; term = term[8..])
        {
            hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(term)) * Factor, 29);
        }

        hash = (hash ^ Packed(term)) * Factor;
        return (uint)(hash >> 32) ^ (uint)hash;
    }

    /// <summary>Kind and the first bytes of the term as one number that sorts as they do; it settles most comparisons.</summary>
    private static ulong Lead(int kind, ReadOnlySpan<byte> term) => ((ulong)kind << 56) | (Packed(term[..Math.Min(term.Length, 7)]) >> 8);

    private static ulong Packed(ReadOnlySpan<byte> few)
    {
        Span<byte> bytes = stackalloc byte[8];
        bytes.Clear();
        few.CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    private Span<byte> Free(int bytes)
    {
        var needed = checked(_end.Bytes + bytes);
        if (needed > _utf8.Length)
        {
            Array.Resize(ref _utf8, Math.Max(needed, (int)Math.Min(_utf8.Length * 2L, Array.MaxLength)));
        }

        return _utf8.AsSpan(_end.Bytes);
    }

    /// <summary>Adds a change to the term whose bytes stand behind the others.</summary>
    private void Add(int kind, int length, long patient, bool isRemoval)
    {
        var index = TermOf(kind, length);
        if (_end.Changes == _changes.Length)
        {
            Array.Resize(ref _changes, _changes.Length * 2);
        }

        ref var term = ref _terms[index];
        _changes[_end.Changes] = new PendingChange(isRemoval ? ~patient : patient, index, term.Newest);
        term.Newest = _end.Changes;
        term.Changes++;
        _end.Changes++;
    }

    private int TermOf(int kind, int length)
    {
        var utf8 = _utf8.AsSpan(_end.Bytes, length);
        var hash = Hash(kind, utf8);
        for (var index = Bucket(hash); index != None; index = _terms[index].NextInBucket)
        {
            ref readonly var known = ref _terms[index];
            if (known.Hash == hash && known.Kind == kind && utf8.SequenceEqual(Utf8(known)))
            {
                return index;
            }
        }

        if (_end.Terms == _terms.Length)
        {
            Array.Resize(ref _terms, _terms.Length * 2);
            Redistribute(_terms.Length);
        }

        ref var bucket = ref Bucket(hash);
        _terms[_end.Terms] = new PendingTerm
        {
            Lead = Lead(kind, utf8),
            Hash = hash,
            Start = _end.Bytes,
            Length = length,
            NextInBucket = bucket,
            Newest = None,
        };
        _end.Bytes += length;
        return bucket = _end.Terms++;
    }

    private ref int Bucket(uint hash) => ref _buckets[hash & (uint)(_buckets.Length - 1)];

    /// <summary>In the order of their coming, so that the newest term is the first of its bucket, as <see cref="UndoTo"/> needs it.</summary>
    private void Redistribute(int buckets)
    {
        _buckets = NewBuckets(buckets);
        for (var i = 0; i < _end.Terms; i++)
        {
            ref var bucket = ref Bucket(_terms[i].Hash);
            _terms[i].NextInBucket = bucket;
            bucket = i;
        }
    }

    private ReadOnlySpan<byte> Utf8(in PendingTerm term) => _utf8.AsSpan(term.Start, term.Length);

    /// <summary>The terms that have changes, by kind and bytes.</summary>
    private ReadOnlySpan<int> SortedTerms()
    {
        var leads = new ulong[_end.Terms];
        var order = new int[_end.Terms];
        for (var i = 0; i < order.Length; i++)
        {
            (leads[i], order[i]) = (_terms[i].Lead, i);
        }

        Array.Sort(leads, order);
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && leads[end] == leads[start];)
            {
                end++;
            }

            if (end - start > 1)
            {
                order.AsSpan(start, end - start).Sort(CompareTerms);
            }
        }

        return order;
    }

    private int CompareTerms(int left, int right) => Utf8(_terms[left]).SequenceCompareTo(Utf8(_terms[right]));

    /// <summary>The changes of a term by patient, the last one of each.</summary>
    private ReadOnlySpan<KeyChange> ChangesOf(in PendingTerm term)
    {
        if (term.Changes > _ofTerm.Length)
        {
            _ofTerm = new KeyChange[BitOperations.RoundUpToPowerOf2((uint)term.Changes)];
        }

        var changes = _ofTerm.AsSpan(0, term.Changes);
        var isSorted = true;
        for (int i = changes.Length - 1, index = term.Newest; i >= 0; i--, index = _changes[index].Previous)
        {
            var signed = _changes[index].Patient;
            changes[i] = new KeyChange(signed < 0 ? ~signed : signed, signed < 0);
            isSorted &= i == changes.Length - 1 || changes[i].Key < changes[i + 1].Key;
        }

        return isSorted ? changes : LastOfEach(changes);
    }

    private static ReadOnlySpan<KeyChange> LastOfEach(Span<KeyChange> changes)
    {
        var arrivals = new (long Key, int Arrival, bool IsRemoval)[changes.Length];
        for (var i = 0; i < arrivals.Length; i++)
        {
            arrivals[i] = (changes[i].Key, i, changes[i].IsRemoval);
        }

        Array.Sort(arrivals);
        var count = 0;
        for (var i = 0; i < arrivals.Length; i++)
        {
            if (i + 1 == arrivals.Length || arrivals[i + 1].Key != arrivals[i].Key)
            {
                changes[count++] = new KeyChange(arrivals[i].Key, arrivals[i].IsRemoval);
            }
        }

        return changes[..count];
    }

    /// <summary>Takes a term with its changes.</summary>
    public delegate void TermVisitor(int kind, ReadOnlySpan<byte> term, ReadOnlySpan<KeyChange> changes);

    /// <summary>A place in the changes.</summary>
    [StructLayout(LayoutKind.Auto)]
    public struct Mark
    {
        internal int Changes;
        internal int Terms;
        internal int Bytes;
    }

    /// <summary>A change: the patient's key, its complement when the entry goes; the term; the change to this term before.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct PendingChange(long Patient, int Term, int Previous);

    [StructLayout(LayoutKind.Auto)]
    private struct PendingTerm
    {
        public ulong Lead;
        public uint Hash;
        public int Start;
        public int Length;
        public int NextInBucket;
        public int Newest;
        public int Changes;

        public readonly int Kind => (int)(Lead >> 56);
    }
}
