namespace PatientTools.Synthesis;

/// <summary>When people are born and die: Germany's age pyramid and mortality in bands (rounded from Destatis, 2023).</summary>
internal static class LifeCourse
{
    /// <summary>The oldest age drawn, in years.</summary>
    public const int MaxAge = 105;

    private const int LongestDead = 10 * 365;

    private const string AgeBands = """
        46 0|4|1
        48 5|9|1
        46 10|14|1
        45 15|19|1
        54 20|24|2
        58 25|29|2
        66 30|34|2
        67 35|39|3
        63 40|44|4
        59 45|49|7
        64 50|54|12
        82 55|59|20
        81 60|64|32
        68 65|69|50
        58 70|74|80
        45 75|79|130
        40 80|84|220
        30 85|89|380
        12 90|94|600
        3 95|99|800
        1 100|105|900
        """;

    private static readonly Weighted<AgeBand> Bands = Weighted.Table(AgeBands, '|', fields => new AgeBand(Number(fields[0]), Number(fields[1]), Number(fields[2])));

    /// <summary>Draws a day of birth and, for some, a day of death.</summary>
    /// <param name="today">The day on which the sample is told.</param>
    /// <param name="random">The source of chance.</param>
    /// <returns>Birth, and death or null; neither after today, death not before birth.</returns>
    public static (DateOnly Born, DateOnly? Died) Draw(DateOnly today, ref SampleRandom random)
    {
        var band = Bands.Draw(ref random);
        var age = random.Between(band.First, band.Last);
        var born = today.AddYears(-age).AddDays(-random.Below(365));
        if (!random.PerMille(band.DeadPerMille))
        {
            return (born, null);
        }

        var days = Math.Min(LongestDead, today.DayNumber - born.DayNumber);
        return (born, today.AddDays(-random.Below(days + 1)));
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private sealed record AgeBand(int First, int Last, int DeadPerMille);
}
