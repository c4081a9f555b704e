using System.Management.Automation;
using PatientTools.Patients;
using PatientTools.Search;

namespace PatientTools.Output;

/// <summary>Marks patients of a search by resemblance, so that they are shown with how well they fit.</summary>
internal static class RankedPatient
{
    /// <summary>The name by which the view is chosen.</summary>
    public const string TypeName = "PatientTools.Patients.RankedPatient";

    /// <summary>The same patient, marked when it has a score.</summary>
    public static object Mark(Patient patient)
    {
        if (patient.Score is null)
        {
            return patient;
        }

        var marked = PSObject.AsPSObject(patient);
        marked.TypeNames.Insert(0, TypeName);
        return marked;
    }

    /// <summary>The same page with its patients marked: PowerShell remembers the names of an object.</summary>
    public static PatientPage Mark(PatientPage page)
    {
        foreach (var patient in page.Items)
        {
            Mark(patient);
        }

        return page;
    }
}
