using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using PatientTools.Output;
using PatientTools.Patients;
using PatientTools.Validation;

namespace PatientTools.Parameters;

/// <summary>One script block as a rule.</summary>
internal sealed class ScriptRule
{
    /// <summary>The path of issues that say none.</summary>
    public const string Whole = "Patient";

    private static readonly LocalText Refused = new("The rule '{0}' does not hold.", "Die Regel „{0}“ ist nicht erfüllt.");
    private readonly ScriptBlock _script;
    private readonly ResultLanguage _language;
    private readonly bool _wantsDocument;
    private readonly bool _wantsRecord;

    public ScriptRule(ScriptBlock script, string id, ResultLanguage language)
    {
        (_script, Id, _language) = (script, id, language);
        var parameters = (script.Ast as ScriptBlockAst)?.ParamBlock?.Parameters.Count ?? 0;
        var wantsAll = script.Ast.Find(node => node is VariableExpressionAst { VariablePath.UserPath: var name } && name.Equals("args", StringComparison.OrdinalIgnoreCase), searchNestedScriptBlocks: true) is not null;
        (_wantsDocument, _wantsRecord) = (wantsAll || parameters > 1, wantsAll || parameters > 2);
    }

    /// <summary>The id under which it reports.</summary>
    public string Id { get; }

    /// <summary>Runs it: <c>$_</c> is the patient, the arguments are the patient, its document, its record.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="input">What was checked.</param>
    /// <param name="found">Takes the issues; those of a script that fails are lost.</param>
    /// <exception cref="RuntimeException">The script failed; what it reports as an error ends it, too.</exception>
    /// <exception cref="PatientToolsException">It wrote something that is no issue.</exception>
    public void Run(Patient patient, PatientInput input, List<ValidationIssue> found)
    {
        List<PSVariable> variables = [new("_", patient), new("ErrorActionPreference", ActionPreference.Stop)];
        object?[] arguments = [patient, _wantsDocument ? JsonObjects.Of(input.Document) : null, _wantsRecord ? (input.Record ?? []).Select(JsonObjects.Of).ToArray() : null];
        foreach (var output in _script.InvokeWithContext(null, variables, arguments))
        {
            if (IssueOf(output) is { } issue)
            {
                found.Add(issue);
            }
        }
    }

    private ValidationIssue? IssueOf(PSObject? output) => output?.BaseObject switch
    {
        null or true => null,
        false => Issue(Refused.In(_language, [Id])),
        IDictionary or PSCustomObject => FromMembers((IDictionary)PlainValues.Of(output)!),
        var other => (Convert.ToString(other, CultureInfo.InvariantCulture) ?? "") is { Length: > 0 } text ? Issue(text) : null,
    };

    private ValidationIssue FromMembers(IDictionary members)
    {
        var issue = Issue(Refused.In(_language, [Id]));
        foreach (DictionaryEntry member in members)
        {
            var text = Convert.ToString(member.Value, CultureInfo.InvariantCulture);
            issue = $"{member.Key}".ToUpperInvariant() switch
            {
                "MESSAGE" => issue with { Message = text ?? "" },
                "SEVERITY" => issue with { Severity = RuleChoice.Severity(member.Value) },
                "PATH" => issue with { Path = text ?? Whole },
                "VALUE" => issue with { Value = text },
                "HINT" => issue with { Hint = text },
                "SUGGESTION" => issue with { Suggestion = text },
                "RULEID" => issue with { RuleId = text ?? Id },
                _ => throw new PatientToolsException("UnknownIssueKey", $"An issue has no '{member.Key}'. There are: Message, Severity, Path, Value, Hint, Suggestion, RuleId.", ErrorKind.InvalidArgument),
            };
        }

        return issue;
    }

    private ValidationIssue Issue(string message) => new() { RuleId = Id, Severity = IssueSeverity.Error, Type = IssueType.BusinessRule, Path = Whole, Message = message };
}
