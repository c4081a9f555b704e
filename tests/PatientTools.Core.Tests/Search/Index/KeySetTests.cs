using PatientTools.Search.Index;

namespace PatientTools.Core.Tests.Search.Index;

/// <summary>A set of keys is a set: held against a plain one, with keys near and far, rising and falling.</summary>
public class KeySetTests
{
    [Theory]
    [InlineData(1, 200)]
    [InlineData(2, 5_000)]
    [InlineData(3, 500_000)]
    [InlineData(4, 70)]
    public void Does_what_a_plain_set_does(int seed, int span)
    {
        var random = new Random(seed);
        for (var round = 0; round < 60; round++)
        {
            var (set, plain) = Draw(random, span);
            var (other, otherPlain) = Draw(random, span);
            var before = set.Copy();
            switch (round % 4)
            {
                case 0:
                    set.IntersectWith(other);
                    plain.IntersectWith(otherPlain);
                    break;
                case 1:
                    set.UnionWith(other);
                    plain.UnionWith(otherPlain);
                    break;
                case 2:
                    set.ExceptWith(other);
                    plain.ExceptWith(otherPlain);
                    break;
                default:
                    foreach (var key in otherPlain.Take(20))
                    {
                        set.Remove(key);
                        plain.Remove(key);
                    }

                    break;
            }

            var ordered = plain.Order().ToArray();
            Assert.Equal(ordered, set.ToArray());
            Assert.Equal(ordered.Length, set.Count());
            Assert.Equal(ordered.Length == 0, set.IsEmpty);
            Assert.Equal(ordered.Length > 7, set.HasMoreThan(7));
            Assert.Equal(ordered.Skip(5).Take(9), set.Slice(5, 9));
            var probe = random.Next(span);
            Assert.Equal(plain.Contains(probe), set.Contains(probe));
            Assert.Equal(ordered.Count(key => key <= probe), set.CountUpTo(probe));
            Assert.Equal(ordered.Count(key => key >= probe && key < probe + 150), set.CountRange(probe, 150));
            Assert.Equal(before.ToArray(), before.Copy().ToArray());
        }
    }

    private static (KeySet Set, HashSet<long> Plain) Draw(Random random, int span)
    {
        var set = new KeySet();
        var plain = new HashSet<long>();
        var start = random.Next(span);
        for (var count = random.Next(60); count > 0; count--)
        {
            long key = random.Next(3) == 0 ? random.Next(span) : start + random.Next(Math.Min(span, 90));
            if (random.Next(8) == 0)
            {
                var run = random.Next(200);
                set.AddRange(key, run);
                plain.UnionWith(Enumerable.Range(0, run).Select(i => key + i));
            }
            else
            {
                set.Add(key);
                plain.Add(key);
            }
        }

        return (set, plain);
    }
}
