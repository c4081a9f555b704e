using System.Management.Automation;
using PatientTools.Search;

namespace PatientTools.Parameters;

/// <summary>Reads PowerShell's paging parameters.</summary>
internal static class PagingExtensions
{
    /// <summary>The part of an answer that -First, -Skip and -IncludeTotalCount ask for.</summary>
    public static ResultWindow ToWindow(this PagingParameters paging) => new(
        (long)Math.Min(paging.Skip, long.MaxValue),
        paging.First >= long.MaxValue ? null : (long)paging.First,
        paging.IncludeTotalCount);
}
