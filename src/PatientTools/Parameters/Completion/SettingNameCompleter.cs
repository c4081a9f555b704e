using System.Management.Automation;
using PatientTools.Storage;

namespace PatientTools.Parameters.Completion;

/// <summary>Completes the names of the settings a store has.</summary>
public sealed class SettingNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    internal override IEnumerable<CompletionResult> Complete(string parameter, TypedArgument argument, PatientStoreSession? session) =>
        session is not { IsOpen: true } ? [] :
            from setting in session.Settings().Definitions
            where setting.Name.StartsWith(argument.Text, StringComparison.OrdinalIgnoreCase)
            select new CompletionResult(argument.With(0, setting.Name), setting.Name, CompletionResultType.ParameterValue, setting.Description);
}
