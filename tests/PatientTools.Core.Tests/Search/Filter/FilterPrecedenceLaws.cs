using CsCheck;
using PatientTools.Core.Tests.Search.Text;
using PatientTools.Search.Filter;

namespace PatientTools.Core.Tests.Search.Filter;

/// <summary>Conditions that are joined at random mean what PowerShell means: read from the left, with -and, -or and -xor alike.</summary>
public sealed class FilterPrecedenceLaws
{
    /// <summary>A condition that is true or false, as text, and its truth.</summary>
    private static readonly Gen<(string Text, bool Truth)> Comparison = Gen.OneOf(
        ("Age -eq 1", true), ("Age -eq 0", false), ("$_.Age -eq 1", true), ("0 -eq $_.Age", false), ("Deceased", true), ("(Age -in 1)", true), ("Age -in (0)", false));

    /// <summary>Some words that join, with few -xor, which may only be nested eight times.</summary>
    private static readonly Gen<string> Word = Gen.Frequency((10, Gen.OneOf("-and", "-or", "-AND", "\u2013or")), (1, Gen.Const("-xor")));

    private static Gen<(string Text, bool Truth)> Tree(int depth) => depth == 0 ? Comparison : Gen.Frequency(
        (2, Comparison),
        (3, Gen.Select(Tree(depth - 1), Gen.Select(Word, Tree(depth - 1)).Array[0, 3], Join)),
        (1, Gen.OneOf("-not (", "!(", "-not -not !(").Select(Tree(depth - 1), (not, inner) => ($"{not}{inner.Text})", !inner.Truth))));

    /// <summary>Every part is put into parentheses, so that only the joined words have to be understood.</summary>
    private static (string Text, bool Truth) Join((string Text, bool Truth) first, (string Word, (string Text, bool Truth) Part)[] rest)
    {
        var (text, truth) = ($"({first.Text})", first.Truth);
        foreach (var (word, part) in rest)
        {
            text = $"{text} {word} ({part.Text})";
            truth = word.ToUpperInvariant() switch
            {
                "-AND" => truth & part.Truth,
                "-XOR" => truth ^ part.Truth,
                _ => truth | part.Truth,
            };
        }

        return (text, truth);
    }

    [Fact]
    public void Joined_conditions_are_read_from_the_left() => Tree(4).Sample(
        filter => filter.Text.Split("-xor").Length > PatientFilter.DeepestExclusive + 1
            || PatientFilter.Parse(filter.Text, null, FilterDouble.Compare).IsMetBy(null!) == filter.Truth,
        seed: TextGenerators.Seed,
        iter: 5_000);

    [Fact]
    public void Without_parentheses_comparisons_bind_tighter_than_words() => Gen.Select(Comparison, Gen.Select(Word, Comparison).Array[1, 8]).Sample(
        (first, rest) => PatientFilter.Parse(
            first.Text + string.Concat(rest.Select(part => $" {part.Item1} {part.Item2.Text}")), null, FilterDouble.Compare).IsMetBy(null!) == Join(first, rest).Truth,
        seed: TextGenerators.Seed,
        iter: 5_000);
}
