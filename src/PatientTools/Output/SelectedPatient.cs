using System.Management.Automation;
using PatientTools.Patients;
using PatientTools.Search;

namespace PatientTools.Output;

/// <summary>Makes objects that have the chosen properties of a patient, and no others.</summary>
internal static class SelectedPatient
{
    /// <summary>The name of the objects' type.</summary>
    public const string TypeName = "PatientTools.Patients.SelectedPatient";

    /// <summary>The object of a patient.</summary>
    public static PSObject Of(PatientProjection selection, Patient patient)
    {
        var selected = new PSObject();
        selected.TypeNames.Insert(0, TypeName);
        foreach (var (name, value) in selection.ValuesOf(patient))
        {
            selected.Properties.Add(new PSNoteProperty(name, value), preValidated: true);
        }

        return selected;
    }
}
