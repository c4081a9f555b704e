namespace PatientTools.Search.Text;

/// <summary>What search entries need of a text, each form worked out when first asked for. Used by one thread.</summary>
/// <param name="text">The text.</param>
internal sealed class TextForms(string text)
{
    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <summary>Its fold; empty when it has neither letter nor digit.</summary>
    public string Folded => field ??= TextFolding.Fold(Text);

    /// <summary>The words of its fold.</summary>
    public string[] Words => field ??= Folded.Length == 0 ? [] : Folded.Contains(' ', StringComparison.Ordinal) ? Folded.Split(' ') : [Folded];

    /// <summary>The phonetic codes of its words; empty text for a word without a code.</summary>
    public string[] Sounds => field ??= Array.ConvertAll(Words, static word => ColognePhonetics.Encode(word));

    /// <summary>Its term as a value.</summary>
    public string Term => field ??= ValueTerm.Of(Text);
}

/// <summary>
/// The forms of the texts a thread met last: a few names, cities and postal codes are those of most people. Used by one
/// thread.
/// </summary>
internal sealed class TextFormsCache
{
    private const int Places = 4096;

    /// <summary>Longer texts are rarely met twice, and they would make the cache large.</summary>
    private const int Longest = 48;

    private readonly TextForms?[] _forms = new TextForms?[Places];

    /// <summary>The forms of a text.</summary>
    public TextForms Of(string text)
    {
        if (text.Length > Longest)
        {
            return new TextForms(text);
        }

        ref var place = ref _forms[(uint)text.GetHashCode(StringComparison.Ordinal) % Places];
        if (place?.Text != text)
        {
            place = new TextForms(text);
        }

        return place;
    }
}
