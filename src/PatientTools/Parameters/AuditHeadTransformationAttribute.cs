using System.Collections;
using System.Management.Automation;
using PatientTools.Auditing;

namespace PatientTools.Parameters;

/// <summary>Makes heads of audit trails of what was kept of them: heads, or their text, such as lines of a file.</summary>
public sealed class AuditHeadTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
            {
                string text => Parse(text),
                IList list => list.Cast<object>().Select(each => (each is PSObject inner ? inner.BaseObject : each) is string text ? Parse(text) : each).ToArray(),
                _ => inputData,
            };
        }
        catch (PatientToolsException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    private static AuditHead Parse(string text) => AuditHead.Parse(text.Trim());
}
