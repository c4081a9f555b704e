using System.Management.Automation;
using PatientTools.Storage;

namespace PatientTools.Parameters.Completion;

/// <summary>Completes the values that are common in the store, of the property that has the parameter's name.</summary>
public sealed class CommonValueCompleter : StoreCompleter
{
    /// <inheritdoc/>
    internal override IEnumerable<CompletionResult> Complete(string parameter, TypedArgument argument, PatientStoreSession? session) =>
        from value in CommonValues.Of(session, parameter, argument.Text)
        select new CompletionResult(argument.With(0, value), value, CompletionResultType.ParameterValue, value);
}
