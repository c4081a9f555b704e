using System.Text;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Reports;

/// <summary>
/// Writes the path of an issue as the simple FHIRPath that OperationOutcome wants (hl7.org/fhir/R4/fhirpath.html#simple):
/// a choice by the name its members share, a primitive by its own name where its shadow is meant, and names that are no
/// identifiers in backticks.
/// </summary>
/// <remarks>
/// <c>record[2].code</c> stays as it is. It is FHIRPath over the JSON object that an export with records writes, whose member
/// <c>record</c> holds the patient's other resources: FHIR itself has no expression that leads from one resource into another.
/// </remarks>
internal static class OutcomeExpression
{
    /// <summary>The expression for a path.</summary>
    public static string Of(string path)
    {
        var expression = new StringBuilder();
        FhirType? type = null;
        foreach (var step in path.Split('.'))
        {
            var open = IndexOfPlace(step);
            var name = open < 0 ? step : step[..open];
            if (expression.Length == 0)
            {
                type = name == FhirModel.Patient.Name ? FhirModel.Patient : null;
            }
            else
            {
                var element = type?.Find(Encoding.UTF8.GetBytes(name));
                name = element?.Choice ?? (element is not null ? name.TrimStart('_') : name);
                type = element?.Type;
                expression.Append('.');
            }

            Append(expression, name);
            expression.Append(open < 0 ? "" : step[open..]);
        }

        return expression.ToString();
    }

    /// <summary>Where a step's place in a list begins, as in <c>name[0]</c>; -1 when it has none.</summary>
    private static int IndexOfPlace(string step)
    {
        var open = step.LastIndexOf('[');
        return open > 0 && step[(open + 1)..] is [_, .., ']'] place && !place.AsSpan(0, place.Length - 1).ContainsAnyExceptInRange('0', '9') ? open : -1;
    }

    private static void Append(StringBuilder expression, string name)
    {
        if (name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
        {
            expression.Append(name);
            return;
        }

        // The grammar's delimited identifier, and its escapes.
        expression.Append('`').Append(name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)).Append('`');
    }
}
