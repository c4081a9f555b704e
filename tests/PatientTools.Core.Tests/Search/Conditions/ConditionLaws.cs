using PatientTools.Search.Text;

namespace PatientTools.Core.Tests.Search.Conditions;

/// <summary>What holds for every condition and every patient.</summary>
public sealed class ConditionLaws
{
    private const int SubjectsPerCase = 40;
    private const int ConditionsPerCase = 60;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Environment.GetEnvironmentVariable("PATIENTTOOLS_LONG") == "1" ? 500 : 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Memory_and_index_say_the_same(int seed)
    {
        var cases = new DrawnCases(seed);
        var subjects = Enumerable.Range(0, SubjectsPerCase).Select(_ => cases.Subject()).ToList();
        var met = 0;
        for (var i = 0; i < ConditionsPerCase; i++)
        {
            var condition = cases.Condition(i % 4);
            met += subjects.Count(subject => subject.Meets(condition));
        }

        // Neither all nor none: the cases ask something.
        Assert.InRange(met, SubjectsPerCase * ConditionsPerCase / 10, SubjectsPerCase * ConditionsPerCase * 9 / 10);
    }

    [Fact]
    public void Texts_that_differ_in_case_only_have_the_same_letters()
    {
        for (var codePoint = 1; codePoint <= 0x10FFFF; codePoint++)
        {
            if (codePoint is >= 0xD800 and <= 0xDFFF || CaseFold.Of(codePoint) == codePoint)
            {
                continue;
            }

            var (text, folded) = (char.ConvertFromUtf32(codePoint), char.ConvertFromUtf32(CaseFold.Of(codePoint)));
            Assert.Equal(text.Length, folded.Length);
            foreach (var (before, after) in new[] { ("", ""), ("a", "b"), ("u", "\u0308") })
            {
                Assert.Equal(GermanLetters.Of(before + folded + after), GermanLetters.Of(before + text + after));
            }
        }
    }
}
