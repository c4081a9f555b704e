using System.Text;
using PatientTools.Validation.Own;

namespace PatientTools.Core.Tests.Validation.Own;

/// <summary>Rule files that cannot be used, and what the error says: line, rule, reason.</summary>
public sealed class BadRuleFileTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData(" \n\t", "The file is empty.")]
    [InlineData("[]", "The file has no rule.")]
    [InlineData("// nothing here\n[ ]", "The file has no rule.")]
    [InlineData("{\"rules\":[]}", "The file has no rule.")]
    [InlineData("7", "Line 1: The file has to hold an array of rules, or an object with the member 'rules'.")]
    [InlineData("\n\"rules\"", "Line 2: The file has to hold an array of rules")]
    [InlineData("{}", "Line 1: The member 'rules' is missing.")]
    [InlineData("{\"rulez\":[]}", "'rulez' is not a member of a rule file. It has 'rules'.")]
    [InlineData("{\"rules\":{}}", "'rules' has to be an array of rules.")]
    [InlineData("{\"rules\":[{\"id\":\"A\",\"require\":\"Active\"}],\n\"rules\":[]}", "Line 2: The member 'rules' stands twice.")]
    [InlineData("{\"id\":\"A\",\"require\":\"Active\"}", "Line 1: A single rule has to stand in an array: [ { … } ].")]
    [InlineData("[\n\"Age -lt 18\"]", "Line 2: A rule has to be an object: { \"id\": …, \"require\": … }.")]
    [InlineData("[\n[]]", "Line 2: A rule has to be an object")]
    [InlineData("[null]", "Line 1: A rule has to be an object")]
    public void A_file_of_another_shape(string text, string told) => Assert.Contains(told, Error(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("[", "Line 1: The JSON is malformed")]
    [InlineData("[\n{\"id\":\"A\",\n\"require\":Active}]", "Line 3, rule 'A': The JSON is malformed")]
    [InlineData("[{\"id\":\"A\",\"require\":\"Active\"}]\n]", "Line 2: The JSON is malformed")]
    [InlineData("[{\"id\":\"A\" \"require\":\"Active\"}]", "Line 1, rule 'A': The JSON is malformed")]
    [InlineData("[{'id':'A'}]", "Line 1, rule number 1: The JSON is malformed")]
    [InlineData("[{\"id\":\"A\",\n\"require\":\"\\uD800\"}]", "Line 2, rule 'A': A text holds half a character")]
    [InlineData("[{\"id\":\"A\",\n\"\\uD800\":\"x\"}]", "Line 2, rule 'A': A text holds half a character")]
    [InlineData("[/* open", "Line 1: The JSON is malformed")]
    public void Text_that_is_no_JSON(string text, string told) => Assert.Contains(told, Error(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"requires\":\"Active\"", "Line 3, rule 'A': 'requires' is not a member of a rule. Did you mean 'require'?")]
    [InlineData("\"requires\":\"Active\"", "Line 2, rule 'A': 'require' is missing.")]
    [InlineData("\"require\":\"Active\",\"whn\":{\"a\":[1]}", "'whn' is not a member of a rule. Did you mean 'when'?")]
    [InlineData("\"require\":\"Active\",\"Severity\":\"error\"", "'Severity' is not a member of a rule. Did you mean 'severity'?")]
    [InlineData("\"require\":\"Active\",\n\"require\":\"Deceased\"", "Line 4, rule 'A': 'require' stands twice.")]
    [InlineData("\"require\":5,\"require\":\"Deceased\"", "'require' stands twice.")]
    [InlineData("\"require\":\"\"", "'require' is empty.")]
    [InlineData("\"require\":[\"Active\"]", "'require' has to be a text in quotes.")]
    [InlineData("\"require\":{\"en\":\"Active\"}", "'require' has to be a text in quotes.")]
    [InlineData("\"require\":null", "'require' has to be a text in quotes.")]
    [InlineData("\"require\":\"Active\",\"when\":true", "'when' has to be a text in quotes.")]
    [InlineData("\"require\":\"Active\",\"when\":\"\"", "'when', character 1: The filter is empty.")]
    [InlineData("\"require\":\"Active\",\"severity\":\"eror\"", "'eror' is not a severity. Did you mean 'error'? There are information, warning, error, fatal.")]
    [InlineData("\"require\":\"Active\",\"severity\":\"2\"", "'2' is not a severity.")]
    [InlineData("\"require\":\"Active\",\"severity\":2", "'severity' has to be a text in quotes.")]
    [InlineData("\"require\":\"Active\",\"severity\":\"\"", "'' is not a severity.")]
    [InlineData("\"require\":\"Active\",\"message\":\"\"", "'message' is empty. Leave it out, or write a text.")]
    [InlineData("\"require\":\"Active\",\"message\":{\"en\":\" \"}", "'message' is empty.")]
    [InlineData("\"require\":\"Active\",\"message\":{}", "'message' has neither 'en' nor 'de'.")]
    [InlineData("\"require\":\"Active\",\"message\":{\n\"fr\":\"Non\",\"de\":\"Nein\"}", "Line 4, rule 'A': 'message' has 'en' and 'de', not 'fr'.")]
    [InlineData("\"require\":\"Active\",\"message\":{\"en\":5}", "'en' of 'message' has to be a text in quotes.")]
    [InlineData("\"require\":\"Active\",\"message\":{\"en\":{}}", "'en' of 'message' has to be a text in quotes.")]
    [InlineData("\"require\":\"Active\",\"message\":{\"en\":\"a\",\"en\":\"b\"}", "'en' of 'message' stands twice.")]
    [InlineData("\"require\":\"Active\",\"hint\":5", "'hint' has to be a text, or an object with 'en' and 'de'.")]
    [InlineData("\"require\":\"Active\",\"path\":\"contact\"", "'contact' is not a path into a patient. Write it as Patient.contact or Patient.name[0].family.")]
    [InlineData("\"require\":\"Active\",\"path\":\"Patient.\"", "is not a path")]
    [InlineData("\"require\":\"Active\",\"path\":\"Patient.name[x]\"", "is not a path")]
    [InlineData("\"require\":\"Active\",\"path\":\"Patient.name[0\"", "is not a path")]
    [InlineData("\"require\":\"Active\",\"path\":\"Patient.name[]\"", "is not a path")]
    [InlineData("\"require\":\"Active\",\"path\":\"Patient.1\"", "is not a path")]
    [InlineData("\"require\":\"Active\",\"path\":\"\"", "is not a path")]
    public void A_member_that_cannot_be_used(string members, string told) =>
        Assert.Contains(told, Error($"[\n{{\"id\":\"A\",\n{members}}}]"), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("1A")]
    [InlineData("-A")]
    [InlineData("A B")]
    [InlineData("A*")]
    [InlineData("Prüfung")]
    [InlineData("A/B")]
    [InlineData("A123456789012345678901234567890123456789012345678901234567890123456789")]
    public void An_id_that_cannot_be_used(string id) => Assert.Contains(
        id.Length == 0 ? "Line 1, rule number 1: 'id' is empty." : "An id begins with a letter a to z and has letters, digits, '-', '_' and '.', at most 64.",
        Error($$"""[{"id":"{{id}}","require":"Active"}]"""),
        StringComparison.Ordinal);

    [Fact]
    public void An_id_is_given_once_and_not_one_of_ours()
    {
        var told = Error("[{\"id\":\"MinorGuardian\",\"require\":\"Active\"},\n{\"id\":\"minorguardian\",\"require\":\"Active\"},\n{\"require\":\"Active\"},\n{\"id\":\"jsonSyntax\",\"require\":\"Active\"}]");

        Assert.Contains("Line 2, rule 'minorguardian': The rule at line 1 has the same id. Upper and lower case count alike.", told, StringComparison.Ordinal);
        Assert.Contains("Line 3, rule number 3: 'id' is missing.", told, StringComparison.Ordinal);
        Assert.Contains("Line 4, rule 'jsonSyntax': A rule of PatientTools has this id. Choose another one.", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ages -lt 18", "'require', character 1: Ages is not a property of a patient. The nearest is Age.\n      Ages -lt 18\n      ^^^^")]
    [InlineData("Age -lt", "'require', character 8: A value is missing behind -lt.")]
    [InlineData("Age -lt 'x'", "Age -lt takes a number such as 65; 'x' is none.")]
    [InlineData("City -eq Bonn", "'require', character 10: Bonn is neither a value nor a variable. Write text in quotes: 'Bonn'.")]
    [InlineData("Age -lt $limit", "'require', character 9: A rule file has no variables but $true, $false and $null. Write the value itself.\n      Age -lt $limit\n              ^^^^^^")]
    [InlineData("City -eq \\\"$env:CITY\\\"", "A rule file has no variables but $true, $false and $null.")]
    [InlineData("{ Age -lt 18 }", "'require', character 1: ")]
    [InlineData("Mrn -match '('", "it is no regular expression")]
    public void A_filter_that_cannot_be_used(string filter, string told) =>
        Assert.Contains(told, Error($$"""[{"id":"A","require":"{{filter}}"}]"""), StringComparison.Ordinal);

    [Fact]
    public void All_faults_are_told_at_once_in_the_order_of_the_file()
    {
        var told = Error("[{\"id\":\"A\",\n\"require\":\"Ages -lt 18\"},\n{\"id\":\"A\",\"sevrity\":\"error\",\"require\":\"Active\"},\n{}");

        Assert.StartsWith("The rules in 'rules.json' cannot be used; none of them was loaded. There are 6 faults:\n  Line 2, rule 'A': ", told, StringComparison.Ordinal);
        Assert.Equal([2, 3, 3, 4, 4, 4], told.Split('\n').Where(line => line.StartsWith("  Line ", StringComparison.Ordinal)).Select(line => line["  Line ".Length] - '0'));
    }

    [Fact]
    public void More_than_ten_faults_are_counted()
    {
        var told = Error($"[{string.Join(',', Enumerable.Repeat("{}", 6))}]");

        Assert.Contains("There are 12 faults:", told, StringComparison.Ordinal);
        Assert.EndsWith("and 2 more.", told, StringComparison.Ordinal);
        Assert.Equal(12, told.Split('\n').Length);
    }

    [Fact]
    public void Limits_are_told()
    {
        Assert.Contains("The file is larger than 1,048,576 bytes.", Error($"[{new string(' ', 1 << 20)}]"), StringComparison.Ordinal);
        Assert.Contains("The file has more than 1,000 rules.", Error($"[{string.Join(',', Enumerable.Range(0, 1001).Select(i => $$"""{"id":"A{{i}}","require":"Active"}"""))}]"), StringComparison.Ordinal);
        Assert.Contains("'message' has more than 1,000 characters.", Error($$"""[{"id":"A","require":"Active","message":"{{new string('x', 1001)}}"}]"""), StringComparison.Ordinal);
        Assert.Contains("it may have 65536", Error($$"""[{"id":"A","require":"City -eq '{{new string('x', 65536)}}'"}]"""), StringComparison.Ordinal);
        Assert.Contains("malformed", Error(new string('[', 500_000)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_or_not_UTF8_is_told()
    {
        Assert.Equal("FileNotFound", Assert.Throws<PatientToolsException>(() => OwnRules.Read(_sandbox.At("none.json"))).ErrorId);
        Assert.Equal("PathIsFolder", Assert.Throws<PatientToolsException>(() => OwnRules.Read(_sandbox.Folder)).ErrorId);
        var latin1 = _sandbox.Write("latin1.json", Encoding.Latin1.GetBytes("""[{"id":"A","require":"City -eq 'Köln'"}]"""));
        var utf16 = _sandbox.Write("utf16.json", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("[]")]);
        Assert.Contains("The file is not UTF-8. Save it as UTF-8.", Assert.Throws<PatientToolsException>(() => OwnRules.Read(latin1)).Message, StringComparison.Ordinal);
        Assert.Contains("The file is not UTF-8. Save it as UTF-8.", Assert.Throws<PatientToolsException>(() => OwnRules.Read(utf16)).Message, StringComparison.Ordinal);
    }

    private static string Error(string text)
    {
        var error = Assert.Throws<PatientToolsException>(() => OwnRules.Parse(Encoding.UTF8.GetBytes(text), "rules.json"));
        Assert.Equal(("InvalidRuleFile", ErrorKind.InvalidData, "rules.json"), (error.ErrorId, error.Kind, error.Target));
        return error.Message;
    }
}
