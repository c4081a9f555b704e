using PatientTools.Storage;

namespace PatientTools.Validation.Own;

/// <summary>
/// Rules of one's own, written in a JSON file in the filter language: an array of rules, or an object with the member
/// <c>rules</c>. Comments and trailing commas are welcome, since people write these files.
/// </summary>
/// <remarks>
/// A rule has <c>id</c> and <c>require</c>, and may have <c>severity</c> (error), <c>when</c> (always), <c>message</c>,
/// <c>hint</c>, <c>path</c> (Patient), <c>description</c> and <c>reference</c>. Message, hint and description are one text, or
/// an object with <c>en</c> and <c>de</c>.
/// </remarks>
public static class OwnRules
{
    /// <summary>How large a file may be, in bytes: 1 MiB.</summary>
    public const int LargestFile = 1 << 20;

    /// <summary>How many rules a file may have.</summary>
    public const int MostRules = 1_000;

    /// <summary>How many characters a message, a hint, a description or a path may have.</summary>
    public const int LongestText = 1_000;

    /// <summary>How many characters an id may have.</summary>
    public const int LongestId = 64;

    /// <summary>Reads a file of rules.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <returns>The rules, in the order of the file.</returns>
    /// <exception cref="PatientToolsException">
    /// <c>InvalidRuleFile</c>: something in it cannot be used; all faults are told, up to ten, with line, rule and reason. Or as
    /// <see cref="FileErrors.Reading"/>.
    /// </exception>
    public static IReadOnlyList<PatientRule> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var file = File.OpenRead(path);
            // One byte more than is allowed tells a file that is too large, whatever its size is said to be.
            var content = new byte[(int)Math.Min(file.Length, LargestFile) + 1];
            var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return Parse(content.AsSpan(0, length), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Reading(path, e);
        }
    }

    /// <summary>Reads rules.</summary>
    /// <param name="utf8">The text, in UTF-8; a byte order mark is skipped.</param>
    /// <param name="name">The name by which errors call it.</param>
    /// <returns>The rules, in the order of the text.</returns>
    /// <exception cref="PatientToolsException"><c>InvalidRuleFile</c>, as <see cref="Read"/>.</exception>
    public static IReadOnlyList<PatientRule> Parse(ReadOnlySpan<byte> utf8, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var faults = new RuleFileFaults(name);
        var rules = Rules(utf8, faults);
        faults.ThrowIfAny();
        return rules;
    }

    private static List<OwnRule> Rules(ReadOnlySpan<byte> utf8, RuleFileFaults faults)
    {
        if (utf8.Length > LargestFile)
        {
            faults.Add(0, null, FormattableString.Invariant($"The file is larger than {LargestFile:N0} bytes."));
            return [];
        }

        var drafts = new RuleFileReader(utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8, faults).Read();
        return new OwnRuleBuilder(faults).Build(drafts);
    }
}
