using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using PatientTools.Adapters.Samples;
using PatientTools.Synthesis;

namespace PatientTools.Adapters.Tests.Samples;

/// <summary>The FHIR library of Firely, at its strictest, as a second opinion.</summary>
public class SampleFhirTests
{
    private static readonly FhirJsonDeserializer Deserializer = new(new DeserializerSettings().UsingMode(DeserializationMode.Strict));
    private static readonly SampleOptions Options = new() { Count = 2000, Seed = 11, Today = new DateOnly(2026, 11, 24) };

    [Fact]
    public void Samples_and_their_records_are_valid_FHIR_R4()
    {
        foreach (var sample in PatientSampler.Generate(Options with { DuplicateRate = 0.2 }, new BogusNameSource()))
        {
            var patient = Assert.IsType<Patient>(Read(sample.Document.Utf8));
            Assert.Equal(sample.FamilyName, patient.Name[0].Family);
            var coverage = Assert.IsType<Coverage>(Read(sample.Record[0]));
            Assert.Equal("Patient/" + sample.Id, coverage.Beneficiary.Reference);
            Assert.All(sample.Record.Skip(1), resource => Assert.Equal("Patient/" + sample.Id, Assert.IsType<Condition>(Read(resource)).Subject.Reference));
        }
    }

    [Theory]
    [InlineData(SampleDefect.EmptyText)]
    [InlineData(SampleDefect.UnknownMember)]
    [InlineData(SampleDefect.ImpossibleBirthDate)]
    [InlineData(SampleDefect.GenderCode)]
    public void Faults_against_FHIR_are_faults_to_others_too(SampleDefect defect)
    {
        var samples = PatientSampler.Generate(Options with { DefectRate = 1 }, new BogusNameSource()).Where(sample => sample.Defect == defect).Take(5).ToArray();
        Assert.NotEmpty(samples);
        Assert.All(samples, sample => Assert.NotEmpty(Issues(sample.Document.Utf8, out _)));
    }

    private static Resource? Read(ReadOnlyMemory<byte> json)
    {
        var issues = Issues(json, out var resource);
        Assert.True(issues.Length == 0, $"{string.Join(' ', issues)} in {Encoding.UTF8.GetString(json.Span)}");
        return resource;
    }

    private static string[] Issues(ReadOnlyMemory<byte> json, out Resource? resource)
    {
        var reader = new Utf8JsonReader(json.Span);
        return Deserializer.TryDeserializeResource(ref reader, out resource, out var issues) ? [] : [.. issues.Select(issue => issue.Message)];
    }
}
