using System.Collections.Concurrent;
using PatientTools.Interchange;

namespace PatientTools.Core.Tests.Interchange;

public class OrderedParallelTests
{
    private static IEnumerable<int> Run(IEnumerable<int> source, Func<int, int> work, int workers, long maxWeight = long.MaxValue, CancellationToken token = default) =>
        OrderedParallel.Select(source, work, _ => 1, maxWeight, workers, token);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Results_come_in_order_however_long_each_takes(int workers)
    {
        var results = Run(Enumerable.Range(0, 2000), i =>
        {
            Thread.SpinWait(i % 7 * 1000);
            return i * 2;
        }, workers);

        Assert.Equal(Enumerable.Range(0, 2000).Select(i => i * 2), results);
    }

    [Fact]
    public void No_more_work_at_once_than_asked_for()
    {
        int now = 0, most = 0;
        var results = Run(Enumerable.Range(0, 500), i =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            Thread.SpinWait(5000);
            Interlocked.Decrement(ref now);
            return i;
        }, 3);

        Assert.Equal(500, results.Count());
        Assert.InRange(most, 1, 3);
    }

    [Theory]
    [InlineData(4, long.MaxValue, 16)]
    [InlineData(4, 5, 5)]
    public void The_source_is_read_a_bounded_way_ahead(int workers, long maxWeight, int most)
    {
        var pulled = 0;
        IEnumerable<int> Source()
        {
            while (true)
            {
                yield return pulled++;
            }
        }

        foreach (var result in Run(Source(), i => i, workers, maxWeight).Take(200))
        {
            Assert.InRange(pulled - result, 1, most);
        }
    }

    [Fact]
    public void When_the_consumer_stops_early_no_work_is_left_behind()
    {
        var running = 0;
        var disposed = false;
        IEnumerable<int> Source()
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    yield return i;
                }
            }
            finally
            {
                disposed = true;
            }
        }

        var taken = Run(Source(), i =>
        {
            Interlocked.Increment(ref running);
            Thread.SpinWait(200_000);
            Interlocked.Decrement(ref running);
            return i;
        }, 4).Take(3).ToList();

        Assert.Equal([0, 1, 2], taken);
        Assert.Equal(0, running);
        Assert.True(disposed);
    }

    [Fact]
    public void A_failure_comes_at_its_place_and_ends_the_rest()
    {
        var seen = new ConcurrentBag<int>();
        var results = new List<int>();
        var error = Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (var result in Run(Enumerable.Range(0, 1000), i => i == 10 ? throw new InvalidOperationException("ten") : i, 4))
            {
                results.Add(result);
            }
        });

        Assert.Equal("ten", error.Message);
        Assert.Equal(Enumerable.Range(0, 10), results);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Cancelling_ends_reading(int workers)
    {
        using var sandbox = new Sandbox();
        var path = sandbox.Write("a.ndjson", string.Join('\n', Enumerable.Repeat($$"""{"resourceType":"Patient","x":"{{new string('x', 5000)}}"}""", 5000)));
        using var stop = new CancellationTokenSource();
        var count = 0;

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var _ in PatientSources.Open(path, new ImportOptions { Workers = workers }).Read(stop.Token))
            {
                if (++count == 10)
                {
                    stop.Cancel();
                }
            }
        });
        Assert.InRange(count, 10, 4900);
    }

    [Fact]
    public void Preparing_happens_in_parallel_and_comes_in_order()
    {
        using var sandbox = new Sandbox();
        var path = sandbox.Write("a.ndjson", string.Join('\n', Enumerable.Range(0, 3000).Select(i => $$"""{"resourceType":"Patient","id":"{{i}}","x":"{{new string('x', 1000)}}"}""")));
        var threads = new ConcurrentDictionary<int, int>();

        var ids = PatientSources.Open(path, new ImportOptions { Workers = 4 }).Read(item =>
        {
            threads[Environment.CurrentManagedThreadId] = 1;
            return ((PatientItem)item).SourceId;
        });

        Assert.Equal(Enumerable.Range(0, 3000).Select(i => $"{i}"), ids);
        Assert.NotEmpty(threads);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen;)
        {
            var before = Interlocked.CompareExchange(ref most, value, seen);
            seen = before == seen ? value : before;
        }
    }
}
