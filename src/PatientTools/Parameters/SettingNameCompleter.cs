using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PatientTools.Sessions;
using PatientTools.Storage;

namespace PatientTools.Parameters;

/// <summary>Completes the names of the settings a store has.</summary>
public sealed class SettingNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var session = fakeBoundParameters["Store"] as PatientStoreSession ?? RunspaceSessions.Current.Default;
        return session is not { IsOpen: true } ? [] :
            from setting in session.Settings().Definitions
            where setting.Name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase)
            select new CompletionResult(setting.Name, setting.Name, CompletionResultType.ParameterValue, setting.Description);
    }
}
