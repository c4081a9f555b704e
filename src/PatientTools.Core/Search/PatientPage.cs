using System.Globalization;
using PatientTools.Patients;

namespace PatientTools.Search;

/// <summary>A page of an answer. All pages that are reached by cursors from one page agree, whatever is written meanwhile.</summary>
/// <param name="Items">The patients of the page.</param>
/// <param name="Total">The exact total of the whole answer.</param>
/// <param name="Skipped">How many patients of the answer come before the page.</param>
/// <param name="PageSize">How many patients a page has.</param>
/// <param name="Cursor">Where to go on; null behind the last page. It holds no patient's data.</param>
public sealed record PatientPage(IReadOnlyList<Patient> Items, long Total, long Skipped, int PageSize, string? Cursor)
{
    /// <summary>The number of the page, from 1.</summary>
    public long Page => (Skipped / PageSize) + 1;

    /// <summary>How many pages there are; at least 1.</summary>
    public long PageCount => Math.Max((Total + PageSize - 1) / PageSize, 1);

    /// <summary>The place of the first item in the whole answer, from 1; 0 on an empty page.</summary>
    public long From => Items.Count == 0 ? 0 : Skipped + 1;

    /// <summary>The place of the last item in the whole answer; 0 on an empty page.</summary>
    public long To => Items.Count == 0 ? 0 : Skipped + Items.Count;

    /// <summary>Where the page stands in the whole answer.</summary>
    /// <returns>As a person says it: <c>Page 2 of 40, patients 51 to 100 of 1,973</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Page {Page:N0} of {PageCount:N0}, {(Items.Count == 0 ? "no patients" : $"patients {From:N0} to {To:N0}")} of {Total:N0}");
}
