using System.Globalization;
using System.Management.Automation;
using PatientTools.Patients;

namespace PatientTools.Parameters;

/// <summary>Makes a partial date of what people write: <c>1958</c>, <c>1958-12</c>, <c>'1958-12-31'</c>, a DateTime or a DateOnly.</summary>
public sealed class PartialDateTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
            {
                null or "" => null,
                DateTime time => (PartialDate)DateOnly.FromDateTime(time),
                DateTimeOffset time => (PartialDate)DateOnly.FromDateTime(time.DateTime),
                DateOnly day => (PartialDate)day,
                int year => PartialDate.Parse(year.ToString("D4", CultureInfo.InvariantCulture)),
                string text => PartialDate.Parse(text.Trim()),
                _ => inputData,
            };
        }
        catch (PatientToolsException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
