using CsCheck;
using PatientTools.Core.Tests.Search.Text;
using PatientTools.Search.Filter;

namespace PatientTools.Core.Tests.Search.Filter;

public sealed class BadFilterTests
{
    private static readonly FixedVariables Variables = new(new()
    {
        ["city"] = "Bonn",
        ["cities"] = new[] { "Bonn", "Köln" },
        ["endless"] = Enumerable.Repeat("Bonn", int.MaxValue),
        ["table"] = new Dictionary<string, string>(),
        ["object"] = new object(),
        ["half"] = "\uD800",
    });

    /// <summary>Each filter marks with « and » the place that is wrong.</summary>
    public static TheoryData<string, string> Bad => new()
    {
        // Nothing, or not enough.
        { "FilterSyntax", "«»" },
        { "FilterSyntax", "   «»" },
        { "FilterSyntax", "# all of them«»" },
        { "FilterSyntax", "Age -ge«»" },
        { "FilterSyntax", "Age -ge 65 -and«»" },
        { "FilterSyntax", "Age -ge 65 -or «-and» Deceased" },
        { "FilterSyntax", "«-and» Deceased" },
        { "FilterSyntax", "«-ge» 65" },
        { "FilterSyntax", "-not«»" },
        { "FilterSyntax", "-not «-and» Active" },
        { "FilterSyntax", "Age «-»" },
        { "FilterSyntax", "City -in 'Bonn',«»" },
        { "FilterSyntax", "City -in «,»'Bonn'" },
        { "FilterSyntax", "City -in ('Bonn',«)»" },
        { "FilterSyntax", "(«)»" },
        { "FilterSyntax", "City -eq («)»" },
        { "FilterSyntax", "«Age»" },
        { "FilterSyntax", "-not «Age»" },
        { "FilterSyntax", "«65»" },
        { "FilterSyntax", "«$true» -or Deceased" },
        { "FilterSyntax", "«$_»" },
        { "FilterSyntax", "«$_.» -eq 1" },

        // Parentheses, quotes, braces.
        { "FilterSyntax", "«(»Age -ge 65" },
        { "FilterSyntax", "Age -ge 65«)»" },
        { "FilterSyntax", "«(»Age -ge 65 -and (Active)" },
        { "FilterSyntax", "City -in «@(»'Bonn'" },
        { "FilterSyntax", "City -eq «'»Bonn" },
        { "FilterSyntax", "City -eq «\"»Bonn`\"" },
        { "FilterSyntax", "Identifier.«'»http://x -eq 1" },
        { "FilterSyntax", "City -eq «${»city" },
        { "FilterSyntax", "City -eq «$»" },
        { "FilterSyntax", "City -eq «$»$" },
        { "FilterSyntax", "Age -ge 65 «<#» never closed" },
        { "FilterSyntax", "Age -ge 65«]»" },
        { "FilterSyntax", "City -eq \"«`u{110000}»\"" },
        { "FilterSyntax", "City -eq \"«`u»1\"" },

        // Words that are wrong, or lack something.
        { "FilterUnknownProperty", "«Citi» -eq 'Bonn'" },
        { "FilterUnknownProperty", "$_.«Citi» -eq 'Bonn'" },
        { "FilterUnknownProperty", "«City.Length» -eq 4" },
        { "FilterUnknownProperty", "«City.» -eq 4" },
        { "FilterUnknownProperty", "«SELECT» * FROM patient" },
        { "FilterUnknownProperty", "«not» Deceased" },
        { "FilterSyntax", "Gender -eq «female»" },
        { "FilterSyntax", "Deceased -eq «true»" },
        { "FilterSyntax", "City -in 'Bonn', «Trier»" },
        { "FilterSyntax", "Deceased «and» Active" },
        { "FilterSyntax", "Age -ge 65 «Active»" },
        { "FilterSyntax", "Age «65»" },
        { "FilterSyntax", "Age «-5»" },
        { "FilterSyntax", "City «'Bonn'»" },
        { "FilterSyntax", "(Active) «(»Deceased)" },
        { "FilterSyntax", "Age «-gee» 65" },
        { "FilterSyntax", "Deceased «-nor» Active" },
        { "FilterSyntax", "City -eq «Title»" },
        { "FilterSyntax", "«'a' -eq 'b'»" },
        { "FilterSyntax", "City -eq «(Active)»" },
        { "FilterSyntax", "City -eq «-not Active»" },
        { "FilterSyntax", "Age -ge 65 «-eq» $true" },
        { "FilterSyntax", "(Age -ge 65) «-eq» $true" },
        { "FilterSyntax", "-not City «-eq» 'Bonn'" },
        { "FilterSyntax", "!Deceased «-eq» $true" },
        { "FilterSyntax", "«City», 'x' -contains 'x'" },
        { "FilterSyntax", "'B*' «-like» City" },
        { "FilterSyntax", "'B' «-cmatch» City" },
        { "FilterSyntax", "'E11' «-eq» Condition" },
        { "FilterSyntax", "$cities «-eq» City" },
        { "FilterSyntax", "Age «!=» 65" },
        { "FilterSyntax", "City -eq «\\»Bonn" },
        { "FilterSyntax", "Age -ge 65 «?» 1 : 2" },
        { "FilterSyntax", "City -eq «\U0001F600»" },
        { "FilterSyntax", "BirthDate -ge «1980-01-01»" },
        { "FilterSyntax", "BirthDate -ge «1/1/1980»" },
        { "FilterSyntax", "Age -ge «65y»" },
        { "FilterSyntax", "Age -ge «0xFFFFFFFF»" },
        { "FilterSyntax", "Age -ge «1.2.3»" },
        { "FilterSyntax", "Age -ge «1e999»" },

        // What would have to be run, or cannot be done.
        { "FilterNotAllowed", "«Get-Process»" },
        { "FilterNotAllowed", "«Remove-Item» C:\\*" },
        { "FilterNotAllowed", "BirthDate -lt («Get-Date»)" },
        { "FilterNotAllowed", "City -eq «$(»Get-City)" },
        { "FilterNotAllowed", "City -eq \"«$(»Get-City)\"" },
        { "FilterNotAllowed", "City -eq \"«$_»\"" },
        { "FilterNotAllowed", "«City.StartsWith(»'B')" },
        { "FilterNotAllowed", "«$_.City.ToLower(») -eq 'bonn'" },
        { "FilterNotAllowed", "City -eq «'bonn'.»ToUpper()" },
        { "FilterNotAllowed", "City -eq «$city.Trim(»)" },
        { "FilterNotAllowed", "City -eq «$cities[»0]" },
        { "FilterNotAllowed", "«$_.Condition[»0] -eq 'E11'" },
        { "FilterNotAllowed", "City -eq «$city:»:Empty" },
        { "FilterNotAllowed", "BirthDate -ge «[»datetime]'2026-01-01'" },
        { "FilterNotAllowed", "City «=» 'Bonn'" },
        { "FilterNotAllowed", "$city «=» 'Bonn'" },
        { "FilterNotAllowed", "City «==» 'Bonn'" },
        { "FilterNotAllowed", "Age «>» 65" },
        { "FilterNotAllowed", "Age «>=» 65" },
        { "FilterNotAllowed", "Age «<» 65" },
        { "FilterNotAllowed", "Age -ge 65 «|» Out-File x" },
        { "FilterNotAllowed", "Age -ge 65«;» Deceased" },
        { "FilterNotAllowed", "Age -ge 65 «&&» Deceased" },
        { "FilterNotAllowed", "Age -ge 65 «||» Deceased" },
        { "FilterNotAllowed", "«&» whoami" },
        { "FilterNotAllowed", "«{» $_.Age -ge 65 }" },
        { "FilterNotAllowed", "City -eq «@{»a=1}" },
        { "FilterNotAllowed", "City -eq «@'»\nBonn\n'@" },
        { "FilterNotAllowed", "City -in «@c»ities" },
        { "FilterNotAllowed", "Age -ge 60 «+» 5" },
        { "FilterNotAllowed", "City -like «*»onn" },
        { "FilterNotAllowed", "Age -in «1..»5" },
        { "FilterNotAllowed", "City «-is» [string]" },
        { "FilterNotAllowed", "City «-creplace» 'a', 'b'" },

        // Variables and values.
        { "FilterUnknownVariable", "City -eq «$nowhere»" },
        { "FilterUnknownVariable", "City -eq «$city.Mayor»" },
        { "FilterUnknownVariable", "City -eq \"x «$nowhere»\"" },
        { "FilterUnknownVariable", "City -eq «$env:nowhere» -and Active" },
        { "FilterUnknownVariable", "City -eq «$?»" },
        { "FilterValueInvalid", "City -eq «$cities»" },
        { "FilterValueInvalid", "City -eq «'Bonn', 'Köln'»" },
        { "FilterValueInvalid", "City -like «@('B*')»" },
        { "FilterValueInvalid", "City -eq «$table»" },
        { "FilterValueInvalid", "City -eq «$object»" },
        { "FilterValueInvalid", "City -eq «$half»" },
        { "FilterTooLong", "City -in «$endless»" },

        // Characters that no filter has.
        { "FilterSyntax", "Age -ge 65«\0»" },
        { "FilterSyntax", "City -eq '«\u001B»[2J'" },
        { "FilterSyntax", "City -eq '«\uD83D»'" },
        { "FilterSyntax", "City -eq '«\uDE00»\uD83D'" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_filter_gives_one_error_with_its_place(string id, string marked)
    {
        var start = marked.IndexOf('«', StringComparison.Ordinal);
        var end = marked.IndexOf('»', StringComparison.Ordinal) - 1;
        var filter = marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);

        var error = Assert.Throws<FilterException>(() => PatientFilter.Parse(filter, Variables, FilterDouble.Compare));
        Assert.Equal((id, filter[start..end]), (error.ErrorId, filter.Substring(error.Start, error.Length)));
        Assert.Equal(start, error.Start);
        if (!string.IsNullOrWhiteSpace(filter))
        {
            AssertReadable(error);
        }
    }

    public static TheoryData<string, string, string> Large => new()
    {
        { "FilterTooLong", "one megabyte", string.Concat("City -eq '", new string('x', 1 << 20), "'") },
        { "FilterTooLong", "ten thousand conditions", string.Join(" -and ", Enumerable.Repeat("Age -ge 1", 10_000)) },
        { "FilterTooLong", "a long list", "Age -in " + string.Join(',', Enumerable.Repeat("1", PatientFilter.LongestList + 1)) },
        { "FilterTooDeep", "parentheses", new string('(', 20_000) + "Active" + new string(')', 20_000) },
        { "FilterTooDeep", "open parentheses", new string('(', 60_000) },
        { "FilterTooDeep", "lists", "City -in " + string.Concat(Enumerable.Repeat("@(", 20_000)) },
        { "FilterTooDeep", "negations", string.Concat(Enumerable.Repeat("-not ", 10_000)) + "Active" },
        { "FilterTooDeep", "exclamation marks", new string('!', 60_000) + "Active" },
        { "FilterTooDeep", "changing words", string.Concat(Enumerable.Repeat("Active -and Deceased -or ", 2_000)) + "Active" },
        { "FilterTooDeep", "many -xor", string.Concat(Enumerable.Repeat("Active -xor ", 9)) + "Active" },
        { "FilterUnknownProperty", "a long word", new string('x', 60_000) + " -eq 1" },
        { "FilterUnknownProperty", "a long path", "x" + string.Concat(Enumerable.Repeat(".x", 30_000)) + " -eq 1" },
        { "FilterSyntax", "a long operator", "Age -" + new string('x', 60_000) },
        { "FilterSyntax", "a long number", "Age -eq 1" + new string('z', 60_000) },
        { "FilterSyntax", "two multipliers", "Age -eq 12mbkb" },
        { "FilterNotAllowed", "a long command", "Get-" + new string('x', 60_000) },
        { "FilterSyntax", "an open quote", "City -eq '" + new string('x', 60_000) },
    };

    [Theory]
    [MemberData(nameof(Large))]
    public void A_monstrous_filter_gives_one_short_error(string id, string what, string filter)
    {
        var error = Assert.Throws<FilterException>(() => PatientFilter.Parse(filter, Variables, FilterDouble.Compare));
        Assert.True(id == error.ErrorId, $"{what}: {error.Message}");
        AssertReadable(error);
    }

    [Fact]
    public void Whatever_is_typed_is_a_condition_or_one_error() =>
        Gen.OneOf("City", "Age", "Deceased", "$_.", "$city", "Identifier.", "Document.", "'", "\"", "`", "`u{41}", "${", "}", "-eq ", "-in ", "-and ", "-or ", "-", "!", "(", ")", "@(", ",", "65", "'x'", "1..", ".", "[", "=", " ", "\0", "\uD83D", "#", "<#", "\n")
            .Array[0, 12].Select(string.Concat)
            .Sample(
                filter =>
                {
                    try
                    {
                        return PatientFilter.Parse(filter, Variables, FilterDouble.Compare) is not null;
                    }
                    catch (FilterException error)
                    {
                        return error.Start >= 0 && error.Length >= 0 && error.Start + error.Length <= filter.Length;
                    }
                },
                seed: TextGenerators.Seed,
                iter: 50_000);

    [Fact]
    public void The_message_marks_the_place() => Assert.Equal(
        "Citi is not a property of a patient. The nearest is City.\n    Age -ge 65 -and Citi -eq 'Bonn'\n                    ^^^^",
        Assert.Throws<FilterException>(() => PatientFilter.Parse("Age -ge 65 -and Citi -eq 'Bonn'", null, FilterDouble.Compare)).Message);

    [Fact]
    public void A_long_line_is_cut_around_the_place()
    {
        var filter = string.Concat(Enumerable.Repeat("Age -ge 65 -and ", 50)) + "Citi -eq 'Bonn'" + string.Concat(Enumerable.Repeat(" -and Active", 50));
        var lines = Assert.Throws<FilterException>(() => PatientFilter.Parse(filter, null, FilterDouble.Compare)).Message.Split('\n');
        Assert.StartsWith("    …", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("…", lines[1], StringComparison.Ordinal);
        Assert.Equal("Citi", lines[1].Substring(lines[2].IndexOf('^', StringComparison.Ordinal), lines[2].Count(mark => mark == '^')));
    }

    [Fact]
    public void Of_several_lines_the_one_with_the_place_is_shown()
    {
        var lines = Assert.Throws<FilterException>(() => PatientFilter.Parse("Age -ge 65\n\t-and Citi -eq 'Bonn'\n-and Active", null, FilterDouble.Compare)).Message.Split('\n');
        Assert.Equal(["     -and Citi -eq 'Bonn'", "          ^^^^"], lines[1..]);
    }

    private static void AssertReadable(FilterException error)
    {
        var lines = error.Message.Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 300));
        Assert.Contains('^', lines[2]);
        Assert.DoesNotContain(error.Message, character => char.IsControl(character) && character != '\n');
        Assert.DoesNotContain("Exception", error.Message, StringComparison.Ordinal);
    }
}
