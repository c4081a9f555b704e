using PatientTools.Search.Text;
using PatientTools.Validation.Content;

namespace PatientTools.Validation;

/// <summary>The rules of one batch, and how bad what each of them finds is.</summary>
public sealed class RuleSet
{
    private readonly Dictionary<PatientRule, IssueSeverity> _severities;

    private RuleSet(IReadOnlyList<PatientRule> rules, Dictionary<PatientRule, IssueSeverity> severities)
    {
        Rules = rules;
        _severities = severities;
        ContentRules = [.. rules.OfType<ContentRule>()];
        Needs = Array.ConvertAll(ContentRules, rule => rule.Needs);
    }

    /// <summary>All rules there are by themselves, with their own severities.</summary>
    public static RuleSet Default { get; } = Choose();

    /// <summary>The rules that were chosen.</summary>
    public IReadOnlyList<PatientRule> Rules { get; }

    /// <summary>Those that look at one patient by itself.</summary>
    internal ContentRule[] ContentRules { get; }

    /// <summary>What each of <see cref="ContentRules"/> needs to find anything.</summary>
    internal PatientAspects[] Needs { get; }

    /// <summary>Chooses rules.</summary>
    /// <param name="rules">Ids of the rules to check; wildcards are allowed; all when null.</param>
    /// <param name="excluded">Ids of rules not to check; wildcards are allowed.</param>
    /// <param name="severities">Ids, wildcards allowed, with how bad what these rules find is; later ones win.</param>
    /// <param name="own">Rules beside those of <see cref="PatientRules.All"/>.</param>
    /// <returns>The rules.</returns>
    /// <exception cref="PatientToolsException"><c>UnknownRule</c>: no rule has such an id. <c>RepeatedRule</c>: two have the same.</exception>
    public static RuleSet Choose(
        IReadOnlyList<string>? rules = null,
        IReadOnlyList<string>? excluded = null,
        IReadOnlyList<KeyValuePair<string, IssueSeverity>>? severities = null,
        IReadOnlyList<PatientRule>? own = null)
    {
        PatientRule[] all = [.. PatientRules.All, .. own ?? []];
        RefuseRepeated(all);
        var chosen = rules is null ? all.ToHashSet() : [.. rules.SelectMany(id => Matching(all, id))];
        chosen.ExceptWith((excluded ?? []).SelectMany(id => Matching(all, id)));
        var told = all.ToDictionary(rule => rule, rule => rule.Severity);
        foreach (var (id, severity) in severities ?? [])
        {
            foreach (var rule in Matching(all, id))
            {
                told[rule] = severity;
            }
        }

        return new RuleSet([.. all.Where(chosen.Contains)], told);
    }

    /// <summary>Whether a rule was chosen.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>Whether it is checked.</returns>
    public bool Contains(PatientRule rule) => Rules.Contains(rule);

    /// <summary>How bad what a rule finds is.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>What was said for it, else its own severity.</returns>
    public IssueSeverity SeverityOf(PatientRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return _severities.TryGetValue(rule, out var severity) ? severity : rule.Severity;
    }

    private static List<PatientRule> Matching(PatientRule[] rules, string id)
    {
        var found = rules.Where(rule => WildcardSyntax.IsMatch(id, rule.Id, ignoreCase: true)).ToList();
        return found.Count > 0
            ? found
            : throw new PatientToolsException("UnknownRule", $"There is no rule '{id}'. Did you mean '{NearestName.Of(id, rules.Select(rule => rule.Id))}'? Get-PatientRule lists all of them.", ErrorKind.NotFound) { Target = id };
    }

    private static void RefuseRepeated(PatientRule[] rules)
    {
        foreach (var twice in rules.GroupBy(rule => rule.Id, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            throw new PatientToolsException("RepeatedRule", $"Two rules are called '{twice.Key}'. Give one of them another id.", ErrorKind.AlreadyExists) { Target = twice.Key };
        }
    }
}
