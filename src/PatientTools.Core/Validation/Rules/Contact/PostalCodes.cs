using System.Collections.Frozen;
using System.Text;

namespace PatientTools.Validation.Rules.Contact;

/// <summary>
/// The shapes of postal codes. Source: Universal Postal Union, Postal addressing systems (upu.int), one sheet for each country;
/// Deutsche Post, Leitregionen; Royal Mail, Programmers' Guide to the Postcode Address File.
/// </summary>
/// <remarks>
/// In a shape 9 is a digit, 1 a digit but 0, A a letter of either case; a blank may be left out. Only countries whose shape
/// is certain are listed; of others nothing is said.
/// </remarks>
internal static class PostalCodes
{
    private const int LongestName = 48;

    private static readonly PostalCountry[] Countries =
    [
        new(["DE", "DEU", "D", "Deutschland", "Germany", "Bundesrepublik Deutschland", "Federal Republic of Germany", "BRD"], "five digits", "fünf Ziffern", ["99999"]),
        new(["AT", "AUT", "A", "Österreich", "Oesterreich", "Austria"], "four digits", "vier Ziffern", ["1999"]),
        new(["CH", "CHE", "Schweiz", "Switzerland", "Suisse", "Svizzera"], "four digits", "vier Ziffern", ["1999"]),
        new(["LI", "LIE", "FL", "Liechtenstein", "Fürstentum Liechtenstein"], "four digits", "vier Ziffern", ["1999"]),
        new(["NL", "NLD", "Niederlande", "Netherlands", "The Netherlands", "Nederland", "Holland"], "four digits and two letters", "vier Ziffern und zwei Buchstaben", ["1999 AA"]),
        new(["FR", "FRA", "F", "Frankreich", "France"], "five digits", "fünf Ziffern", ["99999"]),
        new(["IT", "ITA", "I", "Italien", "Italy", "Italia"], "five digits", "fünf Ziffern", ["99999"]),
        new(["PL", "POL", "Polen", "Poland", "Polska"], "two digits, a hyphen and three digits", "zwei Ziffern, ein Bindestrich und drei Ziffern", ["99-999"]),
        new(["DK", "DNK", "Dänemark", "Daenemark", "Denmark", "Danmark"], "four digits", "vier Ziffern", ["9999"]),
        new(["BE", "BEL", "B", "Belgien", "Belgium", "Belgique", "België"], "four digits", "vier Ziffern", ["1999"]),
        new(["LU", "LUX", "L", "Luxemburg", "Luxembourg"], "four digits", "vier Ziffern", ["1999", "L-1999"]),
        new(["CZ", "CZE", "Tschechien", "Tschechische Republik", "Czechia", "Czech Republic", "Česko"], "five digits", "fünf Ziffern", ["199 99"]),
        new(["GB", "GBR", "UK", "Großbritannien", "Grossbritannien", "Vereinigtes Königreich", "United Kingdom", "Great Britain", "England"], "one or two letters, one or two digits, and a digit with two letters", "ein oder zwei Buchstaben, ein oder zwei Ziffern und eine Ziffer mit zwei Buchstaben", ["A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA"]),
        new(["US", "USA", "Vereinigte Staaten", "Vereinigte Staaten von Amerika", "United States", "United States of America"], "five digits, or five and four with a hyphen between", "fünf Ziffern, oder fünf und vier mit Bindestrich", ["99999", "99999-9999"]),
        new(["ES", "ESP", "Spanien", "Spain", "España"], "five digits", "fünf Ziffern", ["99999"]),
        new(["PT", "PRT", "Portugal"], "four digits, a hyphen and three digits", "vier Ziffern, ein Bindestrich und drei Ziffern", ["1999-999"]),
        new(["SE", "SWE", "Schweden", "Sweden", "Sverige"], "five digits", "fünf Ziffern", ["199 99"]),
        new(["NO", "NOR", "Norwegen", "Norway", "Norge"], "four digits", "vier Ziffern", ["9999"]),
        new(["FI", "FIN", "Finnland", "Finland", "Suomi"], "five digits", "fünf Ziffern", ["99999"]),
        new(["HU", "HUN", "Ungarn", "Hungary", "Magyarország"], "four digits", "vier Ziffern", ["1999"]),
        new(["SK", "SVK", "Slowakei", "Slovakia", "Slovensko"], "five digits", "fünf Ziffern", ["999 99"]),
        new(["SI", "SVN", "Slowenien", "Slovenia", "Slovenija"], "four digits", "vier Ziffern", ["1999"]),
        new(["HR", "HRV", "Kroatien", "Croatia", "Hrvatska"], "five digits", "fünf Ziffern", ["99999"]),
        new(["GR", "GRC", "Griechenland", "Greece"], "five digits", "fünf Ziffern", ["199 99"]),
        new(["TR", "TUR", "Türkei", "Tuerkei", "Turkey", "Türkiye"], "five digits", "fünf Ziffern", ["99999"]),
        new(["UA", "UKR", "Ukraine"], "five digits", "fünf Ziffern", ["99999"]),
        new(["RO", "ROU", "Rumänien", "Rumaenien", "Romania", "România"], "six digits", "sechs Ziffern", ["999999"]),
        new(["BG", "BGR", "Bulgarien", "Bulgaria"], "four digits", "vier Ziffern", ["1999"]),
    ];

    private static readonly FrozenDictionary<string, PostalCountry>.AlternateLookup<ReadOnlySpan<char>> ByName = Countries
        .SelectMany(country => country.Names.Select(name => KeyValuePair.Create(name, country)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Finds a country.</summary>
    /// <param name="name">UTF-8: its ISO 3166-1 code of two or three letters, its sign on cars, or its name in German, English or its own language.</param>
    /// <returns>The country; null when its postal codes are not known here.</returns>
    public static PostalCountry? Find(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("DE"u8))
        {
            return Countries[0];
        }

        Span<char> text = stackalloc char[LongestName];
        return name.Length <= LongestName && Encoding.UTF8.TryGetChars(name, text, out var length) && ByName.TryGetValue(text[..length].Trim(), out var country) ? country : null;
    }

    /// <summary>Whether a postal code stands for an unknown one, in whatever country.</summary>
    /// <param name="code">UTF-8.</param>
    /// <returns>Whether it is 0000, 00000 or 99999.</returns>
    public static bool IsPlaceholder(ReadOnlySpan<byte> code) => code.Length switch
    {
        4 => code.SequenceEqual("0000"u8),
        5 => code.SequenceEqual("00000"u8) || code.SequenceEqual("99999"u8),
        _ => false,
    };

    /// <summary>Whether a code may be one of a country.</summary>
    /// <param name="code">UTF-8.</param>
    /// <param name="country">The country; null when the address names none: then any country's will do.</param>
    /// <returns>Whether it has the shape.</returns>
    public static bool IsCode(ReadOnlySpan<byte> code, PostalCountry? country)
    {
        if (country is not null)
        {
            return country.Has(code);
        }

        foreach (var any in Countries)
        {
            if (any.Has(code))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The code as it probably should be.</summary>
    /// <param name="code">What stands there.</param>
    /// <param name="country">The country; null when the address names none.</param>
    /// <returns>A code of the right shape; null when nobody can say.</returns>
    public static string? Mended(string code, PostalCountry? country)
    {
        var compact = string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        var digits = compact.TrimStart([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]);
        string?[] guesses = country?.Code switch
        {
            "DE" => [digits, digits.Length == 4 ? "0" + digits : null],
            "PL" => digits.Length == 5 ? [$"{digits[..2]}-{digits[2..]}"] : [],
            "PT" => digits.Length == 7 ? [$"{digits[..4]}-{digits[4..]}"] : [],
            "US" => digits.Length == 9 ? [$"{digits[..5]}-{digits[5..]}"] : [],
            _ => [digits, compact],
        };
        return Array.Find(guesses, guess => guess is not null && guess != code && IsCode(Encoding.UTF8.GetBytes(guess), country) && !IsPlaceholder(Encoding.UTF8.GetBytes(guess)));
    }
}

/// <summary>A country and its postal codes.</summary>
/// <param name="names">Its names, the ISO code of two letters first.</param>
/// <param name="english">The shape in English words.</param>
/// <param name="german">The shape in German words.</param>
/// <param name="shapes">The shapes.</param>
internal sealed class PostalCountry(string[] names, string english, string german, string[] shapes)
{
    /// <summary>The code of ISO 3166-1.</summary>
    public string Code => names[0];

    /// <summary>Its names.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The shape in words.</summary>
    public LocalText Shape { get; } = new(english, german);

    /// <summary>Whether a code has one of the shapes.</summary>
    /// <param name="code">UTF-8.</param>
    /// <returns>Whether it has.</returns>
    public bool Has(ReadOnlySpan<byte> code)
    {
        foreach (var shape in shapes)
        {
            if (Matches(code, shape))
            {
                // No region begins with 00.
                return Code != "DE" || !code.StartsWith("00"u8);
            }
        }

        return false;
    }

    private static bool Matches(ReadOnlySpan<byte> code, string shape)
    {
        var at = 0;
        foreach (var expected in shape)
        {
            if (expected == ' ')
            {
                at += at < code.Length && code[at] == (byte)' ' ? 1 : 0;
                continue;
            }

            if (at == code.Length || !Fits(code[at], expected))
            {
                return false;
            }

            at++;
        }

        return at == code.Length;
    }

    private static bool Fits(byte actual, char expected) => expected switch
    {
        '9' => actual is >= (byte)'0' and <= (byte)'9',
        '1' => actual is >= (byte)'1' and <= (byte)'9',
        'A' => (actual | 0x20) is >= 'a' and <= 'z',
        _ => actual == expected,
    };
}
