using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Conditions;
using PatientTools.Storage;
using static PatientTools.Search.Conditions.ComparisonOperator;

namespace PatientTools.Core.Tests.Search.Conditions;

/// <summary>Draws patients and conditions, the same ones for the same seed: few values, so that they meet, and odd ones, so that they hurt.</summary>
internal sealed class DrawnCases(int seed)
{
    private static readonly string[] Texts =
    [
        "Müller", "MÜLLER", "Mueller", "Muller", "mu", "Mu\u0308ller", "Meyer", "meyer", "O'Brien", "Graf von und zu Buntspecht", "Straße", "STRASSE", "straẞe", "Öz", "Łukasz",
        "Иванов", "ИВАНОВ", "李", "😀", "😀x", "ﬁ", "x*y", "[a]", "a]b", "100 %_'", " ", "--", "\\u0001", "a\\u0000b", "\\u0345", "\u03B9", "x\u0345", "x\u03B9", "\u1FB3", "A\u0308\u05B0x", "a\u05B0\u0308x",
        "u\u0323\u0308", "\u212B", "å", "\u017F", "s", "K", "\u212A", "\uAC00", "\uAC01", "\u1100\u1161\u11A8", "\u0130", "i", "\u0131", "I", "E11.9", "E11", "e11.9", "53111", "08066", "2", "1958", "true", "0815", "A123456780", "\uFFFD", "\uE000",
    ];

    private static readonly string[] Dates = ["1958", "1958-12", "1958-12-31", "1958-12-01", "1959-01-01", "1957-12-31", "1959", "2008-02-29", "2008-02", "2026-07-01", "2026", "2030", "0001", "0001-01-01", "9999-12-31", "9999", "1950-06-15", "2020-06-14"];
    private static readonly string[] Systems = ["http://fhir.de/sid/gkv/kvid-10", "http://example.org/lab", "http://example.org/LAB", "urn:oid:1.2.3", "urn:x:kvid-10", "lab"];
    private static readonly ComparisonOperator[] Operators = Enum.GetValues<ComparisonOperator>();
    private static readonly string[] Others = ["Identifier.kvid-10", "Identifier.lab", "Identifier.http://fhir.de/sid/gkv/kvid-10", "Document.name.family", "Document.maritalStatus.text", "Document.multipleBirthInteger", "Document.active", "Document.address"];
    private static readonly string[] Properties = [.. SearchProperties.All.Select(property => property.Name), .. Others];
    private readonly Random _random = new(seed);

    public PatientSubject Subject()
    {
        var members = new List<string>();
        Maybe(members, 7, () => $"\"birthDate\":\"{Pick([.. Dates, "nonsense"])}\"");
        Maybe(members, 6, () => $"\"gender\":\"{Pick("male", "Female", "other")}\"");
        Maybe(members, 5, () => $"\"active\":{Pick("true", "false", "\"true\"")}");
        Maybe(members, 4, () => Pick("\"deceasedBoolean\":true", "\"deceasedBoolean\":false", $"\"deceasedDateTime\":\"{Pick(Dates)}\""));
        Maybe(members, 8, () => $"\"name\":[{Several(3, Name)}]");
        Maybe(members, 7, () => $"\"address\":[{Several(3, Address)}]");
        Maybe(members, 6, () => $"\"telecom\":[{Several(3, () => $$"""{"system":"{{Pick("phone", "email", "fax")}}","use":"{{Pick("home", "old")}}","value":"{{Text()}}"}""")}]");
        Maybe(members, 7, () => $"\"identifier\":[{Several(4, Identifier)}]");
        Maybe(members, 4, () => $$"""
            "maritalStatus":{"text":"{{Text()}}"}
            """);
        Maybe(members, 4, () => $"\"multipleBirthInteger\":{Pick("2", "1.50", "-1", "1e400", "\"2\"")}");
        var created = Subjects.Created.AddMilliseconds(_random.Next(-3, 4) * (_random.Next(2) == 0 ? 1L : 86_400_000L));
        var stamp = new PatientStamp(_random.Next(1, 9), _random.Next(2) == 0 ? Subjects.Id : PatientId.New(new DateTimeOffset(Subjects.Created)), _random.Next(1, 5), _random.Next(1, 5), created, created.AddHours(1),
            _random.Next(3) == 0, _random.Next(2) == 0 ? null : Text(), _random.Next(2) == 0 ? null : Text());
        return Subjects.Of(stamp, string.Join(',', members), new DateOnly(2026, 7, 1).AddDays(_random.Next(-400, 400)), [.. Enumerable.Range(0, _random.Next(4)).Select(_ => Resource())]);
    }

    public PatientCondition Condition(int depth) => depth == 0 || _random.Next(3) == 0
        ? Comparison()
        : _random.Next(4) switch
        {
            0 => new Not(Condition(depth - 1)),
            1 => new AllOf([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Condition(depth - 1))]),
            _ => new AnyOf([.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Condition(depth - 1))]),
        };

    /// <summary>A comparison that can be asked: what is refused is drawn anew.</summary>
    private PropertyCondition Comparison()
    {
        while (true)
        {
            var property = SearchProperties.Find(Pick(Properties))!;
            var comparison = Operators[_random.Next(Operators.Length)];
            object?[] operands = [.. Enumerable.Range(0, comparison is In or NotIn ? _random.Next(4) : 1).Select(_ => Operand(property, comparison))];
            try
            {
                return PropertyCondition.Create(property, comparison, operands, _random.Next(4) == 0);
            }
            catch (PatientToolsException e) when (e.ErrorId.StartsWith("Filter", StringComparison.Ordinal))
            {
            }
        }
    }

    private object? Operand(SearchProperty property, ComparisonOperator comparison)
    {
        if (_random.Next(12) == 0)
        {
            return null;
        }

        if (comparison is Like or NotLike)
        {
            return Pick("*", "", "m*", "Mü*", "*er", "?", "??", "*[a-m]*", "[^x]*", "x`*y", "1958*", "*-12-*", "E1*", "\u00E4*", "ä*", "u*", "A*", "\uAC00*", "x\u03B9*", "Text*", Unescaped(Text()), Unescaped(Text()) + "*", "*" + Unescaped(Text()) + "*", "[");
        }

        if (comparison is Match or NotMatch)
        {
            return Pick("^m", "er$", "^$", "ü", "[0-9]+", "^.$", "\\s", "(a|e)+", "^1958", "x");
        }

        return property.Type switch
        {
            _ when _random.Next(20) == 0 => Unescaped(Text()),
            SearchPropertyType.Number => Pick<object>(-1, 0, 1, 2, 2.5, "3", 18, 49, 65, 66, 67, 68, 70, 1958, 1e20, double.NegativeInfinity, decimal.MaxValue),
            SearchPropertyType.Date => Pick<object>([.. Dates, 1958, new DateOnly(1958, 12, 31)]),
            SearchPropertyType.Time => Pick<object>(Subjects.Created, Subjects.Created.AddTicks(1), Subjects.Created.AddMilliseconds(1), Subjects.Created.ToLocalTime().Date, "2026", "2026-03", "2026-03-01", "2026-03-01T09:30Z", "2026-03-01T09:30:15Z", "0001", "9999"),
            SearchPropertyType.Boolean => Pick<object>(true, false, "true"),
            _ when property.Name == "Id" => Pick<object>(Subjects.Id, Guid.Empty),
            _ when property.Name.StartsWith("Document", StringComparison.Ordinal) => Pick<object>(2, 1.5, "2", true, Unescaped(Text())),
            _ => Pick<object>(Unescaped(Text()), Unescaped(Text()), "female", 53111),
        };
    }

    private string Name() => $"{{{Joined($"\"use\":\"{Pick("official", "old", "maiden", "usual")}\"", $"\"family\":\"{Text()}\"", $"\"given\":[{Several(2, Quoted)}]", $"\"prefix\":[{Quoted()}]", $"\"text\":\"{Text()}\"")}}}";

    private string Address() => $"{{{Joined($"\"use\":\"{Pick("home", "old", "temp")}\"", $"\"line\":[{Several(2, Quoted)}]", $"\"postalCode\":\"{Text()}\"", $"\"city\":\"{Text()}\"", $"\"state\":\"{Text()}\"", $"\"country\":\"{Text()}\"")}}}";

    private string Identifier() => $"{{{Joined($"\"system\":\"{Pick(Systems)}\"", "\"type\":{\"coding\":[{\"code\":\"MR\"}]}")}{(_random.Next(9) == 0 ? "" : $",\"value\":\"{Text()}\"")}}}".Replace("{,", "{", StringComparison.Ordinal);

    private string Resource() => _random.Next(3) switch
    {
        0 => $$"""{"resourceType":"Coverage","payor":[{ {{Joined($"\"display\":\"{Text()}\"", $"\"identifier\":{{\"value\":\"{Text()}\"}}")}} }]}""",
        1 => $$"""{"resourceType":"Observation","code":{"coding":[{"code":"{{Text()}}"}]} }""",
        _ => $$"""{"resourceType":"Condition","code":{"coding":[{"code":"{{Text()}}"},{"display":"x"},{"code":"{{Text()}}"}]} }""",
    };

    /// <summary>Some of the members, in their order.</summary>
    private string Joined(params string[] members) => string.Join(',', members.Where(_ => _random.Next(3) > 0));

    private string Several(int most, Func<string> draw) => string.Join(',', Enumerable.Range(0, _random.Next(1, most + 1)).Select(_ => draw()));

    private string Quoted() => $"\"{Text()}\"";

    /// <summary>Text as it stands in JSON.</summary>
    private string Text() => Pick(Texts);

    private static string Unescaped(string json) => System.Text.Json.JsonSerializer.Deserialize<string>($"\"{json}\"")!;

    private void Maybe(List<string> members, int tenths, Func<string> draw)
    {
        if (_random.Next(10) < tenths)
        {
            members.Add(draw());
        }
    }

    private T Pick<T>(params T[] values) => values[_random.Next(values.Length)];
}
