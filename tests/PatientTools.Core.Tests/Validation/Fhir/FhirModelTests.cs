using System.Numerics;
using System.Text;
using PatientTools.Validation.Fhir;

namespace PatientTools.Core.Tests.Validation.Fhir;

/// <summary>Said by hand from hl7.org/fhir/R4; the whole table is held against its source by the adapters' tests.</summary>
public class FhirModelTests
{
    private const string None = nameof(FhirPrimitive.None);

    [Theory]
    [InlineData("Patient", "birthDate", nameof(FhirPrimitive.Date), null, false, null)]
    [InlineData("Patient", "_birthDate", None, "Element", false, null)]
    [InlineData("Patient", "name", None, "HumanName", true, null)]
    [InlineData("Patient", "deceasedBoolean", nameof(FhirPrimitive.Boolean), null, false, "deceased")]
    [InlineData("Patient", "deceasedDateTime", nameof(FhirPrimitive.DateTime), null, false, "deceased")]
    [InlineData("Patient", "_deceasedDateTime", None, "Element", false, "deceased")]
    [InlineData("Patient", "contact", None, "Patient.contact", true, null)]
    [InlineData("Patient", "resourceType", nameof(FhirPrimitive.Code), null, false, null)]
    [InlineData("Patient", "id", nameof(FhirPrimitive.Id), null, false, null)]
    [InlineData("Patient", "language", nameof(FhirPrimitive.Code), null, false, null)]
    [InlineData("Patient", "modifierExtension", None, "Extension", true, null)]
    [InlineData("Patient.contact", "name", None, "HumanName", false, null)]
    [InlineData("Patient.contact", "id", nameof(FhirPrimitive.String), null, false, null)]
    [InlineData("HumanName", "given", nameof(FhirPrimitive.String), null, true, null)]
    [InlineData("HumanName", "_given", None, "Element", true, null)]
    [InlineData("Extension", "url", nameof(FhirPrimitive.Uri), null, false, null)]
    [InlineData("Extension", "valueBase64Binary", nameof(FhirPrimitive.Base64Binary), null, false, "value")]
    [InlineData("Extension", "valueReference", None, "Reference", false, "value")]
    [InlineData("Extension", "valueMeta", None, "Meta", false, "value")]
    [InlineData("Narrative", "div", nameof(FhirPrimitive.Xhtml), null, false, null)]
    [InlineData("Bundle.entry", "link", None, "Bundle.link", true, null)]
    [InlineData("Parameters.parameter", "part", None, "Parameters.parameter", true, null)]
    [InlineData("Questionnaire.item", "item", None, "Questionnaire.item", true, null)]
    [InlineData("Condition", "onsetAge", None, "Age", false, "onset")]
    [InlineData("Age", "value", nameof(FhirPrimitive.Decimal), null, false, null)]
    [InlineData("MedicationAdministration.dosage", "rateQuantity", None, "Quantity", false, "rate")]
    [InlineData("Timing.repeat", "when", nameof(FhirPrimitive.Code), null, true, null)]
    public void Member_is_what_FHIR_says(string type, string member, string primitive, string? target, bool isArray, string? choice)
    {
        var element = Find(type, member);
        Assert.NotNull(element);
        Assert.Equal((member, primitive, target, isArray, choice), (element.Name, element.Primitive.ToString(), element.Type?.Name, element.IsArray, element.Choice));
        Assert.Same(element, FhirModel.Element(element.Number));
        Assert.False(element.IsAnyResource);
    }

    [Theory]
    [InlineData("Patient", "Birthdate")]
    [InlineData("Patient", "deceased")]
    [InlineData("Patient", "")]
    [InlineData("Patient", "_name")]
    [InlineData("Patient", "_id")]
    [InlineData("Extension", "_url")]
    [InlineData("Narrative", "_div")]
    [InlineData("HumanName", "resourceType")]
    [InlineData("Bundle", "text")]
    [InlineData("Observation", "valueAddress")]
    [InlineData("Condition", "onsetDateTimes")]
    [InlineData("Patient", "a name that is longer than any that FHIR has, by far")]
    public void Member_that_FHIR_does_not_have_is_not_found(string type, string member) => Assert.Null(Find(type, member));

    [Theory]
    [InlineData("Patient", "contained")]
    [InlineData("Bundle.entry", "resource")]
    [InlineData("Parameters.parameter", "resource")]
    public void Any_resource_may_stand_there(string type, string member)
    {
        var element = Find(type, member)!;
        Assert.True(element.IsAnyResource);
        Assert.Null(element.Type);
        Assert.Equal(FhirPrimitive.None, element.Primitive);
    }

    [Theory]
    [InlineData("Patient", "")]
    [InlineData("Patient.link", "other type")]
    [InlineData("Patient.communication", "language")]
    [InlineData("Condition", "subject")]
    [InlineData("Observation", "status code")]
    [InlineData("Extension", "url")]
    [InlineData("Signature", "type when who")]
    [InlineData("MedicationRequest", "status intent medicationCodeableConcept subject")]
    [InlineData("Narrative", "status div")]
    public void Type_demands(string type, string members)
    {
        Assert.True(FhirModel.TryFind(type, out var found));
        Assert.Equal(members.Split(' ', StringSplitOptions.RemoveEmptyEntries), found.Required.Select(element => element.Name));
        Assert.Equal(found.Required.Count, BitOperations.PopCount(found.RequiredPresence));
    }

    [Fact]
    public void A_choice_has_one_bit_and_what_is_neither_choice_nor_demanded_has_none()
    {
        Assert.True(FhirModel.TryFind("MedicationRequest", out var type));
        ulong[] medication = [.. type.Elements.Where(element => element.Choice == "medication").Select(element => element.Presence).Distinct()];
        Assert.Single(medication);
        Assert.NotEqual(0UL, medication[0] & type.RequiredPresence);
        Assert.NotEqual(Find("MedicationRequest", "reportedBoolean")!.Presence, medication[0]);
        Assert.Equal(Find("MedicationRequest", "status")!.Presence, Find("MedicationRequest", "_status")!.Presence);
        Assert.Equal(0UL, Find("MedicationRequest", "note")!.Presence);
    }

    [Fact]
    public void Every_type_finds_each_of_its_members_and_its_bits_belong_to_one_member_or_choice()
    {
        foreach (var type in FhirModel.Types)
        {
            Assert.NotEmpty(type.Elements);
            Assert.All(type.Elements, element => Assert.Same(element, type.Find(Encoding.UTF8.GetBytes(element.Name))));
            var owners = type.Elements.Where(element => element.Presence != 0).GroupBy(element => element.Presence, element => element.Choice ?? element.Name.TrimStart('_'));
            Assert.All(owners, bit => Assert.Single(bit.Distinct()));
        }
    }

    [Fact]
    public void There_are_146_resources_and_no_base_is_one()
    {
        var resources = FhirModel.Types.Where(type => type is { IsResource: true, IsAbstract: false }).ToArray();
        Assert.Equal(146, resources.Length);
        Assert.All(resources, type => Assert.Same(type, FhirModel.FindResource(Encoding.UTF8.GetBytes(type.Name))));
        Assert.Null(FhirModel.FindResource("DomainResource"u8));
        Assert.Null(FhirModel.FindResource("Resource"u8));
        Assert.Null(FhirModel.FindResource("HumanName"u8));
        Assert.Null(FhirModel.FindResource("patient"u8));
        Assert.Same(FhirModel.Patient, FhirModel.FindResource("Patient"u8));
    }

    [Fact]
    public void Codes_are_those_of_required_bindings()
    {
        var codes = Find("Patient", "gender")!.Codes!;
        Assert.Equal("http://hl7.org/fhir/ValueSet/administrative-gender", codes.ValueSet);
        Assert.Equal(["male", "female", "other", "unknown"], codes.Codes);
        Assert.True(codes.Contains("unknown"u8));
        Assert.False(codes.Contains("Male"u8));
        Assert.False(codes.Contains(""u8));
        Assert.Null(Find("Patient", "language")!.Codes);
        Assert.Null(Find("Patient", "_gender")!.Codes);
        Assert.Equal(["<", "<=", ">=", ">"], Find("Quantity", "comparator")!.Codes!.Codes);
        Assert.DoesNotContain("success", Find("OperationOutcome.issue", "severity")!.Codes!.Codes);
    }

    private static FhirElement? Find(string type, string member)
    {
        Assert.True(FhirModel.TryFind(type, out var found), type);
        return found.Find(Encoding.UTF8.GetBytes(member));
    }
}
