using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Content;

/// <summary>
/// A document as rules see it: its JSON values in a row, in the order of the text, each with the FHIR element it is. Node 0 is
/// the document itself. Used again for the next document; belongs to one thread.
/// </summary>
internal sealed class ResourceContent
{
    /// <summary>The type of the resource; null when R4 does not have it.</summary>
    public FhirType? Type { get; private set; }

    /// <summary>How paths begin: <c>Patient</c>, or <c>record[2]</c>.</summary>
    public string Root { get; private set; } = "";

    /// <summary>The text.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; private set; }

    /// <summary>Whether the text holds bytes beyond ASCII, or escapes that may stand for such.</summary>
    public bool MayHaveSpecialLetters { get; private set; }

    /// <summary>The values.</summary>
    public ReadOnlySpan<ContentNode> Nodes => throw new NotSupportedException();

    /// <summary>What is wrong with the form; mostly nothing.</summary>
    public ReadOnlySpan<StructureFault> Faults => throw new NotSupportedException();

    /// <summary>The text of a value, escapes resolved: of text what stands between the quotes, of others what stands there.</summary>
    /// <param name="node">The value.</param>
    /// <returns>UTF-8, to be used at once.</returns>
    public ReadOnlySpan<byte> TextOf(int node) => throw new NotSupportedException();

    /// <summary>The text of a value as a string.</summary>
    /// <param name="node">The value.</param>
    /// <returns>A new string.</returns>
    public string StringOf(int node) => throw new NotSupportedException();

    /// <summary>The value as an issue tells it: its first <see cref="ValidationIssue.LongestValue"/> characters.</summary>
    /// <param name="node">The value.</param>
    /// <returns>The value; null for objects and arrays.</returns>
    public string? ValueOf(int node) => throw new NotSupportedException();

    /// <summary>Where a value stands: <c>Patient.name[0].family</c>.</summary>
    /// <param name="node">The value.</param>
    /// <returns>A new string.</returns>
    public string PathOf(int node) => throw new NotSupportedException();

    /// <summary>A member of an object.</summary>
    /// <param name="node">The object; anything else has no members.</param>
    /// <param name="name">Its name in UTF-8, as FHIR spells it.</param>
    /// <returns>The value; 0 when there is none.</returns>
    public int Member(int node, ReadOnlySpan<byte> name) => throw new NotSupportedException();

    /// <summary>Whether a value is a certain text.</summary>
    /// <param name="node">The value; 0 for none.</param>
    /// <param name="text">UTF-8.</param>
    /// <returns>Whether it is there, is text, and is the same, escapes resolved.</returns>
    public bool Is(int node, ReadOnlySpan<byte> text) => node != 0 && Nodes[node].Kind == ContentKind.Text && TextOf(node).SequenceEqual(text);

    /// <summary>The items of an array, or the one value that stands in place of one.</summary>
    /// <param name="node">The value; 0 for none.</param>
    /// <returns>The items, to be enumerated.</returns>
    public ContentItems Items(int node) => new(this, node);
}

/// <summary>The items of an array, or the one value that stands in place of one.</summary>
internal readonly ref struct ContentItems(ResourceContent content, int node)
{
    /// <summary>Begins.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(content, node);

    /// <summary>Goes from item to item.</summary>
    internal ref struct Enumerator
    {
        private readonly ReadOnlySpan<ContentNode> _nodes;
        private readonly int _end;
        private int _next;

        public Enumerator(ResourceContent content, int node)
        {
            _nodes = content.Nodes;
            if (node == 0)
            {
                return;
            }

            (_next, _end) = _nodes[node].Kind == ContentKind.Array ? (node + 1, _nodes[node].Next) : (node, _nodes[node].Next);
        }

        /// <summary>The number of the node.</summary>
        public int Current { get; private set; }

        /// <summary>Goes on.</summary>
        /// <returns>Whether there is another item.</returns>
        public bool MoveNext()
        {
            if (_next >= _end)
            {
                return false;
            }

            Current = _next;
            _next = _nodes[_next].Next;
            return true;
        }
    }
}
