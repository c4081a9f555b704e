using System.Management.Automation;

namespace PatientTools.Parameters;

/// <summary>Lets a gender be written in capitals.</summary>
public sealed class GenderTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text ? text.Trim().ToLowerInvariant() : inputData;
}
