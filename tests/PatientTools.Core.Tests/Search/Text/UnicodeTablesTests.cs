using System.Text;
using PatientTools.Search.Text;

namespace PatientTools.Core.Tests.Search.Text;

/// <summary>Works every table out again from what the platform answers, and compares.</summary>
public class UnicodeTablesTests
{
    private const string NoIcu = "The platform has no Unicode data to compare with: globalization is invariant.";
    private const int HangulFirst = 0xAC00;
    private const int HangulLast = 0xD7A3;

    /// <summary>A mark of each class that sorts behind or before the marks of others, found in the table itself.</summary>
    private static readonly (int Class, string Mark)[] Anchors =
        [.. AllCodePoints().Select(codePoint => (Class: UnicodeTables.CombiningClass(codePoint), Mark: Text(codePoint)))
            .Where(mark => mark.Class != 0).DistinctBy(mark => mark.Class)];

    private static bool HasIcu => "a\u0308".Normalize(NormalizationForm.FormC) == "\u00E4";

    /// <summary>Unicode 16 was the first to decompose this letter (Todhri EI).</summary>
    private static bool PlatformIsNewer => Text(0x105C9).Normalize(NormalizationForm.FormD) != Text(0x105C9);

    /// <summary>Unicode 15 gave this mark (Nag Mundari SUTUH) its class.</summary>
    private static bool PlatformIsOlder =>
        ("a" + Text(0x1E4EF) + "\u0323").Normalize(NormalizationForm.FormD) == "a" + Text(0x1E4EF) + "\u0323"
        && ("a" + Text(0x1E4EE) + "\u0334").Normalize(NormalizationForm.FormD) == "a" + Text(0x1E4EE) + "\u0334";

    [Fact]
    public void Every_decomposition_is_the_platforms()
    {
        Assert.SkipUnless(HasIcu, NoIcu);
        var wrong = AllCodePoints()
            .Where(codePoint => Decomposes(codePoint) || !PlatformIsNewer)
            .Where(codePoint => UnicodeNormalization.ToNfd(Text(codePoint)) != Text(codePoint).Normalize(NormalizationForm.FormD));
        Assert.Empty(wrong.Select(Name));
    }

    [Fact]
    public void Every_composition_is_the_platforms()
    {
        Assert.SkipUnless(HasIcu, NoIcu);
        var wrong = AllCodePoints()
            .Where(codePoint => Decomposes(codePoint) || !PlatformIsNewer)
            .Select(codePoint => Text(codePoint).Normalize(NormalizationForm.FormD))
            .Where(text => UnicodeNormalization.ToNfc(text) != text.Normalize(NormalizationForm.FormC));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_mark_stands_in_the_platforms_order_to_a_mark_of_each_class()
    {
        Assert.SkipUnless(HasIcu, NoIcu);
        Assert.SkipWhen(PlatformIsOlder, "The platform's Unicode data is older than 15.0.");
        var wrong =
            from codePoint in AllCodePoints()
            where UnicodeTables.CombiningClass(codePoint) != 0
            from anchor in Anchors
            from text in new[] { "a" + Text(codePoint) + anchor.Mark, "a" + anchor.Mark + Text(codePoint) }
            where UnicodeNormalization.ToNfd(text) != text.Normalize(NormalizationForm.FormD)
            select Name(codePoint);
        Assert.Empty(wrong.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_else_is_a_mark()
    {
        Assert.SkipUnless(HasIcu, NoIcu);
        Assert.SkipWhen(PlatformIsNewer, "The platform's Unicode data is newer than 15.0 and knows more marks.");

        // A mark between the highest and the lowest class lets one of them pass; a letter stops both.
        var wrong = AllCodePoints()
            .Where(codePoint => "a\u0345" + Text(codePoint) + "\u0334" is var text
                && UnicodeNormalization.ToNfd(text) != text.Normalize(NormalizationForm.FormD));
        Assert.Empty(wrong.Select(Name));
    }

    [Fact]
    [Trait("Culture", "invariant")]
    public void The_case_table_is_what_the_runtimes_own_case_data_say()
    {
        Assert.SkipWhen(HasIcu, "Case comes from ICU here; the run under invariant globalization compares.");
        var wrong = AllCodePoints().Where(codePoint => codePoint != 0x17F)
            .Where(codePoint => UnicodeTables.FoldCase(codePoint)
                != Rune.ToLowerInvariant(Rune.ToUpperInvariant(new Rune(codePoint))).Value);
        Assert.Empty(wrong.Select(Name));
        Assert.Equal('s', UnicodeTables.FoldCase(0x17F));
    }

    [Fact]
    [Trait("Culture", "invariant")]
    public void Folding_case_is_blind_to_case_and_done_once()
    {
        // The platform leaves the dotted and the dotless i alone or joins them with i, by its own rules for Turkish.
        var wrong = AllCodePoints().Where(codePoint => codePoint is not (0x130 or 0x131 or 0x17F))
            .Where(codePoint => UnicodeTables.FoldCase(codePoint) is var folded
                && (folded != UnicodeTables.FoldCase(folded)
                    || folded != UnicodeTables.FoldCase(Rune.ToLowerInvariant(new Rune(codePoint)).Value)
                    || folded != UnicodeTables.FoldCase(Rune.ToUpperInvariant(new Rune(codePoint)).Value)));
        Assert.Empty(wrong.Select(Name));
    }

    private static bool Decomposes(int codePoint) =>
        codePoint is >= HangulFirst and <= HangulLast || UnicodeTables.TryDecompose(codePoint, out _, out _, out _);

    /// <summary>All but the halves of surrogate pairs and U+FFFE, which the platform refuses to normalize.</summary>
    private static IEnumerable<int> AllCodePoints() =>
        Enumerable.Range(0, 0x110000).Where(codePoint => codePoint is < 0xD800 or (> 0xDFFF and not 0xFFFE));

    private static string Text(int codePoint) => char.ConvertFromUtf32(codePoint);

    private static string Name(int codePoint) => $"U+{codePoint:X4}";
}
