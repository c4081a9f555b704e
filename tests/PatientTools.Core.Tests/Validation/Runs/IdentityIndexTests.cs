using System.Text;
using PatientTools.Interchange;
using PatientTools.Validation;
using PatientTools.Validation.Runs;

namespace PatientTools.Core.Tests.Validation.Runs;

/// <summary>Alone, since what the process holds is measured.</summary>
[Collection(MemoryTests.Name)]
public class IdentityIndexTests
{
    [Fact]
    public void Tells_who_had_an_identity_first_as_a_dictionary_does()
    {
        var random = new Random(4);
        var index = new IdentityIndex();
        var expected = new Dictionary<ulong, uint>();
        for (var number = 1u; number <= 200_000; number++)
        {
            var hash = random.Next(3) switch
            {
                0 => (ulong)random.NextInt64(),
                1 => IdentityHash.Of(IdentityKeyKind.Kvnr, [], Encoding.UTF8.GetBytes($"A{random.Next(50_000)}")),
                _ => ulong.MaxValue - (ulong)random.Next(2000),
            };
            var first = index.FindOrAdd(hash, number);
            Assert.Equal(expected.GetValueOrDefault(hash), first);
            expected.TryAdd(hash, number);
        }
    }

    [Fact]
    public void A_million_patients_with_three_identities_take_at_most_64_bytes_each_at_any_time()
    {
        const int patients = 1_000_000;
        var index = new IdentityIndex();
        var places = new BatchPlaces();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (value, next) = (new byte[8], 50_000u);
        var most = 0d;
        for (var number = 1u; number <= patients; number++)
        {
            BitConverter.TryWriteBytes(value, number);
            // With blank lines between all of them, so that places are told in the longest way there is.
            places.Add(number, new SourcePlace("a", 2 * number));
            for (var kind = IdentityKeyKind.FhirId; kind <= IdentityKeyKind.Kvnr; kind++)
            {
                Assert.Equal(0u, index.FindOrAdd(IdentityHash.Of(kind, "urn:hospital"u8, value), number));
            }

            // Steps of 3 %: growth by a quarter cannot hide between two of them.
            if (number >= next || number == patients)
            {
                most = Math.Max(most, (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)number);
                next += next / 32;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{most:F1} bytes a patient at most"));
        Assert.InRange(most, 1, 64);
        GC.KeepAlive(index);
        GC.KeepAlive(places);
    }

    [Fact]
    public void Hashes_spread_and_tell_kind_system_and_value_apart()
    {
        var seen = new HashSet<ulong>();
        var bits = new int[64];
        const int values = 20_000;
        for (var i = 0; i < values; i++)
        {
            var text = Encoding.UTF8.GetBytes($"M{i:D8}");
            foreach (var system in new[] { "", "urn:a", "urn:b" })
            {
                var hash = IdentityHash.Of(IdentityKeyKind.Mrn, Encoding.UTF8.GetBytes(system), text);
                Assert.True(seen.Add(hash));
                for (var bit = 0; bit < 64; bit++)
                {
                    bits[bit] += (int)((hash >> bit) & 1);
                }
            }

            Assert.True(seen.Add(IdentityHash.Of(IdentityKeyKind.FhirId, [], text)));
        }

        Assert.True(seen.Add(IdentityHash.Of(IdentityKeyKind.Mrn, "urn:aM0000000"u8, "1"u8)));
        Assert.True(seen.Add(IdentityHash.Of(IdentityKeyKind.Mrn, [], [])));
        Assert.True(seen.Add(IdentityHash.Of(IdentityKeyKind.Mrn, [], [0])));
        Assert.All(bits, ones => Assert.InRange(ones / (3d * values), 0.48, 0.52));
    }

    [Fact]
    public void Places_are_told_as_they_came()
    {
        var random = new Random(5);
        var places = new BatchPlaces();
        var expected = new Dictionary<uint, SourcePlace>();
        SourcePlace place = new("f0", 1);
        for (var number = 1u; number < 30_000; number += random.Next(50) == 0 ? 3u : 1u)
        {
            places.Add(number, expected[number] = place);
            place = random.Next(20) switch
            {
                0 => new SourcePlace($"f{random.Next(9)}", 1),
                1 => new SourcePlace("bundle.json", 0, 1),
                2 => place with { Line = place.Line + 2 },
                3 => new SourcePlace("pipeline"),
                _ => new SourcePlace(place.File, place.Line == 0 ? 0 : place.Line + 1, place.Entry == 0 ? 0 : place.Entry + 1),
            };
        }

        Assert.All(expected, one => Assert.Equal(one.Value, places.Of(one.Key)));
    }
}
