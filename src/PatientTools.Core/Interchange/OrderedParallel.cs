namespace PatientTools.Interchange;

/// <summary>Works on the items of a sequence on several threads and hands the results on in the order of the sequence.</summary>
internal static class OrderedParallel
{
    /// <summary>Starts the work as items are asked for, a bounded way ahead.</summary>
    /// <typeparam name="T">What there is to work on.</typeparam>
    /// <typeparam name="TResult">What becomes of it.</typeparam>
    /// <param name="source">The sequence; enumerated by the caller's thread alone.</param>
    /// <param name="work">The work; called from many threads at once.</param>
    /// <param name="weight">What an item weighs, in bytes.</param>
    /// <param name="maxWeight">How much may be under way at once; a single item may weigh more.</param>
    /// <param name="workers">How many threads work at once; 1 uses the caller's own.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The results. When enumeration ends, early or not, no work is under way any more.</returns>
    public static IEnumerable<TResult> Select<T, TResult>(
        IEnumerable<T> source, Func<T, TResult> work, Func<T, long> weight, long maxWeight, int workers, CancellationToken cancellationToken)
    {
        return workers <= 1 ? source.Select(work) : Ahead(source, work, weight, maxWeight, workers, cancellationToken);
    }

    private static IEnumerable<TResult> Ahead<T, TResult>(
        IEnumerable<T> source, Func<T, TResult> work, Func<T, long> weight, long maxWeight, int workers, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var tasks = new TaskFactory(new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, workers).ConcurrentScheduler);
        var ahead = new Queue<(Task<TResult> Task, long Weight)>();
        var underWay = 0L;
        using var items = source.GetEnumerator();
        try
        {
            var more = true;
            while (true)
            {
                while (more && ahead.Count < workers * 4 && (ahead.Count == 0 || underWay < maxWeight))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    more = items.MoveNext();
                    if (more)
                    {
                        var item = items.Current;
                        underWay += weight(item);
                        ahead.Enqueue((tasks.StartNew(() => work(item), stop.Token), weight(item)));
                    }
                }

                if (!ahead.TryDequeue(out var first))
                {
                    yield break;
                }

                underWay -= first.Weight;
                yield return first.Task.GetAwaiter().GetResult();
            }
        }
        finally
        {
            stop.Cancel();
            Drain(ahead);
        }
    }

    /// <summary>Waits until nothing runs; what comes of it is of no interest any more.</summary>
    private static void Drain<TResult>(Queue<(Task<TResult> Task, long Weight)> ahead)
    {
        foreach (var (task, _) in ahead)
        {
            task.ContinueWith(static done => done.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait(CancellationToken.None);
        }
    }
}
