using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PatientTools.Patients;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Content;

/// <summary>The members of an object that were seen so far.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct MembersSeen
{
    /// <summary>How many members are compared one by one before a set is made of them.</summary>
    private const int MostCompared = 32;

    private ulong _bits;
    private ulong _values;
    private HashSet<ulong>? _keys;

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>The number of the FHIR element before; at the start that of the object.</summary>
    public ushort Before { get; set; }

    /// <summary>Those that have to be there, and choices (<see cref="FhirElement.Presence"/>): as values, or as shadows, which may say why there is no value.</summary>
    public ulong Present { get; private set; }

    /// <summary>Adds a member.</summary>
    /// <param name="key">The number of its FHIR element, else the hash of its name.</param>
    /// <param name="owner">The object, whose members so far are the last nodes of the row.</param>
    /// <param name="row">The nodes.</param>
    /// <param name="json">The text.</param>
    /// <returns>Whether it was not there yet.</returns>
    public bool Add(ulong key, int owner, NodeRow row, ReadOnlySpan<byte> json)
    {
        // What this bit of its own was not set for was not there; the elements of a type have numbers in a row.
        var bit = 1UL << (int)(key & 63);
        var isPerhapsThere = (_bits & bit) != 0;
        _bits |= bit;
        if (++Count <= MostCompared)
        {
            return !isPerhapsThere || !IsThere(key, owner, row, json);
        }

        return (_keys ??= KeysOf(owner, row, json)).Add(key);
    }

    /// <summary>Notes a member that has to be there or is of a choice.</summary>
    /// <param name="element">The member.</param>
    /// <returns>Whether another one of its choice was there.</returns>
    public bool IsSecondChoice(FhirElement element)
    {
        Present |= element.Presence;
        if (element.IsShadow)
        {
            return false;
        }

        var isSecond = element.Choice is not null && (_values & element.Presence) != 0;
        _values |= element.Presence;
        return isSecond;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsThere(ulong key, int owner, NodeRow row, ReadOnlySpan<byte> json)
    {
        for (var member = owner + 1; member < row.Nodes.Length; member = row[member].Next)
        {
            if (KeyOf(member, row, json) == key)
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static HashSet<ulong> KeysOf(int owner, NodeRow row, ReadOnlySpan<byte> json)
    {
        var keys = new HashSet<ulong>();
        for (var member = owner + 1; member < row.Nodes.Length; member = row[member].Next)
        {
            keys.Add(KeyOf(member, row, json));
        }

        return keys;
    }

    private static ulong KeyOf(int member, NodeRow row, ReadOnlySpan<byte> json)
    {
        ref readonly var node = ref row[member];
        if (node.Element != 0)
        {
            return node.Element;
        }

        var cursor = new JsonCursor(json) { At = node.NameStart };
        cursor.SkipText(out var isEscaped);
        var name = json[node.NameStart..(cursor.At - 1)];
        return MemberNames.Hash(isEscaped ? JsonEscapes.Resolve(name) : name);
    }
}
