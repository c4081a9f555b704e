using System.Globalization;

namespace PatientTools.Synthesis;

/// <summary>
/// Family names Alpha, Beta, … Omega, then Alpha2, Beta2, …: names nobody bears. A dispenser hands each out once, to
/// however many threads ask at once.
/// </summary>
public sealed class GreekNames
{
    private static readonly string[] Letters =
    [
        "Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta", "Iota", "Kappa", "Lambda", "My",
        "Ny", "Xi", "Omikron", "Pi", "Rho", "Sigma", "Tau", "Ypsilon", "Phi", "Chi", "Psi", "Omega",
    ];

    private long _next;

    /// <summary>The dispenser of this process: names taken from it are used by nobody else in it.</summary>
    public static GreekNames Shared { get; } = new();

    /// <summary>The name at a place of the row.</summary>
    /// <param name="index">The place, from 0.</param>
    /// <returns>Alpha for 0, Omega for 23, Alpha2 for 24.</returns>
    public static string At(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var (round, letter) = Math.DivRem(index, Letters.Length);
        return round == 0 ? Letters[letter] : Letters[letter] + (round + 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Hands out the next name.</summary>
    /// <returns>A name that this dispenser has not given before.</returns>
    public string Next() => At(Reserve(1));

    /// <summary>Sets a row of names aside.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <returns>The place of the first, for <see cref="At"/> and <see cref="SampleOptions.FirstGreekName"/>.</returns>
    public long Reserve(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Interlocked.Add(ref _next, count) - count;
    }
}
