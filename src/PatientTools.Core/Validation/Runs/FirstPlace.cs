using PatientTools.Interchange;

namespace PatientTools.Validation.Runs;

/// <summary>Where something occurred first in the batch.</summary>
/// <param name="Number">The number of the patient within the batch.</param>
/// <param name="Place">Where it was read.</param>
internal readonly record struct FirstPlace(long Number, SourcePlace Place)
{
    /// <summary>The place in words.</summary>
    /// <param name="language">The language.</param>
    /// <returns>Such as <c>no. 3 of the batch (clinic.ndjson, line 3)</c>.</returns>
    public string In(ResultLanguage language) => language == ResultLanguage.German
        ? FormattableString.Invariant($"Nr. {Number} des Laufs ({Place.File}{Part("Zeile", Place.Line)}{Part("Eintrag", Place.Entry)})")
        : FormattableString.Invariant($"no. {Number} of the batch ({Place})");

    private static string Part(string word, long number) => number == 0 ? "" : FormattableString.Invariant($", {word} {number}");
}
