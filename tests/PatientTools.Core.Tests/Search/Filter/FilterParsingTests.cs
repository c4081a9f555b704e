using PatientTools.Search.Filter;

namespace PatientTools.Core.Tests.Search.Filter;

public sealed class FilterParsingTests
{
    private static readonly FixedVariables Variables = new(new()
    {
        ["city"] = "Bonn",
        ["script:city"] = "Köln",
        ["env:CITY"] = "Trier",
        ["a b"] = "Ulm",
        ["patient.City"] = "Mainz",
        ["patient.Address.City"] = "Jena",
        ["cities"] = new[] { "Bonn", "Köln" },
        ["none"] = Array.Empty<string>(),
        ["age"] = 65,
        ["day"] = new DateTime(2026, 1, 31),
        ["time"] = new DateTime(2026, 1, 31, 10, 30, 0, DateTimeKind.Utc),
        ["unset"] = null,
    });

    [Theory]
    [InlineData("Age -ge 65 -and City -eq 'Bonn' -and -not Deceased", "(Age GreaterOrEqual 65:Int64 and City Equal 'Bonn' and not Deceased Equal true)")]
    [InlineData("$_.Age -ge 65", "Age GreaterOrEqual 65:Int64")]
    [InlineData("$PSItem.Age -ge 65", "Age GreaterOrEqual 65:Int64")]
    [InlineData("${_}.Age -ge 65", "Age GreaterOrEqual 65:Int64")]
    [InlineData("  $_.age  -GE\t65\r\n -And deceased ", "(Age GreaterOrEqual 65:Int64 and Deceased Equal true)")]
    [InlineData("City -eq 'Bonn'-and Age-ge 65", "(City Equal 'Bonn' and Age GreaterOrEqual 65:Int64)")]
    [InlineData("City \u2013eq \u2018Bonn\u2019", "City Equal 'Bonn'")]
    [InlineData("City -eq \u201EBonn\u201C", "City Equal 'Bonn'")]
    [InlineData("City -ieq 'Bonn' -or City -ceq 'BONN'", "(City Equal 'Bonn' or City cEqual 'BONN')")]
    [InlineData("City -cnotlike 'b*' -xor City -imatch '^b'", "(City cNotLike 'b*' xor City Match '^b')")]
    [InlineData("Deceased -eq $true -or Active -eq $False", "(Deceased Equal true or Active Equal false)")]
    [InlineData("!Deceased -and ! (Active)", "(not Deceased Equal true and not Active Equal true)")]
    [InlineData("-not -not Active", "not not Active Equal true")]
    [InlineData("-not (City -eq 'Bonn')", "not City Equal 'Bonn'")]
    [InlineData("(Age) -ge (65)", "Age GreaterOrEqual 65:Int64")]
    [InlineData("Age -ge 65 # retired\n-and Active <# in use #>", "(Age GreaterOrEqual 65:Int64 and Active Equal true)")]
    [InlineData("Age -ge 65 `\n-and Active", "(Age GreaterOrEqual 65:Int64 and Active Equal true)")]
    [InlineData("Age -ge 65 -or Active -and Deceased", "((Age GreaterOrEqual 65:Int64 or Active Equal true) and Deceased Equal true)")]
    [InlineData("Age -ge 65 -or (Active -and Deceased)", "(Age GreaterOrEqual 65:Int64 or (Active Equal true and Deceased Equal true))")]
    [InlineData("Active -xor Deceased -xor Active", "((Active Equal true xor Deceased Equal true) xor Active Equal true)")]
    public void Filters_are_read_as_PowerShell_reads_them(string filter, string meaning) => Assert.Equal(meaning, FilterDouble.Read(filter));

    [Theory]
    [InlineData("City -in 'Bonn', 'Köln'", "City In 'Bonn','Köln'")]
    [InlineData("City -in ('Bonn','Köln')", "City In 'Bonn','Köln'")]
    [InlineData("City -in('Bonn')", "City In 'Bonn'")]
    [InlineData("City -notin @('Bonn', \"Köln\")", "City NotIn 'Bonn','Köln'")]
    [InlineData("City -in @()", "City In ")]
    [InlineData("City -in $cities", "City In 'Bonn','Köln'")]
    [InlineData("City -in $none", "City In ")]
    [InlineData("City -in $cities, 'Ulm', $null", "City In 'Bonn','Köln','Ulm',null")]
    [InlineData("City -in 'Bonn'", "City In 'Bonn'")]
    [InlineData("Age -in 1,2,3", "Age In 1:Int64,2:Int64,3:Int64")]
    [InlineData("Condition -contains 'E11'", "Condition Contains 'E11'")]
    public void Lists_are_written_in_several_ways(string filter, string meaning) => Assert.Equal(meaning, FilterDouble.Read(filter, Variables));

    [Theory]
    [InlineData("'Bonn' -in City", "City Contains 'Bonn'")]
    [InlineData("'E11' -in Condition", "Condition Contains 'E11'")]
    [InlineData("'E11' -cnotin Condition", "Condition cNotContains 'E11'")]
    [InlineData("'Bonn','Köln' -contains $_.City", "City In 'Bonn','Köln'")]
    [InlineData("$cities -notcontains City", "City NotIn 'Bonn','Köln'")]
    [InlineData("'Bonn' -contains City", "City In 'Bonn'")]
    [InlineData("65 -le Age", "Age GreaterOrEqual 65:Int64")]
    [InlineData("65 -lt Age", "Age Greater 65:Int64")]
    [InlineData("65 -ge Age", "Age LessOrEqual 65:Int64")]
    [InlineData("65 -gt Age", "Age Less 65:Int64")]
    [InlineData("'Bonn' -ceq City", "City cEqual 'Bonn'")]
    [InlineData("$null -eq City", "City Equal null")]
    [InlineData("$null -ne Condition", "Condition NotEqual null")]
    public void A_value_on_the_left_is_turned_round(string filter, string meaning) => Assert.Equal(meaning, FilterDouble.Read(filter, Variables));

    [Theory]
    [InlineData("'it''s'", "'it's'")]
    [InlineData("'a\u2019\u2019b'", "'a\u2019b'")]
    [InlineData("'$city `n'", "'$city `n'")]
    [InlineData("\"$city\"", "'Bonn'")]
    [InlineData("\"${city}er\"", "'Bonner'")]
    [InlineData("\"${a b}\"", "'Ulm'")]
    [InlineData("\"$script:city!\"", "'Köln!'")]
    [InlineData("\"$city.Length\"", "'Bonn.Length'")]
    [InlineData("\"$cities\"", "'Bonn Köln'")]
    [InlineData("\"$age $unset.\"", "'65 .'")]
    [InlineData("\"$day\"", "'2026-01-31'")]
    [InlineData("\"$time\"", "'2026-01-31T10:30:00Z'")]
    [InlineData("\"a`\"b`$c`td\"\"e\"", "'a\"b$c\td\"e'")]
    [InlineData("\"`u{1F600}\"", "'\U0001F600'")]
    [InlineData("\"100$ $\"", "'100$ $'")]
    [InlineData("''", "''")]
    [InlineData("\"\"", "''")]
    [InlineData("$city", "'Bonn'")]
    [InlineData("$script:city", "'Köln'")]
    [InlineData("$env:CITY", "'Trier'")]
    [InlineData("${a b}", "'Ulm'")]
    [InlineData("${script:city}", "'Köln'")]
    [InlineData("$patient.City", "'Mainz'")]
    [InlineData("$patient.Address.'City'", "'Jena'")]
    [InlineData("$unset", "null")]
    [InlineData("$NULL", "null")]
    [InlineData("$age", "65:Int32")]
    public void Values_of_text_and_variables(string value, string meaning) => Assert.Equal($"City Equal {meaning}", FilterDouble.Read($"City -eq {value}", Variables));

    [Theory]
    [InlineData("65", "65:Int64")]
    [InlineData("-65", "-65:Int64")]
    [InlineData("\u201365", "-65:Int64")]
    [InlineData("+65", "65:Int64")]
    [InlineData("007", "7:Int64")]
    [InlineData("9223372036854775807", "9223372036854775807:Int64")]
    [InlineData("9223372036854775808", "9223372036854775808:Decimal")]
    [InlineData("1.5", "1.5:Decimal")]
    [InlineData(".5", "0.5:Decimal")]
    [InlineData("-.5", "-0.5:Decimal")]
    [InlineData("1e3", "1000:Int64")]
    [InlineData("1.5E-1", "0.15:Decimal")]
    [InlineData("1e300", "1E+300:Double")]
    [InlineData("0x1F", "31:Int64")]
    [InlineData("2kb", "2048:Int64")]
    [InlineData("1MB", "1048576:Int64")]
    [InlineData("5l", "5:Int64")]
    [InlineData("5d", "5:Decimal")]
    public void Numbers_are_PowerShells(string number, string meaning) => Assert.Equal($"Age Equal {meaning}", FilterDouble.Read($"Age -eq {number}"));

    [Theory]
    [InlineData("Identifier.http://fhir.de/sid/gkv/kvid-10 -eq 'A'", "Identifier.http://fhir.de/sid/gkv/kvid-10 Equal 'A'")]
    [InlineData("$_.Identifier.'http://x y' -eq 'A'", "Identifier.http://x y Equal 'A'")]
    [InlineData("identifier.\"urn:x\" -like 'A*'", "Identifier.urn:x Like 'A*'")]
    [InlineData("(Identifier.urn:oid:1.2.3) -eq 'A'", "Identifier.urn:oid:1.2.3 Equal 'A'")]
    [InlineData("Document.maritalStatus.text -eq 'x'", "Document.maritalStatus.text Equal 'x'")]
    [InlineData("$_.Document.maritalStatus.'text' -eq 'x'", "Document.maritalStatus.text Equal 'x'")]
    [InlineData("$_.'City' -eq 'x'", "City Equal 'x'")]
    public void Properties_have_paths(string filter, string meaning) => Assert.Equal(meaning, FilterDouble.Read(filter));

    [Theory]
    [InlineData("' OR 1=1 --")]
    [InlineData("'; DROP TABLE patient; --")]
    [InlineData("' UNION SELECT * FROM account --")]
    [InlineData("\") OR (\"\"=\"")]
    [InlineData("$(Remove-Item *)")]
    [InlineData("`$(whoami)")]
    [InlineData("%27%20OR%201=1")]
    [InlineData("x' -or Deceased -or 'x' -eq 'x")]
    [InlineData("*[a-z]?")]
    [InlineData("{{7*7}}")]
    public void An_attack_is_a_plain_value(string attack)
    {
        Assert.Equal($"City Equal '{attack}'", FilterDouble.Read($"City -eq '{attack.Replace("'", "''", StringComparison.Ordinal)}'"));
        Assert.Equal($"City Equal '{attack}'", FilterDouble.Read("City -eq $city", new FixedVariables(new() { ["city"] = attack })));
        Assert.Equal($"City Equal '{attack}'", FilterDouble.Read("City -eq \"$city\"", new FixedVariables(new() { ["city"] = attack })));
    }

    [Fact]
    public void Many_conditions_of_one_kind_are_one_level()
    {
        var filter = string.Join(" -and ", Enumerable.Repeat("Age -gt 1", 4_000));
        var all = Assert.IsType<PatientTools.Search.Conditions.AllOf>(PatientFilter.Parse(filter, null, FilterDouble.Compare));
        Assert.Equal(4_000, all.Conditions.Count);
    }

    [Fact]
    public void A_list_of_a_variable_may_be_as_long_as_the_limit()
    {
        var list = Enumerable.Range(0, PatientFilter.LongestList).ToArray();
        var asked = Assert.IsType<Asked>(PatientFilter.Parse("Age -in $list", new FixedVariables(new() { ["list"] = list }), FilterDouble.Compare));
        Assert.Equal(PatientFilter.LongestList, asked.Values.Count);
    }
}
