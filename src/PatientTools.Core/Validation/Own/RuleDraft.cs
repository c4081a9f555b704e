using System.Globalization;
using System.Runtime.InteropServices;
using PatientTools.Search.Filter;

namespace PatientTools.Validation.Own;

/// <summary>A rule as it stands in a file, unchecked.</summary>
/// <param name="number">Which rule of the file it is, from 1.</param>
/// <param name="line">The line at which it begins, from 1.</param>
internal sealed class RuleDraft(int number, long line)
{
    /// <summary>The members a rule can have.</summary>
    public static readonly IReadOnlyList<string> Members = ["id", "severity", "when", "require", "message", "hint", "path", "description", "reference"];

    /// <summary>Those that can be told in two languages.</summary>
    public static readonly IReadOnlyList<string> LocalMembers = ["message", "hint", "description"];

    private readonly Dictionary<string, RuleMember> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The line at which it begins, from 1.</summary>
    public long Line { get; } = line;

    /// <summary>How errors call it: by its id where it has one.</summary>
    public string Name => this["id"] is { Text: { Length: > 0 } id }
        ? $"rule '{FilterExcerpt.Shorten(id)}'"
        : string.Create(CultureInfo.InvariantCulture, $"rule number {number}");

    /// <summary>A member; null when it is missing.</summary>
    public RuleMember? this[string name] => _members.TryGetValue(name, out var member) ? member : null;

    /// <summary>Notes that a member is there, whatever its value.</summary>
    /// <returns>Whether it was not there yet.</returns>
    public bool See(string name) => _seen.Add(name);

    /// <summary>Whether a member is there, be its value usable or not.</summary>
    public bool IsSeen(string name) => _seen.Contains(name);

    /// <summary>Takes the value of a member.</summary>
    public void Set(string name, RuleMember member) => _members[name] = member;
}

/// <summary>A member of a rule.</summary>
/// <param name="Local">Its text in both languages, the same where one was given.</param>
/// <param name="Line">The line at which it stands.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RuleMember(LocalText Local, long Line)
{
    /// <summary>Its text, where it can only have one.</summary>
    public string Text => Local.English;
}
