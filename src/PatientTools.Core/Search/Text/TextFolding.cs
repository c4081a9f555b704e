namespace PatientTools.Search.Text;

/// <summary>The search form of text.</summary>
public static class TextFolding
{
    /// <summary>Rises when any rule changes.</summary>
    public const int Version = 1;

    /// <summary>Folds a word or phrase.</summary>
    public static string Fold(ReadOnlySpan<char> text) => text.ToString().ToLowerInvariant();

    /// <summary>Splits a name into folded parts.</summary>
    public static IReadOnlyList<string> Words(string text) =>
        Fold(text).Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
}
