using System.Globalization;
using System.Text;

namespace PatientTools.Validation.Own;

/// <summary>Collects what is wrong with a rule file, so that it can be mended in one go.</summary>
/// <param name="file">The name of the file.</param>
internal sealed class RuleFileFaults(string file)
{
    private const int MostTold = 10;
    private readonly List<(long Line, RuleDraft? Rule, string Problem)> _faults = [];

    /// <summary>The name of the file.</summary>
    public string File { get; } = file;

    /// <summary>Notes a fault.</summary>
    /// <param name="line">The line, from 1; 0 for the whole file.</param>
    /// <param name="rule">The rule it is in; null when it is in none.</param>
    /// <param name="problem">What is wrong and what to do.</param>
    public void Add(long line, RuleDraft? rule, string problem) => _faults.Add((line, rule, problem));

    /// <summary>Throws one error with all faults, in the order of the file.</summary>
    /// <exception cref="PatientToolsException"><c>InvalidRuleFile</c>.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count == 0)
        {
            return;
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"The rules in '{File}' cannot be used; none of them was loaded. ");
        text.Append(_faults.Count == 1 ? "There is one fault:" : string.Create(CultureInfo.InvariantCulture, $"There are {_faults.Count} faults:"));
        foreach (var (line, rule, problem) in _faults.OrderBy(fault => fault.Line).Take(MostTold))
        {
            text.Append("\n  ").Append(Place(line, rule)).Append(problem.Replace("\n", "\n  ", StringComparison.Ordinal));
        }

        if (_faults.Count > MostTold)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  and {_faults.Count - MostTold} more.");
        }

        throw new PatientToolsException("InvalidRuleFile", text.ToString(), ErrorKind.InvalidData) { Target = File };
    }

    private static string Place(long line, RuleDraft? rule) => (line, rule?.Name) switch
    {
        (0, null) => "",
        (_, null) => string.Create(CultureInfo.InvariantCulture, $"Line {line}: "),
        var (_, name) => string.Create(CultureInfo.InvariantCulture, $"Line {line}, {name}: "),
    };
}
