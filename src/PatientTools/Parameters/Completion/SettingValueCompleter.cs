using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PatientTools.Accounts;

namespace PatientTools.Parameters.Completion;

/// <summary>Completes the values of settings that have names for them.</summary>
public sealed class SettingValueCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var argument = new TypedArgument(commandAst, parameterName, wordToComplete);
        return !string.Equals($"{fakeBoundParameters["Name"]}", "ReasonRequired", StringComparison.OrdinalIgnoreCase) ? [] :
            from value in Enum.GetNames<ReasonRequirement>()
            where value.StartsWith(argument.Text, StringComparison.OrdinalIgnoreCase)
            select new CompletionResult(argument.With(0, value), value, CompletionResultType.ParameterValue, value);
    }
}
