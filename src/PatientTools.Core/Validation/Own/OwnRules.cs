namespace PatientTools.Validation.Own;

/// <summary>Rules of one's own, written in a JSON file in the filter language.</summary>
public static class OwnRules
{
    /// <summary>Reads a file of rules.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The rules.</returns>
    /// <exception cref="PatientToolsException">The file cannot be read, or a rule in it cannot be used: file, rule, place and reason are told.</exception>
    public static IReadOnlyList<PatientRule> Read(string path) => throw new NotSupportedException();
}
