using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Fhir;
using PatientTools.Search.Filter;
using PatientTools.Tests;

namespace PatientTools.Core.Tests.Access;

/// <summary>The trail is told what was asked, and never a value.</summary>
public sealed class QueryShapeTests
{
    [Theory]
    [InlineData("City -eq 'Bonn' -and Age -ge 65", "City -eq, Age -ge; 12 found")]
    [InlineData("FamilyName -clike 'Mei*' -or -not (City -in 'Bonn','Ulm')", "(FamilyName -clike or not (City -in)); 12 found")]
    [InlineData("Document.maritalStatus.text -eq 'x' -xor Deceased", "(Document.… -eq xor Deceased -eq); 12 found")]
    public void A_filter_becomes_properties_and_operators(string filter, string shape) =>
        Assert.Equal(shape, QueryShape.Of(new PatientQuery { Where = PatientFilter.Parse(filter) }, 12));

    [Fact]
    public void What_was_typed_into_parameters_is_told_by_property_order_and_count()
    {
        var query = new PatientQueryBuilder { FamilyName = "Zwickelmann", City = "Bonn", BornAfter = PartialDate.Parse("1950"), Fuzzy = false, IncludeRemoved = true }.Build() with
        {
            Order = [new SortOrder(SearchProperties.Find("FamilyName")!, true)],
        };
        Assert.Equal("FamilyName begins, City is, BirthDate sa; with removed ones; sorted by FamilyName descending; 3 found", QueryShape.Of(query, 3));
        Assert.Equal("everybody", QueryShape.Of(new PatientQuery()));
    }

    [Theory]
    [InlineData("family=Zwickelmann")]
    [InlineData("identifier=http://zwickel.example|Zwickelmann")]
    [InlineData("address:contains=Zwickelmann&birthdate=ge1951-03-04")]
    [InlineData("name:exact=Zwickelmann")]
    public void A_FHIR_search_shows_no_value(string query)
    {
        var shape = QueryShape.Of(FhirQuery.Parse(query).Query, 1);
        Assert.DoesNotContain("wick", shape, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("1951", shape, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_never_stands_in_the_shape_of_any_filter()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var filter = Marked(new SearchCases(seed).Filter());
            if (Parsed(filter) is not { } query)
            {
                continue;
            }

            var shape = QueryShape.Of(query, 12);
            Assert.DoesNotContain("zqx", shape, StringComparison.OrdinalIgnoreCase);
            Assert.All(shape.Replace("; 12 found", "", StringComparison.Ordinal).Replace("conditions)", "", StringComparison.Ordinal).Split(" (").Take(1), words => Assert.DoesNotMatch("[0-9]", words));
        }
    }

    [Fact]
    public void A_long_question_is_cut_and_counted()
    {
        var filter = string.Join(" -or ", Enumerable.Range(0, 200).Select(i => $"City -eq 'c{i}'"));
        var shape = QueryShape.Of(new PatientQuery { Where = PatientFilter.Parse(filter) });
        Assert.InRange(shape.Length, 100, 450);
        Assert.EndsWith("(200 conditions)", shape, StringComparison.Ordinal);
    }

    /// <summary>Each text of a filter with a mark that no property's name has.</summary>
    private static string Marked(string filter) => System.Text.RegularExpressions.Regex.Replace(filter, "'(?<text>[^'\\[\\]^$|{}]+)'", "'zqx${text}'", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>The question; null where the mark makes a date or a number of what is none.</summary>
    private static PatientQuery? Parsed(string filter)
    {
        try
        {
            return new PatientQuery { Where = PatientFilter.Parse(filter) };
        }
        catch (PatientToolsException)
        {
            return null;
        }
    }
}
