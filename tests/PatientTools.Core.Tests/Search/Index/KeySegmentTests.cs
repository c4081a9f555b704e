using CsCheck;
using PatientTools.Search.Index;

namespace PatientTools.Core.Tests.Search.Index;

public class KeySegmentTests
{
    private static readonly Gen<KeyRun[]> Runs = Gen.Select(Gen.OneOf(Gen.Long[2, 9], Gen.Long[2, 1L << 40]), Gen.OneOf(Gen.Const(1L), Gen.Long[1, 1L << 30])).Array[1, 600]
        .Select(steps =>
        {
            var runs = new List<KeyRun>();
            var last = 0L;
            foreach (var (distance, count) in steps)
            {
                runs.Add(new KeyRun(last + distance, last + distance + count - 1));
                last = runs[^1].Last;
            }

            return runs.ToArray();
        });

    [Fact]
    public void What_is_written_is_read_whatever_the_size_of_a_segment() =>
        Gen.Select(Runs, Gen.Int[1, KeySegment.MostBytes]).Sample(
            (runs, most) =>
            {
                var read = new List<KeyRun>();
                var gaps = new byte[KeySegment.MostBytes];
                for (var rest = runs.AsSpan(); !rest.IsEmpty;)
                {
                    var taken = KeySegment.Write(rest, most, gaps, out var written);
                    Assert.InRange(written, 0, Math.Max(most, 10));
                    Assert.True(KeySegment.TryRead(rest[0].First, gaps.AsSpan(0, written), read));
                    Assert.True(KeySegment.IsWithin(rest[0].First, gaps.AsSpan(0, written), read[^1].Last));
                    Assert.False(KeySegment.IsWithin(rest[0].First, gaps.AsSpan(0, written), read[^1].Last - 1));
                    rest = rest[taken..];
                }

                Assert.Equal(runs, read);
            },
            seed: "0000KPWn3xk4",
            iter: 500);

    [Fact]
    public void All_ways_to_read_a_segment_agree() =>
        Gen.Select(Gen.Long[2, 20], Gen.Int[1, 5]).Array[1, 100].Sample(
            steps =>
            {
                var keys = new List<long>();
                foreach (var (distance, count) in steps)
                {
                    var first = (keys.Count == 0 ? 0 : keys[^1]) + distance;
                    keys.AddRange(Enumerable.Range(0, count).Select(i => first + i));
                }

                KeyRun[] runs = [.. keys.Where(key => !keys.Contains(key - 1)).Select(key => new KeyRun(key, Enumerable.Range(0, 99).Select(i => key + i).First(last => !keys.Contains(last + 1))))];
                var gaps = new byte[KeySegment.MostBytes];
                Assert.Equal(runs.Length, KeySegment.Write(runs, KeySegment.MostBytes, gaps, out var written));
                var read = new List<long>();
                var set = new KeySet();
                KeySegment.Read(keys[0], gaps.AsSpan(0, written), read);
                KeySegment.AddTo(keys[0], gaps.AsSpan(0, written), set);
                Assert.Equal(keys, read);
                Assert.Equal(keys, set.Slice(0, long.MaxValue));
                Assert.Equal(keys.Count, KeySegment.Count(gaps.AsSpan(0, written)));
                var some = new KeySet();
                keys.Where(key => key % 3 == 0).ToList().ForEach(some.Add);
                Assert.Equal(some.Count(), KeySegment.CountIn(keys[0], gaps.AsSpan(0, written), some));
            },
            seed: "0000KPWn3xk4",
            iter: 300);

    [Fact]
    public void No_bytes_are_too_wild_to_be_refused() =>
        Gen.Select(Gen.Long, Gen.Byte.Array[0, 30]).Sample(
            (first, gaps) =>
            {
                var runs = new List<KeyRun>();
                if (KeySegment.TryRead(first, gaps, runs))
                {
                    Assert.True(first >= 0);
                    Assert.All(runs, run => Assert.True(run.Last >= run.First));
                    Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.True(pair.Second.First > pair.First.Last));
                }
            },
            seed: "0000KPWn3xk4",
            iter: 20_000);

    [Fact]
    public void What_lies_within_is_read_without_surprise() =>
        Gen.Select(Gen.OneOf(Gen.Long, Gen.Long[0, 5000]), Gen.OneOf(Gen.Byte, Gen.Byte[0x80, 0xFF], Gen.Byte[0, 9]).Array[0, 12], Gen.Long[0, 5000]).Sample(
            (first, gaps, last) =>
            {
                if (KeySegment.IsWithin(first, gaps, last))
                {
                    var keys = new List<long>();
                    var set = new KeySet();
                    KeySegment.Read(first, gaps, keys);
                    KeySegment.AddTo(first, gaps, set);
                    Assert.Equal(keys.Distinct(), set.ToArray());
                    Assert.InRange(KeySegment.Count(gaps), 1, keys.Count);
                    Assert.Equal(keys.Count, KeySegment.CountIn(first, gaps, set));
                    Assert.All(keys, key => Assert.InRange(key, 0, last));
                }
            },
            seed: "0000KPWn3xk4",
            iter: 20_000);
}
