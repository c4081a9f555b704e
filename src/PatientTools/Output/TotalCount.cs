using System.Globalization;
using System.Management.Automation;

namespace PatientTools.Output;

/// <summary>
/// The number of all patients found, in the form that <c>-IncludeTotalCount</c> has in PowerShell: a number that is shown as
/// <c>Total count: 42</c>. PowerShell's own maker of it would bring its paging parameters into every parameter set.
/// </summary>
public static class TotalCount
{
    /// <summary>How the number is shown.</summary>
    /// <param name="count">The number.</param>
    /// <returns>The text.</returns>
    public static string Text(PSObject count)
    {
        ArgumentNullException.ThrowIfNull(count);
        return string.Create(CultureInfo.InvariantCulture, $"Total count: {count.BaseObject}");
    }

    internal static PSObject Of(long total)
    {
        var count = new PSObject((ulong)total);
        count.Properties.Add(new PSNoteProperty("Accuracy", 1.0));
        count.Methods.Add(new PSCodeMethod(nameof(ToString), typeof(TotalCount).GetMethod(nameof(Text))!));
        return count;
    }
}
