namespace PatientTools.Core.Tests;

/// <summary>Tests that look at the memory of the whole process, and so run beside no others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MemoryTests
{
    /// <summary>The name of the collection.</summary>
    public const string Name = "Memory";
}
