using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Content;

/// <summary>The nodes of a document and the faults of its form, in memory that is used again.</summary>
internal sealed class NodeRow
{
    /// <summary>A hopeless document has no use for more; it is counted, not told.</summary>
    private const int MostFaults = 10_000;

    private ContentNode[] _nodes = new ContentNode[128];
    private StructureFault[] _faults = new StructureFault[8];
    private int _count;
    private int _faultCount;

    /// <summary>The nodes.</summary>
    public ReadOnlySpan<ContentNode> Nodes => _nodes.AsSpan(0, _count);

    /// <summary>The faults, in the order of the text.</summary>
    public ReadOnlySpan<StructureFault> Faults => _faults.AsSpan(0, _faultCount);

    /// <summary>A bit (<see cref="BitOf"/>) for each system of a coding or identifier: one whose bit is not set is not there.</summary>
    public ulong SystemBits { get; private set; }

    /// <summary>Whether a reference has a literal.</summary>
    public bool HasReferences { get; private set; }

    /// <summary>A node, to be changed.</summary>
    /// <param name="node">Its number.</param>
    public ref ContentNode this[int node] => ref _nodes[node];

    /// <summary>Begins another document. What a giant one needed is given back.</summary>
    public void Clear()
    {
        (_count, _faultCount, SystemBits, HasReferences) = (0, 0, 0, false);
        if (_nodes.Length > 1 << 16)
        {
            _nodes = new ContentNode[128];
        }
    }

    /// <summary>Adds a node; what it is, how long and where it ends is told later.</summary>
    /// <param name="start">As <see cref="ContentNode.Start"/>.</param>
    /// <param name="parent">As <see cref="ContentNode.Parent"/>.</param>
    /// <param name="nameStart">As <see cref="ContentNode.NameStart"/>.</param>
    /// <param name="index">As <see cref="ContentNode.Index"/>.</param>
    /// <param name="element">As <see cref="ContentNode.Element"/>.</param>
    /// <returns>Its number.</returns>
    public int Add(int start, int parent, int nameStart, int index, ushort element)
    {
        if (_count == _nodes.Length)
        {
            Array.Resize(ref _nodes, _count * 2);
        }

        ref var node = ref _nodes[_count];
        node.Start = start;
        node.Parent = parent;
        node.NameStart = nameStart;
        node.Index = index;
        node.Element = element;
        node.Kind = ContentKind.Object;
        node.IsEscaped = false;
        return _count++;
    }

    /// <summary>Ends an object or array.</summary>
    /// <param name="node">Its number.</param>
    /// <param name="end">Where in the text it ends.</param>
    public void Close(int node, int end)
    {
        ref var closed = ref _nodes[node];
        (closed.Length, closed.Next) = (end - closed.Start, _count);
    }

    /// <summary>Notes a text by which whole documents are told to be of no interest to a rule.</summary>
    /// <param name="element">What it is.</param>
    /// <param name="text">The text, escapes resolved.</param>
    public void Note(FhirElement element, ReadOnlySpan<byte> text)
    {
        if (element.Trace == FhirTrace.System)
        {
            SystemBits |= BitOf(text);
        }
        else if (element.Trace == FhirTrace.Reference)
        {
            HasReferences = true;
        }
    }

    /// <summary>A bit of 64 that a text has, by its length and its last byte.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>The bit; 0 for nothing.</returns>
    public static ulong BitOf(ReadOnlySpan<byte> text) => text.IsEmpty ? 0 : 1UL << ((text.Length + (text[^1] * 5)) & 63);

    /// <summary>Adds a fault.</summary>
    /// <param name="node">The value.</param>
    /// <param name="kind">What is wrong.</param>
    /// <param name="element">What FHIR expects.</param>
    public void AddFault(int node, StructureFaultKind kind, ushort element)
    {
        if (_faultCount == MostFaults)
        {
            return;
        }

        if (_faultCount == _faults.Length)
        {
            Array.Resize(ref _faults, _faultCount * 2);
        }

        _faults[_faultCount++] = new StructureFault(node, kind, element);
    }
}
