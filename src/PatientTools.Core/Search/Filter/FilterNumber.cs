using System.Globalization;

namespace PatientTools.Search.Filter;

/// <summary>Numbers as PowerShell writes them.</summary>
internal static class FilterNumber
{
    private static readonly string[] Multipliers = ["kb", "mb", "gb", "tb", "pb"];

    /// <summary>Reads a number: whole, with a point, with an exponent, in hexadecimal; with l or d, and kb to pb behind.</summary>
    /// <param name="text">The number with its sign.</param>
    /// <param name="number">A long where it is whole, else a decimal, or a double beyond its range.</param>
    /// <returns>Whether it is a number that can be told exactly, or as a double.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out object? number)
    {
        number = null;
        var isNegative = FilterCharacters.IsDash(text[0]);
        var digits = isNegative || text[0] == '+' ? text[1..] : text;
        long factor = 1;
        for (var power = 0; power < Multipliers.Length && factor == 1; power++)
        {
            if (digits.EndsWith(Multipliers[power], StringComparison.OrdinalIgnoreCase) && !IsHexadecimal(digits))
            {
                digits = digits[..^2];
                factor = 1L << (10 * (power + 1));
            }
        }

        return IsHexadecimal(digits)
            ? TryHexadecimal(digits[2..], isNegative, out number)
            : TryDecimal(digits, isNegative, factor, out number);
    }

    private static bool IsHexadecimal(ReadOnlySpan<char> digits) => digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);

    /// <summary>Beyond 31 bits PowerShell's own answers are negative: nobody means that, so it is not taken.</summary>
    private static bool TryHexadecimal(ReadOnlySpan<char> digits, bool isNegative, out object? number)
    {
        var isNumber = int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && value >= 0;
        number = (long)(isNegative ? -value : value);
        return isNumber;
    }

    private static bool TryDecimal(ReadOnlySpan<char> digits, bool isNegative, long factor, out object? number)
    {
        number = null;
        var isDecimal = digits is [.., 'd' or 'D'];
        if (digits is [.., 'l' or 'L' or 'd' or 'D'])
        {
            digits = digits[..^1];
        }

        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (decimal.TryParse(digits, Style, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) < decimal.MaxValue / factor)
        {
            value *= isNegative ? -factor : factor;
            number = !isDecimal && value == decimal.Truncate(value) && value is >= long.MinValue and <= long.MaxValue ? (object)(long)value : value;
            return true;
        }

        if (double.TryParse(digits, Style, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real * factor))
        {
            number = real * (isNegative ? -factor : factor);
            return true;
        }

        return false;
    }
}
