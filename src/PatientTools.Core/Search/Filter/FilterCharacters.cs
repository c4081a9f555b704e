namespace PatientTools.Search.Filter;

/// <summary>Characters as PowerShell reads them: word processors turn quotes and dashes into typographic ones.</summary>
internal static class FilterCharacters
{
    public static bool IsSingleQuote(char character) => character is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B';

    public static bool IsDoubleQuote(char character) => character is '"' or '\u201C' or '\u201D' or '\u201E';

    public static bool IsQuote(char character) => IsSingleQuote(character) || IsDoubleQuote(character);

    public static bool IsDash(char character) => character is '-' or '\u2013' or '\u2014' or '\u2015';

    public static bool IsBlank(char character) => char.IsWhiteSpace(character);

    public static bool StartsName(char character) => char.IsLetter(character) || character == '_';

    public static bool ContinuesName(char character) => char.IsLetterOrDigit(character) || character == '_';

    public static bool ContinuesVariable(char character) => ContinuesName(character) || character == '?';
}
