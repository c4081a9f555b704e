using System.Reflection;
using System.Text;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;
using Hl7.Fhir.Specification;
using Hl7.Fhir.Utility;

namespace PatientTools.Adapters.Tests.Validation;

/// <summary>Writes Core's table of FHIR R4 from the definitions that the FHIR library of Firely was generated from.</summary>
internal sealed class FhirTableWriter
{
    private const string ValueSets = "http://hl7.org/fhir/ValueSet/";

    private const string Head = """
        # FHIR R4 (4.0.1, hl7.org/fhir/R4) as far as JSON needs it. HL7 gives FHIR's definitions away under CC0.
        # Made from the package Hl7.Fhir.R4 by PatientTools.Adapters.Tests (FhirTableWriter, FhirTableTests), which also holds it in step.
        #
        #  <type> < <the type whose members it has, too>
        #   <member><how often> <types, of a choice each> <codes, where no others may be used>
        #
        # How often: nothing 0..1, ! 1..1, * 0..*, + 1..*. [x] is a choice; any stands for whatever an extension may hold.
        # Types in small letters are primitives. @ marks those that have no shadow (_birthDate), as they take no extensions.
        # A type after abstract is only a base of others. Bases stand first.

        """;

    private static readonly string[] Bases = ["Element", "BackboneElement", "Resource", "DomainResource", "Quantity"];

    /// <summary>The package's types of general use serve later versions of FHIR as well; these codes came after R4.</summary>
    private static readonly Dictionary<string, string[]> LaterCodes = new(StringComparer.Ordinal)
    {
        ["FHIR-version"] =
        [
            "0.0", "0.4", "0.5", "1.0", "1.1", "1.4", "1.6", "1.8", "3.0", "3.0.2", "3.3", "3.5", "4.0", "4.1", "4.1.0", "4.2", "4.2.0", "4.3", "4.3.0", "4.3.0-cibuild",
            "4.3.0-snapshot1", "4.4", "4.4.0", "4.5", "4.5.0", "4.6", "4.6.0", "5.0", "5.0.0", "5.0.0-cibuild", "5.0.0-snapshot1", "5.0.0-snapshot2", "5.0.0-ballot",
            "5.0.0-snapshot3", "5.0.0-draft-final", "6.0", "6.0.0", "6.0.0-ballot1", "6.0.0-ballot2", "6.0.0-ballot3",
        ],
        ["bundle-type"] = ["subscription-notification"],
        ["discriminator-type"] = ["position"],
        ["filter-operator"] = ["child-of", "descendent-leaf"],
        ["issue-severity"] = ["success"],
        ["issue-type"] = ["limited-filter", "success"],
        ["quantity-comparator"] = ["ad"],
        ["related-artifact-type"] =
        [
            "part-of", "amends", "amended-with", "appends", "appended-with", "cites", "cited-by", "comments-on", "comment-in", "contains", "contained-in",
            "corrects", "correction-in", "replaces", "replaced-with", "retracts", "retracted-by", "signs", "similar-to", "supports", "supported-with",
            "transforms", "transformed-into", "transformed-with", "documents", "specification-of", "created-with", "cite-as",
        ],
    };

    /// <summary>Later versions of FHIR demand less, and the package with them.</summary>
    private static readonly Dictionary<string, string> Demanded = new(StringComparer.Ordinal)
    {
        ["Signature.type"] = "+",
        ["Signature.when"] = "!",
        ["Signature.who"] = "!",
    };

    private readonly Dictionary<string, ClassMapping> _mappings = ModelInfo.ModelInspector.ClassMappings.GroupBy(mapping => mapping.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
    private readonly SortedDictionary<string, ClassMapping> _used = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Type> _codes = new(StringComparer.Ordinal);
    private readonly string _any;

    private FhirTableWriter()
    {
        _any = TypesOf(_mappings["Extension"].PropertyMappings.Single(property => property.Name == "value"));
        foreach (var name in Bases.Concat(ModelInfo.SupportedResources))
        {
            Use(_mappings[name]);
        }
    }

    /// <summary>The table.</summary>
    public static string Write()
    {
        var table = new FhirTableWriter();
        var text = new StringBuilder(Head);
        var blocks = Bases.Concat(table._used.Keys.Except(Bases, StringComparer.Ordinal)).Select(name => table.BlockOf(table._used[name])).ToArray();
        text.Append("any ").Append(table._any).Append('\n');
        foreach (var (name, type) in table._codes)
        {
            text.Append("codes ").Append(name).Append(' ').AppendJoin(' ', CodesOf(type).Except(LaterCodes.GetValueOrDefault(name, []), StringComparer.Ordinal)).Append('\n');
        }

        return text.AppendJoin("", blocks).ToString();
    }

    private void Use(ClassMapping mapping)
    {
        if (!mapping.IsFhirPrimitive && _used.TryAdd(mapping.Name, mapping))
        {
            foreach (var type in mapping.PropertyMappings.SelectMany(Mappings))
            {
                Use(type);
            }
        }
    }

    /// <summary>Parts of a type are no types of FHIR: there the property alone tells.</summary>
    private ClassMapping[] Mappings(PropertyMapping property) =>
        property.PropertyTypeMapping is { IsBackboneType: true } part ? [part] : [.. property.FhirType.Select(type => ModelInfo.ModelInspector.FindClassMapping(type)!)];

    private string BlockOf(ClassMapping mapping)
    {
        var parent = BaseOf(mapping);
        var inherited = parent is null ? [] : _mappings[parent].PropertyMappings.Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        var own = mapping.PropertyMappings.Where(property => !inherited.Contains(property.Name)).OrderBy(property => property.Order);
        var text = new StringBuilder().Append(mapping.NativeType.IsAbstract ? "abstract " : "").Append(mapping.Name).Append(parent is null ? "" : " < " + parent).Append('\n');
        foreach (var property in own)
        {
            var types = TypesOf(property);
            text.Append(' ').Append(types == "xhtml" || property.Name == "id" || property.SerializationHint == XmlRepresentation.XmlAttr ? "@" : "").Append(property.Name)
                .Append(property.Choice == ChoiceType.DatatypeChoice ? "[x]" : "").Append(Demanded.GetValueOrDefault($"{mapping.Name}.{property.Name}") ?? Cardinality(property)).Append(' ').Append(types);
            if (BindingOf(property) is { } codes)
            {
                text.Append(' ').Append(codes);
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string? BaseOf(ClassMapping mapping)
    {
        if (mapping.Name is "Element" or "Resource")
        {
            return null;
        }

        var names = mapping.PropertyMappings.Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        return mapping.IsResource ? names.Contains("contained") && mapping.Name != "DomainResource" ? "DomainResource" : "Resource"
            : mapping.NativeType.BaseType == typeof(Quantity) ? "Quantity"
            : names.Contains("modifierExtension") && mapping.Name != "BackboneElement" ? "BackboneElement"
            : "Element";
    }

    private static string Cardinality(PropertyMapping property) => (property.IsCollection, property.IsMandatoryElement) switch
    {
        (false, false) => "",
        (false, true) => "!",
        (true, false) => "*",
        (true, true) => "+",
    };

    private string TypesOf(PropertyMapping property)
    {
        var types = string.Join('|', Mappings(property).Select(mapping => mapping.Name).Where(name => name != "integer64").Distinct(StringComparer.Ordinal));
        return types == "DataType" || types == _any ? "any" : types;
    }

    private string? BindingOf(PropertyMapping property)
    {
        if (!property.ImplementingType.IsGenericType || property.ImplementingType.GetGenericTypeDefinition() != typeof(Code<>))
        {
            return null;
        }

        var type = property.ImplementingType.GetGenericArguments()[0];
        var valueSet = type.GetCustomAttribute<FhirEnumerationAttribute>()!.Valueset!;
        var name = valueSet.StartsWith(ValueSets, StringComparison.Ordinal) ? valueSet[ValueSets.Length..] : valueSet;
        if (!_codes.TryAdd(name, type) && _codes[name] != type)
        {
            Assert.Equal(CodesOf(_codes[name]), CodesOf(type));
        }

        return name;
    }

    private static string[] CodesOf(Type type) => [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetCustomAttribute<EnumLiteralAttribute>()!.Literal)];
}
