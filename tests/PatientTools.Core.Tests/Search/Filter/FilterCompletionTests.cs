using CsCheck;
using PatientTools.Core.Tests.Search.Text;
using PatientTools.Search.Filter;

namespace PatientTools.Core.Tests.Search.Filter;

public sealed class FilterCompletionTests
{
    /// <summary>The cursor is a bar; what a completion replaces stands between « and ».</summary>
    [Theory]
    [InlineData("«|»", FilterCompletionKind.Property, "")]
    [InlineData("«Ci|»", FilterCompletionKind.Property, "Ci")]
    [InlineData("«Ci|ty» -eq 'Bonn'", FilterCompletionKind.Property, "Ci")]
    [InlineData("$_.«|»", FilterCompletionKind.Property, "")]
    [InlineData("$_.«Ci|»", FilterCompletionKind.Property, "Ci")]
    [InlineData("$_|«».Ci", FilterCompletionKind.None, "")]
    [InlineData("-not «|»", FilterCompletionKind.Property, "")]
    [InlineData("«-n|»", FilterCompletionKind.Property, "-n")]
    [InlineData("(«Ag|»", FilterCompletionKind.Property, "Ag")]
    [InlineData("Age -ge 65 -and «C|»", FilterCompletionKind.Property, "C")]
    [InlineData("«Identifier.http://f|»", FilterCompletionKind.Property, "Identifier.http://f")]
    [InlineData("«Document.marital|»", FilterCompletionKind.Property, "Document.marital")]
    [InlineData("'Bonn' -in «|»", FilterCompletionKind.Property, "")]
    [InlineData("City «|»", FilterCompletionKind.Operator, "")]
    [InlineData("City «-|»", FilterCompletionKind.Operator, "-")]
    [InlineData("City «-li|»", FilterCompletionKind.Operator, "-li")]
    [InlineData("City -eq 'Bonn' «|»", FilterCompletionKind.Operator, "")]
    [InlineData("City -eq 'Bonn'«|»", FilterCompletionKind.Operator, "")]
    [InlineData("City -eq 'Bonn' «-a|»", FilterCompletionKind.Operator, "-a")]
    [InlineData("(City -eq 'Bonn') «-a|»", FilterCompletionKind.Operator, "-a")]
    [InlineData("City -eq «|»", FilterCompletionKind.Value, "")]
    [InlineData("City -eq «Bo|»", FilterCompletionKind.Value, "Bo")]
    [InlineData("City -eq «'|»", FilterCompletionKind.Value, "")]
    [InlineData("City -eq «'Bo|»", FilterCompletionKind.Value, "Bo")]
    [InlineData("City -eq «'Bo|nn'» -and Active", FilterCompletionKind.Value, "Bo")]
    [InlineData("City -eq «'Bo|»nn -and Active", FilterCompletionKind.Value, "Bo")]
    [InlineData("City -eq «'O''B|»", FilterCompletionKind.Value, "O'B")]
    [InlineData("City -eq «\"Bad `\"H|»", FilterCompletionKind.Value, "Bad \"H")]
    [InlineData("City -eq «\u201EBo|»", FilterCompletionKind.Value, "Bo")]
    [InlineData("City -in 'Bonn', «'K|»", FilterCompletionKind.Value, "K")]
    [InlineData("City -in @('Bonn',«|»", FilterCompletionKind.Value, "")]
    [InlineData("Age -ge «6|»", FilterCompletionKind.Value, "6")]
    [InlineData("City -eq $c|«»", FilterCompletionKind.None, "")]
    [InlineData("City = «|»", FilterCompletionKind.None, "")]
    [InlineData("City -eq 'Bonn' 'Köln' «|»", FilterCompletionKind.None, "")]
    [InlineData("«'Bo|»", FilterCompletionKind.None, "Bo")]
    public void The_cursor_stands_at_something(string marked, FilterCompletionKind kind, string typed)
    {
        var plain = marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);
        var spans = marked.Replace("|", "", StringComparison.Ordinal);
        var completion = FilterCompletion.At(plain.Replace("|", "", StringComparison.Ordinal), plain.IndexOf('|', StringComparison.Ordinal));
        var start = spans.IndexOf('«', StringComparison.Ordinal);
        Assert.Equal((kind, typed, start, spans.IndexOf('»', StringComparison.Ordinal) - 1 - start), (completion.Kind, completion.Typed, completion.Start, completion.Length));
    }

    [Fact]
    public void A_value_knows_its_property_and_quote()
    {
        var completion = FilterCompletion.At("Age -ge 65 -and city -in 'Bonn', \"Kö", 36);
        Assert.Equal(("City", '"'), (completion.Property?.Name, completion.Quote));
        Assert.Null(FilterCompletion.At("City -eq ", 9).Quote);
        Assert.Null(FilterCompletion.At("Citi -eq ", 9).Property);
    }

    [Fact]
    public void Operators_fit_what_stands_before()
    {
        Assert.Equal(["-and", "-or", "-xor"], FilterCompletion.At("City -eq 'Bonn' ", 16).Operators);
        Assert.DoesNotContain("-and", FilterCompletion.At("City ", 5).Operators);
        Assert.Contains("-notlike", FilterCompletion.At("City ", 5).Operators);
        Assert.Contains("-and", FilterCompletion.At("Deceased ", 9).Operators);
        Assert.Equal(["-not"], FilterCompletion.At("", 0).Operators);
    }

    [Fact]
    public void Nothing_that_is_typed_throws() =>
        Gen.OneOf("City", "Age", "$_.", "$x", "Identifier.", "'", "\"", "`", "`u{", "${", "-eq ", "-in ", "-and ", "-", "!", "(", ")", "@(", ",", "65", "1..", "[", "=", " ", "\0", "\uD83D", "#", "<#")
            .Array[0, 12].Select(Gen.Int[-1, 60], (parts, position) => (Text: string.Concat(parts), Position: position))
            .Sample(
                input =>
                {
                    var completion = FilterCompletion.At(input.Text, input.Position);
                    return completion.Start >= 0 && completion.Length >= 0 && completion.Start + completion.Length <= input.Text.Length;
                },
                seed: TextGenerators.Seed,
                iter: 20_000);
}
