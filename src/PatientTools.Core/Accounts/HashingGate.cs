namespace PatientTools.Accounts;

/// <summary>
/// Lets so many hash passwords at once in this process, in the order in which they came, so that a flood of logins cannot take
/// every processor. How many is a setting of a store, so each one brings it along; a changed one holds from the next login on.
/// </summary>
internal sealed class HashingGate
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _waiting = new();
    private int _running;

    /// <summary>The one of this process.</summary>
    public static HashingGate OfProcess { get; } = new();

    /// <summary>Does something when there is room for it.</summary>
    /// <param name="most">How many may run, this one with them; at least 1.</param>
    /// <param name="work">What to do.</param>
    public T Run<T>(int most, Func<T> work)
    {
        Enter(most);
        try
        {
            return work();
        }
        finally
        {
            Leave();
        }
    }

    private void Enter(int most)
    {
        Waiting waiting;
        lock (_gate)
        {
            if (_waiting.Count == 0 && _running < most)
            {
                _running++;
                return;
            }

            _waiting.AddLast(waiting = new Waiting(most));
        }

        using (waiting.Turn)
        {
            waiting.Turn.Wait();
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _running--;
            for (var node = _waiting.First; node is not null;)
            {
                var next = node.Next;
                if (_running < node.Value.Most)
                {
                    _running++;
                    _waiting.Remove(node);
                    node.Value.Turn.Release();
                }

                node = next;
            }
        }
    }

    private sealed record Waiting(int Most)
    {
        public SemaphoreSlim Turn { get; } = new(0);
    }
}
