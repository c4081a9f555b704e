using System.Management.Automation;

namespace PatientTools.Parameters;

/// <summary>A name as PowerShell takes it, with wildcards and without regard to case.</summary>
/// <param name="text">The name or the pattern.</param>
internal sealed class NamePattern(string text)
{
    private readonly WildcardPattern _pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);

    /// <summary>Whether it may match any number of names, none among them.</summary>
    public bool HasWildcards { get; } = WildcardPattern.ContainsWildcardCharacters(text);

    /// <summary>Whether a name is meant. Only when it compares does PowerShell find out that a pattern is none, such as one bracket; then nothing matches.</summary>
    public bool Matches(string name)
    {
        try
        {
            return _pattern.IsMatch(name);
        }
        catch (WildcardPatternException)
        {
            return false;
        }
    }
}
