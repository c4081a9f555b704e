using PatientTools.Validation.Content;
using PatientTools.Validation.Fhir;

namespace PatientTools.Core.Tests.Validation.Fhir;

/// <summary>What others write as FHIR R4 has no fault in its form.</summary>
public class FhirExampleTests
{
    [Fact]
    public void Official_examples_have_no_fault() => Assert.Equal(72, CountSound("fhir-r4-examples"));

    [Theory]
    [InlineData("synthea", 1000)]
    [InlineData("vsdm2", 12)]
    public void Records_of_other_systems_have_no_fault(string folder, int atLeast) => Assert.InRange(CountSound(folder), atLeast, int.MaxValue);

    private static int CountSound(string folder)
    {
        var content = new ResourceContent();
        var guesses = new MemberGuesses();
        var count = 0;
        List<string> faults = [];
        foreach (var file in Directory.EnumerateFiles(SharedData.PathOf(folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            foreach (var json in SharedData.JsonOf(file))
            {
                Assert.True(content.Read(json, -1, guesses), file);
                Assert.NotNull(content.Type);
                foreach (var fault in content.Faults)
                {
                    if (IsKnown(Path.GetFileName(file), fault))
                    {
                        continue;
                    }

                    var element = fault.Element == 0 ? "" : FhirModel.Element(fault.Element).Name;
                    faults.Add($"{Path.GetFileName(file)}: {fault.Kind} {content.PathOf(fault.Node)} {element} {content.ValueOf(fault.Node)}");
                }

                count++;
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(50)));
        return count;
    }

    /// <summary>The questionnaire about bundles has items without a <c>linkId</c>, which R4 demands (1..1).</summary>
    private static bool IsKnown(string file, StructureFault fault) =>
        file == "bundle-questionnaire.json" && fault.Kind == StructureFaultKind.Missing && FhirModel.Element(fault.Element) is { Name: "linkId", Owner.Name: "Questionnaire.item" };
}
