using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PatientTools.Validation;

namespace PatientTools.Parameters.Completion;

/// <summary>Completes the ids of rules, with what each reports; behind <c>-Severity</c> a hashtable with the rule in it.</summary>
public sealed class RuleCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var argument = new TypedArgument(commandAst, parameterName, wordToComplete);
        return from rule in PatientRules.All
               where rule.Id.StartsWith(argument.Text, StringComparison.OrdinalIgnoreCase)
               let text = parameterName == "Severity" ? $"@{{ {rule.Id} = '{rule.Severity}' }}" : argument.With(0, rule.Id)
               select new CompletionResult(text, rule.Id, CompletionResultType.ParameterValue, $"{rule.Severity}: {rule.Description}");
    }
}
