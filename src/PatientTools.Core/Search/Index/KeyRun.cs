using System.Runtime.InteropServices;

namespace PatientTools.Search.Index;

/// <summary>Keys that follow one upon the other.</summary>
/// <param name="First">The first key.</param>
/// <param name="Last">The last key; the first one again when it is the only one.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct KeyRun(long First, long Last)
{
    /// <summary>How many keys they are.</summary>
    public long Count => Last - First + 1;
}
