using System.Runtime.InteropServices;
using System.Text;
using PatientTools.Patients;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Content;

/// <summary>
/// A document as rules see it: its JSON values in a row, in the order of the text, each with the FHIR element it is. Node 0 is
/// the document itself. Used again for the next document; belongs to one thread.
/// </summary>
internal sealed class ResourceContent
{
    private readonly NodeRow _row = new();
    private readonly Dictionary<int, byte[]> _resolved = [];
    private byte[] _utf8 = [];
    private int _start;
    private int _length;

    /// <summary>The type of the resource; null when R4 does not have it.</summary>
    public FhirType? Type { get; private set; }

    /// <summary>Which of the patient's other resources it is, from 0; -1 for the patient document.</summary>
    public int Number { get; private set; }

    /// <summary>How paths begin: <c>Patient</c>, or <c>record[2]</c>.</summary>
    public string Root => Number < 0 ? "Patient" : FormattableString.Invariant($"record[{Number}]");

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Utf8 => new(_utf8, _start, _length);

    /// <summary>Whether the text holds bytes beyond ASCII, or escapes that may stand for such.</summary>
    public bool MayHaveSpecialLetters { get; private set; }

    /// <summary>The values.</summary>
    public ReadOnlySpan<ContentNode> Nodes => _row.Nodes;

    /// <summary>What is wrong with the form; mostly nothing.</summary>
    public ReadOnlySpan<StructureFault> Faults => _row.Faults;

    /// <summary>Whether a coding or identifier may have one of some systems.</summary>
    /// <param name="bits">The bits of the systems (<see cref="NodeRow.BitOf"/>).</param>
    /// <returns>False when there is none.</returns>
    public bool MayHaveSystemOf(ulong bits) => (_row.SystemBits & bits) != 0;

    /// <summary>Whether a reference has a literal, the member <c>reference</c>.</summary>
    public bool HasReferences => _row.HasReferences;

    /// <summary>Takes a document.</summary>
    /// <param name="utf8">Text that claims to be a JSON object.</param>
    /// <param name="number">Which of the patient's other resources it is, from 0; -1 for the patient document.</param>
    /// <param name="guesses">Which member followed which in the documents before.</param>
    /// <returns>Whether it is what <see cref="JsonText.CompactObject"/> takes; if not, nothing can be asked.</returns>
    public bool Read(ReadOnlyMemory<byte> utf8, int number, MemberGuesses guesses)
    {
        _row.Clear();
        _resolved.Clear();
        (Number, Type) = (number, null);
        Take(utf8);
        var scanner = new ContentScanner(Utf8, _row, guesses);
        if (!scanner.Scan(out var type) || (scanner.MayHaveBeyondAscii && !System.Text.Unicode.Utf8.IsValid(Utf8)))
        {
            return false;
        }

        Type = type;
        MayHaveSpecialLetters = scanner.MayHaveBeyondAscii || scanner.HasEscapes;
        return true;
    }

    /// <summary>The text of a value, escapes resolved: of text what stands between the quotes, of others what stands there.</summary>
    /// <param name="node">The value.</param>
    /// <returns>UTF-8.</returns>
    public ReadOnlySpan<byte> TextOf(int node)
    {
        ref readonly var value = ref _row[node];
        return value.IsEscaped ? Resolved(node) : Utf8.Slice(value.Start, value.Length);
    }

    /// <summary>The text of a value as a string.</summary>
    /// <param name="node">The value.</param>
    /// <returns>A new string.</returns>
    public string StringOf(int node) => Encoding.UTF8.GetString(TextOf(node));

    /// <summary>The value as an issue tells it: its first <see cref="ValidationIssue.LongestValue"/> characters.</summary>
    /// <param name="node">The value.</param>
    /// <returns>The value; null for objects and arrays.</returns>
    public string? ValueOf(int node)
    {
        if (_row[node].Kind is ContentKind.Object or ContentKind.Array)
        {
            return null;
        }

        var text = TextOf(node);
        const int longest = ValidationIssue.LongestValue;
        if (text.Length <= longest)
        {
            return Encoding.UTF8.GetString(text);
        }

        // A character has at most four bytes; one that is cut in half is left out.
        Span<char> characters = stackalloc char[longest];
        System.Text.Unicode.Utf8.ToUtf16(text, characters, out _, out var written);
        return written < longest && text.Length == written ? new string(characters[..written]) : new string(characters[..written]) + "…";
    }

    /// <summary>Where a value stands: <c>Patient.name[0].family</c>.</summary>
    /// <param name="node">The value.</param>
    /// <returns>A new string.</returns>
    public string PathOf(int node)
    {
        var path = new StringBuilder(Root);
        AppendPath(path, node);
        return path.ToString();
    }

    /// <summary>The name of a member as the document spells it.</summary>
    /// <param name="node">A member of an object.</param>
    /// <returns>A new string, its first <see cref="ValidationIssue.LongestValue"/> characters.</returns>
    public string NameOf(int node)
    {
        var name = Encoding.UTF8.GetString(NameTextOf(node));
        return name.Length <= ValidationIssue.LongestValue ? name : name[..ValidationIssue.LongestValue] + "…";
    }

    /// <summary>A member of an object.</summary>
    /// <param name="node">The object; anything else has no members.</param>
    /// <param name="name">Its name in UTF-8, as FHIR spells it.</param>
    /// <returns>The value; 0 when there is none.</returns>
    public int Member(int node, ReadOnlySpan<byte> name)
    {
        var nodes = _row.Nodes;
        if (nodes[node].Kind != ContentKind.Object)
        {
            return 0;
        }

        for (int child = node + 1, end = nodes[node].Next; child < end; child = nodes[child].Next)
        {
            var start = Utf8[nodes[child].NameStart..];
            if (start.Length > name.Length && start[name.Length] == (byte)'"' ? start.StartsWith(name) : IsEscapedName(child, name))
            {
                return child;
            }
        }

        return 0;
    }

    /// <summary>Whether a value is a certain text.</summary>
    /// <param name="node">The value; 0 for none.</param>
    /// <param name="text">UTF-8.</param>
    /// <returns>Whether it is there, is text, and is the same, escapes resolved.</returns>
    public bool Is(int node, ReadOnlySpan<byte> text) => node != 0 && _row[node].Kind == ContentKind.Text && TextOf(node).SequenceEqual(text);

    /// <summary>The items of an array, or the one value that stands in place of one.</summary>
    /// <param name="node">The value; 0 for none.</param>
    /// <returns>The items, to be enumerated.</returns>
    public ContentItems Items(int node) => new(this, node);

    /// <summary>An array is quicker to ask than memory, whose owner has to be asked each time.</summary>
    private void Take(ReadOnlyMemory<byte> utf8)
    {
        if (!MemoryMarshal.TryGetArray(utf8, out var array))
        {
            array = utf8.ToArray();
        }

        (_utf8, _start, _length) = (array.Array!, array.Offset, array.Count);
    }

    private void AppendPath(StringBuilder path, int node)
    {
        if (node == 0)
        {
            return;
        }

        ref readonly var value = ref _row[node];
        AppendPath(path, value.Parent);
        if (value.Index >= 0)
        {
            path.Append('[').Append(value.Index).Append(']');
        }
        else
        {
            path.Append('.').Append(value.Element == 0 ? NameOf(node) : FhirModel.Element(value.Element).Name);
        }
    }

    private bool IsEscapedName(int node, ReadOnlySpan<byte> name) =>
        MayHaveSpecialLetters && Utf8[_row[node].NameStart..].IndexOf((byte)'\\') is >= 0 and var escape && escape <= name.Length && NameTextOf(node).SequenceEqual(name);

    private ReadOnlySpan<byte> NameTextOf(int node)
    {
        var start = Utf8[_row[node].NameStart..];
        var end = 0;
        var isEscaped = false;
        while (start[end] != (byte)'"')
        {
            isEscaped |= start[end] == (byte)'\\';
            end += start[end] == (byte)'\\' ? 2 : 1;
        }

        return isEscaped ? JsonEscapes.Resolve(start[..end]) : start[..end];
    }

    private byte[] Resolved(int node)
    {
        if (!_resolved.TryGetValue(node, out var text))
        {
            _resolved[node] = text = JsonEscapes.Resolve(Utf8.Slice(_row[node].Start, _row[node].Length)).ToArray();
        }

        return text;
    }
}
