using System.Runtime.InteropServices;

namespace PatientTools.Validation.Runs;

/// <summary>An identity and who has it first: 12 bytes, of which there may be hundreds of millions.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct IdentityEntry
{
    /// <summary>The identity's hash.</summary>
    public ulong Hash;

    /// <summary>The number of the patient within the batch, from 1; 0 for an empty place.</summary>
    public uint Number;
}
