using System.Globalization;
using PatientTools.Patients;

namespace PatientTools.Synthesis;

/// <summary>Numbers that look real and belong to nobody.</summary>
internal static class SampleNumbers
{
    private const int NumbersPerLetter = 100_000_000;
    private const long Kvnrs = 26L * NumbersPerLetter;

    /// <summary>
    /// The numbers that the Bundesnetzagentur keeps free for films and books (Mitteilung 148/2021, Amtsblatt 7/2021): a
    /// thousand in each of five cities, and single ones or a hundred in a row of the mobile networks.
    /// </summary>
    private static readonly Dictionary<string, string> CityPrefixes = new(StringComparer.Ordinal)
    {
        ["Berlin"] = "030 23125",
        ["Frankfurt am Main"] = "069 90009",
        ["Hamburg"] = "040 66969",
        ["Köln"] = "0221 4710",
        ["München"] = "089 99998",
    };

    private static readonly string[] MobilePrefixes = ["0171 39200", "0176 040690"];

    private static readonly string[] MobileNumbers =
    [
        "0152 28817386", "0152 28895456", "0152 54599371", "0172 9925904", "0172 9968532",
        "0172 9973185", "0172 9973186", "0172 9980752", "0174 9091317", "0174 9464308",
    ];

    /// <summary>A valid KVNR. Two numbers of one seed share one only when they lie 2.6 thousand million apart.</summary>
    /// <remarks>number ↦ a·number + b modulo all KVNRs, with a prime to their count, is a permutation.</remarks>
    public static string Kvnr(int seed, long number)
    {
        var random = new SampleRandom(seed, 0, SampleStream.KvnrScramble);
        var offset = random.Below(Kvnrs);
        long factor;
        do
        {
            factor = random.Below(Kvnrs);
        }
        while (factor % 2 == 0 || factor % 5 == 0 || factor % 13 == 0);

        var (letter, digits) = Math.DivRem(((factor * (number % Kvnrs)) + offset) % Kvnrs, NumbersPerLetter);
        Span<char> kvnr = stackalloc char[10];
        kvnr[0] = (char)('A' + letter);
        digits.TryFormat(kvnr[1..], out _, "D8", CultureInfo.InvariantCulture);
        kvnr[9] = (char)('0' + CheckDigits.Kvnr(kvnr));
        return new string(kvnr);
    }

    public static string Phone(string city, ref SampleRandom random)
    {
        if (CityPrefixes.TryGetValue(city, out var prefix))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{prefix}{random.Below(1000):D3}");
        }

        return random.Below(4) == 0
            ? random.Pick(MobileNumbers)
            : string.Create(CultureInfo.InvariantCulture, $"{random.Pick(MobilePrefixes)}{random.Below(100):D2}");
    }
}
