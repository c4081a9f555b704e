using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PatientTools.Interchange;

namespace PatientTools.Parameters;

/// <summary>Completes the properties that CSV can have as columns.</summary>
public sealed class ExportColumnCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        from column in PatientExport.Columns
        where column.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase)
        select new CompletionResult(column);
}
