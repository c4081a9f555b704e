using System.Collections;
using System.Management.Automation;
using PatientTools.Interchange;
using PatientTools.Patients;
using PatientTools.Synthesis;

namespace PatientTools.Parameters;

/// <summary>Makes importable patients of what comes down a pipeline.</summary>
internal static class ImportObjects
{
    /// <summary>Whether text is JSON rather than a path.</summary>
    public static bool IsJson(string text) => text.AsSpan().TrimStart() is ['{' or '[', ..];

    /// <summary>The patient that an object is.</summary>
    /// <param name="given">A sample, a patient, a hashtable or an object with properties.</param>
    /// <param name="number">Which object of the pipeline it is, from 1; for messages.</param>
    /// <exception cref="PatientToolsException"><c>UnsupportedInput</c>; as <see cref="PatientItemBuilder"/>.</exception>
    public static ImportItem Read(PSObject given, long number)
    {
        var place = new SourcePlace("pipeline", 0, number);
        try
        {
            return given.BaseObject switch
            {
                PatientSample sample => new PatientItem(place, sample.Document, null, [.. sample.Record.Select(json => RecordResource.Parse(json.Span))], sample.Id),
                Patient patient => FromPatient(patient, place),
                IDictionary or PSCustomObject => PatientItemBuilder.FromDictionary((IDictionary)PlainValues.Of(given)!, place),
                var other => throw new PatientToolsException(
                    "UnsupportedInput",
                    $"A {other.GetType().Name} is nothing that a patient can be made of. Pipe files, samples, patients, hashtables, objects with properties, or JSON text.",
                    ErrorKind.InvalidArgument),
            };
        }
        catch (PatientToolsException e)
        {
            return new RejectedItem(place, e);
        }
    }

    private static PatientItem FromPatient(Patient patient, SourcePlace place)
    {
        var fields = new PatientFields();
        PatientDifferences.AddTo(fields, patient, new PatientProperties());
        return new PatientItem(place, PatientDocumentEditor.Create(fields), null, [], patient.SourceId ?? patient.Id.ToString());
    }
}
