using System.Management.Automation;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Parameters.Completion;

/// <summary>Completes the names of properties: for -SortBy and -GroupBy those that serve, else all.</summary>
public sealed class PropertyNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    internal override IEnumerable<CompletionResult> Complete(string parameter, TypedArgument argument, PatientStoreSession? session) =>
        from property in Offered(parameter)
        where property.Name.StartsWith(argument.Text, StringComparison.OrdinalIgnoreCase)
        select new CompletionResult(argument.With(0, property.Name), property.Name, CompletionResultType.ParameterValue, property.Description);

    private static IEnumerable<(string Name, string Description)> Offered(string parameter) => parameter switch
    {
        "GroupBy" => GroupProperty.All.Select(property => (property.Name, property.Description)),
        "SortBy" => SearchProperties.All.Where(property => property.IsSortable).Select(property => (property.Name, property.Description)),
        _ => SearchProperties.All.Select(property => (property.Name, property.Description)),
    };
}
