namespace PatientTools.Validation.Content;

/// <summary>The items of an array, or the one value that stands in place of one.</summary>
/// <param name="content">The document.</param>
/// <param name="node">The value; 0 for none.</param>
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
            if (node != 0)
            {
                (_next, _end) = (_nodes[node].Kind == ContentKind.Array ? node + 1 : node, _nodes[node].Next);
            }
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
