using System.Globalization;
using System.Text;

namespace PatientTools.Validation;

/// <summary>The languages in which results are told.</summary>
public enum ResultLanguage
{
    /// <summary>English, also for every culture that is not listed.</summary>
    English,

    /// <summary>German.</summary>
    German,
}

/// <summary>A text in both languages; <c>{0}</c>, <c>{1}</c>, … stand for values.</summary>
/// <param name="English">In English.</param>
/// <param name="German">In German.</param>
public sealed record LocalText(string English, string German)
{
    private CompositeFormat? _english;
    private CompositeFormat? _german;

    /// <summary>The language for a culture.</summary>
    /// <param name="culture">The culture.</param>
    /// <returns>German for every German culture, else English.</returns>
    public static ResultLanguage LanguageOf(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return culture.TwoLetterISOLanguageName == "de" ? ResultLanguage.German : ResultLanguage.English;
    }

    /// <summary>The text.</summary>
    /// <param name="language">The language.</param>
    /// <returns>The text with its placeholders.</returns>
    public string In(ResultLanguage language) => language == ResultLanguage.German ? German : English;

    /// <summary>The text with its values, which are told invariantly: dates as FHIR writes them.</summary>
    /// <param name="language">The language.</param>
    /// <param name="values">The values.</param>
    /// <returns>The text.</returns>
    public string In(ResultLanguage language, ReadOnlySpan<object?> values) =>
        values.IsEmpty || !In(language).Contains('{', StringComparison.Ordinal) ? In(language)
        : language == ResultLanguage.German ? string.Format(CultureInfo.InvariantCulture, _german ??= CompositeFormat.Parse(German), values)
        : string.Format(CultureInfo.InvariantCulture, _english ??= CompositeFormat.Parse(English), values);
}
