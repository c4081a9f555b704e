using System.Text;

namespace PatientTools.Validation.Fhir;

/// <summary>Reads the table of types, <c>r4.txt</c>, whose head says how it is written.</summary>
internal sealed class FhirTable
{
    private const string ValueSets = "http://hl7.org/fhir/ValueSet/";

    private readonly Dictionary<string, FhirType> _types = new(1000, StringComparer.Ordinal);
    private readonly Dictionary<string, FhirCodes> _codes = new(300, StringComparer.Ordinal);
    private readonly List<FhirElement> _elements = new(12_000);
    private string[] _any = [];
    private FhirType? _type;
    private FhirType? _base;
    private readonly List<FhirElement> _members = [];
    private readonly List<FhirElement> _required = [];
    private int _presences;

    private FhirTable()
    {
    }

    /// <summary>All types, by name.</summary>
    public IReadOnlyDictionary<string, FhirType> Types => _types;

    /// <summary>All elements, by number from 1.</summary>
    public FhirElement[] Elements => [.. _elements];

    /// <summary>Reads the table.</summary>
    /// <returns>What it holds.</returns>
    public static FhirTable Read()
    {
        using var stream = typeof(FhirTable).Assembly.GetManifestResourceStream("PatientTools.Validation.Fhir.r4.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var table = new FhirTable();
        while (reader.ReadLine() is { } line)
        {
            table.Take(line);
        }

        table.EndType();
        return table;
    }

    private void Take(string line)
    {
        if (line.Length == 0 || line[0] == '#')
        {
            return;
        }

        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (line[0] == ' ')
        {
            TakeMember(words);
        }
        else if (words[0] == "any")
        {
            _any = words[1].Split('|');
        }
        else if (words[0] == "codes")
        {
            _codes.Add(words[1], new FhirCodes { ValueSet = words[1].Contains(':', StringComparison.Ordinal) ? words[1] : ValueSets + words[1], Codes = words[2..] });
        }
        else
        {
            BeginType(words);
        }
    }

    /// <summary>Types are named before they are told, so one is made when its name is first met.</summary>
    private FhirType TypeOf(string name)
    {
        if (!_types.TryGetValue(name, out var type))
        {
            _types.Add(name, type = new FhirType { Name = name });
        }

        return type;
    }

    /// <summary>Bases stand before the types that have their members, and demand nothing.</summary>
    private void BeginType(string[] words)
    {
        EndType();
        var isAbstract = words[0] == "abstract";
        var rest = isAbstract ? words.AsSpan(1) : words;
        (_type, _base) = (TypeOf(rest[0]), rest.Length > 1 ? TypeOf(rest[2]) : null);
        _type.IsAbstract = isAbstract;
        _type.IsResource = _base?.IsResource ?? _type.Name == "Resource";
        _members.Clear();
        _required.Clear();
        _presences = 0;
        _type.RequiredPresence = 0;
        if (_type.Name == "Resource")
        {
            Add("resourceType", "code", isArray: false, hasShadow: false);
        }
    }

    private void EndType()
    {
        if (_type is not null)
        {
            _members.AddRange(_base?.Elements ?? []);
            (_type.Elements, _type.Required) = (_members.ToArray(), _required.ToArray());
        }
    }

    private void TakeMember(string[] words)
    {
        var name = words[0].AsSpan();
        var hasShadow = name[0] != '@';
        var frequency = "!*+".Contains(name[^1], StringComparison.Ordinal) ? name[^1] : ' ';
        var plain = name.Trim("@!*+").ToString();
        var isChoice = plain.EndsWith("[x]", StringComparison.Ordinal);
        var choice = isChoice ? plain[..^3] : null;
        var types = words[1] == "any" ? _any : words[1].Split('|');
        var codes = words.Length > 2 ? _codes[words[2]] : null;
        var isRequired = frequency is '!' or '+';
        var presence = isRequired || isChoice ? 1UL << checked((byte)_presences++) : 0;
        for (var i = 0; i < types.Length; i++)
        {
            var element = Add(isChoice ? choice + char.ToUpperInvariant(types[i][0]) + types[i][1..] : plain, types[i], frequency is '*' or '+', hasShadow, choice, presence, codes);
            if (isRequired && i == 0)
            {
                _required.Add(element);
                _type!.RequiredPresence |= presence;
            }
        }
    }

    private FhirElement Add(string name, string type, bool isArray, bool hasShadow, string? choice = null, ulong presence = 0, FhirCodes? codes = null)
    {
        var primitive = char.IsAsciiLetterLower(type[0]) ? FhirPrimitives.Of(type) : FhirPrimitive.None;
        var isAnyResource = type == "Resource";
        var element = Add(name, primitive, primitive == FhirPrimitive.None && !isAnyResource ? TypeOf(type) : null, isArray, isAnyResource, choice, presence, codes);
        if (primitive != FhirPrimitive.None && hasShadow)
        {
            Add('_' + name, FhirPrimitive.None, TypeOf("Element"), isArray, isAnyResource: false, choice, presence, codes: null);
        }

        return element;
    }

    private FhirElement Add(string name, FhirPrimitive primitive, FhirType? type, bool isArray, bool isAnyResource, string? choice, ulong presence, FhirCodes? codes)
    {
        var element = new FhirElement
        {
            Number = checked((ushort)(_elements.Count + 1)),
            Name = name,
            Owner = _type!,
            Choice = choice,
            Presence = presence,
            IsArray = isArray,
            Primitive = primitive,
            Type = type,
            IsAnyResource = isAnyResource,
            Codes = codes,
            Trace = TraceOf(_type!.Name, name),
        };
        _elements.Add(element);
        _members.Add(element);
        return element;
    }

    private static FhirTrace TraceOf(string type, string member) => (type, member) switch
    {
        ("Coding" or "Identifier", "system") => FhirTrace.System,
        ("Reference", "reference") => FhirTrace.Reference,
        _ => FhirTrace.None,
    };
}
