using System.Text;
using PatientTools.Validation.Fhir;

namespace PatientTools.Adapters.Tests.Validation;

/// <summary>Core's table of FHIR R4 against the definitions that the FHIR library of Firely was generated from.</summary>
public class FhirTableTests
{
    /// <summary>Names a file to which the table is to be written anew, when the package has a newer one.</summary>
    private const string WriteTo = "PATIENTTOOLS_WRITE_FHIR_TABLE";

    [Fact]
    public void Table_says_what_the_definitions_say()
    {
        var table = FhirTableWriter.Write();
        if (Environment.GetEnvironmentVariable(WriteTo) is { Length: > 0 } path)
        {
            File.WriteAllText(path, table, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        using var stream = typeof(FhirModel).Assembly.GetManifestResourceStream("PatientTools.Validation.Fhir.r4.txt")!;
        Assert.Equal(table, new StreamReader(stream, Encoding.UTF8).ReadToEnd());
    }
}
