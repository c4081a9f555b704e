using System.Globalization;
using PatientTools.Search.Conditions;
using PatientTools.Search.Filter;
using PatientTools.Search.Text;

namespace PatientTools.Validation.Own;

/// <summary>Makes rules of what stands in a file, and tells what of it cannot be used.</summary>
/// <param name="faults">Takes the faults.</param>
internal sealed class OwnRuleBuilder(RuleFileFaults faults)
{
    private readonly Dictionary<string, RuleDraft?> _ids = PatientRules.All.ToDictionary(rule => rule.Id, _ => (RuleDraft?)null, StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes the rules; those with a fault are left out.</summary>
    public List<OwnRule> Build(IEnumerable<RuleDraft> drafts) => [.. drafts.Select(Build).OfType<OwnRule>()];

    private OwnRule? Build(RuleDraft draft)
    {
        var id = Id(draft);
        var severity = Severity(draft);
        var when = draft["when"] is { } condition ? Condition(draft, "when", condition) : AllOf.Nothing;
        var require = Required(draft, "require") is { } demand ? Condition(draft, "require", demand) : null;
        var path = Path(draft);
        var (message, hint, about) = (Text(draft, "message"), Text(draft, "hint"), Text(draft, "description"));
        var reference = Text(draft, "reference")?.English ?? string.Create(CultureInfo.InvariantCulture, $"{faults.File}, line {draft.Line}");
        if (id is null || severity is null || when is null || require is null || path is null)
        {
            return null;
        }

        var required = draft["require"]!.Value.Text.Trim();
        message ??= new LocalText($"This has to hold: {required}", $"Es muss gelten: {required}");
        var example = draft["when"] is { } limit ? $"({limit.Text.Trim()}) -and -not ({required})" : $"-not ({required})";
        return new OwnRule(id, severity.Value, about ?? message, example, reference) { When = when, Require = require, Path = path, Message = message, Hint = hint };
    }

    private string? Id(RuleDraft draft)
    {
        if (Required(draft, "id") is not { } member)
        {
            return null;
        }

        var id = member.Text;
        if (id.Length > OwnRules.LongestId || !char.IsAsciiLetter(id[0]) || !id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            faults.Add(member.Line, draft, FormattableString.Invariant($"An id begins with a letter a to z and has letters, digits, '-', '_' and '.', at most {OwnRules.LongestId}."));
            return null;
        }

        if (_ids.TryAdd(id, draft))
        {
            return id;
        }

        faults.Add(member.Line, draft, _ids[id] is { } first
            ? string.Create(CultureInfo.InvariantCulture, $"The rule at line {first.Line} has the same id. Upper and lower case count alike.")
            : "A rule of PatientTools has this id. Choose another one.");
        return null;
    }

    private IssueSeverity? Severity(RuleDraft draft)
    {
        if (draft["severity"] is not { } member)
        {
            return IssueSeverity.Error;
        }

        string[] names = [.. Enum.GetNames<IssueSeverity>().Select(name => name.ToLowerInvariant())];
        if (names.Contains(member.Text, StringComparer.OrdinalIgnoreCase))
        {
            return Enum.Parse<IssueSeverity>(member.Text, ignoreCase: true);
        }

        faults.Add(member.Line, draft, $"'{FilterExcerpt.Shorten(member.Text)}' is not a severity. Did you mean '{NearestName.Of(member.Text, names)}'? There are {string.Join(", ", names)}.");
        return null;
    }

    private PatientCondition? Condition(RuleDraft draft, string name, RuleMember member)
    {
        try
        {
            return PatientFilter.Parse(member.Text);
        }
        catch (FilterException e)
        {
            var problem = e.ErrorId == "FilterUnknownVariable" ? "A rule file has no variables but $true, $false and $null. Write the value itself." : e.Problem;
            var excerpt = e.Message[e.Problem.Length..];
            faults.Add(member.Line, draft, string.Create(CultureInfo.InvariantCulture, $"'{name}', character {e.Start + 1}: {problem}{excerpt}"));
            return null;
        }
    }

    /// <summary>Element names and places in lists, as issues have them; null with a fault for anything else.</summary>
    private string? Path(RuleDraft draft)
    {
        if (draft["path"] is not { } member)
        {
            return "Patient";
        }

        var path = member.Text;
        if (path.Length <= OwnRules.LongestText && path.Split('.') is ["Patient", .. var steps] && steps.All(IsStep))
        {
            return path;
        }

        faults.Add(member.Line, draft, $"'{FilterExcerpt.Shorten(path)}' is not a path into a patient. Write it as Patient.contact or Patient.name[0].family.");
        return null;
    }

    private static bool IsStep(string step)
    {
        var name = step.AsSpan();
        if (name.IndexOf('[') is var open and >= 0)
        {
            var index = name[(open + 1)..];
            if (index is not [.. var digits, ']'] || digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }

            name = name[..open];
        }

        return !name.IsEmpty && !char.IsAsciiDigit(name[0]) && name.ToString().All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
    }

    private RuleMember? Required(RuleDraft draft, string name)
    {
        if (draft[name] is not { } member)
        {
            if (!draft.IsSeen(name))
            {
                faults.Add(draft.Line, draft, $"'{name}' is missing.");
            }

            return null;
        }

        if (member.Text.Length > 0)
        {
            return member;
        }

        faults.Add(member.Line, draft, $"'{name}' is empty.");
        return null;
    }

    private LocalText? Text(RuleDraft draft, string name)
    {
        if (draft[name] is not { } member)
        {
            return null;
        }

        string[] texts = [member.Local.English, member.Local.German];
        if (texts.Any(string.IsNullOrWhiteSpace))
        {
            faults.Add(member.Line, draft, $"'{name}' is empty. Leave it out, or write a text.");
        }
        else if (texts.Any(text => text.Length > OwnRules.LongestText))
        {
            faults.Add(member.Line, draft, FormattableString.Invariant($"'{name}' has more than {OwnRules.LongestText:N0} characters."));
        }

        return member.Local;
    }
}
