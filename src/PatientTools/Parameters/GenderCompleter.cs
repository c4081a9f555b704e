using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PatientTools.Parameters;

/// <summary>Completes FHIR's administrative genders (hl7.org/fhir/R4/valueset-administrative-gender.html).</summary>
public sealed class GenderCompleter : IArgumentCompleter
{
    private static readonly string[] Genders = ["male", "female", "other", "unknown"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        from gender in Genders
        where gender.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase)
        select new CompletionResult(gender);
}
