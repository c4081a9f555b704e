namespace PatientTools.Parameters.Completion;

/// <summary>x.</summary>
public sealed class FilterCompleter : StoreCompleter
{
    /// <inheritdoc/>
    internal override IEnumerable<System.Management.Automation.CompletionResult> Complete(string parameter, TypedArgument argument, PatientTools.Storage.PatientStoreSession? session) => [];
}
