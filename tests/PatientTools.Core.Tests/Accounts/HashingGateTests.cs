using PatientTools.Accounts;

namespace PatientTools.Core.Tests.Accounts;

public sealed class HashingGateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Never_more_run_than_may_and_all_get_their_turn(int most)
    {
        var gate = new HashingGate();
        var (running, greatest, done) = (0, 0, 0);
        Thread[] threads =
        [
            .. Enumerable.Range(0, 12).Select(_ => new Thread(() =>
            {
                for (var i = 0; i < 50; i++)
                {
                    gate.Run(most, () =>
                    {
                        var now = Interlocked.Increment(ref running);
                        InterlockedMax(ref greatest, now);
                        Thread.Yield();
                        Interlocked.Decrement(ref running);
                        return Interlocked.Increment(ref done);
                    });
                }
            })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(600, done);
        Assert.InRange(greatest, 1, most);
    }

    [Fact]
    public void Work_that_fails_gives_its_room_back()
    {
        var gate = new HashingGate();
        Assert.Throws<InvalidOperationException>(() => gate.Run<int>(1, () => throw new InvalidOperationException()));
        Assert.Equal(7, gate.Run(1, () => 7));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
