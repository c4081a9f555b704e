using CsCheck;
using PatientTools.Patients;

namespace PatientTools.Core.Tests.Patients;

public class CheckDigitsTests
{
    [Theory]
    [InlineData("A123456780")]
    [InlineData("B234567895")]
    [InlineData("C345678908")]
    [InlineData("D456789013")]
    [InlineData("J012345677")]
    [InlineData("Z987654321")]
    [InlineData("X000000012")]
    [InlineData("A004041949")]
    public void These_KVNRs_are_valid(string kvnr) => Assert.True(CheckDigits.IsValidKvnr(kvnr));

    [Theory]
    [InlineData("A123456789")]
    [InlineData("G995030567")]
    [InlineData("A123454321")]
    [InlineData("X234567890")]
    public void These_KVNRs_have_the_form_but_a_wrong_check_digit(string kvnr)
    {
        Assert.True(CheckDigits.IsKvnrFormat(kvnr));
        Assert.False(CheckDigits.IsValidKvnr(kvnr));
    }

    [Theory]
    [InlineData("")]
    [InlineData("A12345678")]
    [InlineData("A1234567800")]
    [InlineData("a123456780")]
    [InlineData("1123456780")]
    [InlineData("Ä123456780")]
    [InlineData("A12345678X")]
    [InlineData("A12345678٠")]
    [InlineData(" A123456780")]
    public void These_are_no_KVNRs(string text)
    {
        Assert.False(CheckDigits.IsKvnrFormat(text));
        Assert.False(CheckDigits.IsValidKvnr(text));
    }

    [Theory]
    [InlineData("260326822", true)]
    [InlineData("108018007", true)]
    [InlineData("104178397", true)]
    [InlineData("260326823", false)]
    [InlineData("26032682", false)]
    [InlineData("2603268220", false)]
    [InlineData("26032682X", false)]
    [InlineData("26032682²", false)]
    [InlineData("", false)]
    public void Institution_numbers_are_told_apart(string number, bool valid) => Assert.Equal(valid, CheckDigits.IsValidInstitutionNumber(number));

    [Fact]
    public void One_wrong_digit_is_always_found_in_a_KVNR() =>
        Gen.Select(Gen.Char['A', 'Z'], Gen.Int[0, 99_999_999], Gen.Int[1, 9], Gen.Int[1, 9]).Sample(
            (letter, digits, place, shift) =>
            {
                var start = $"{letter}{digits:D8}";
                var kvnr = start + CheckDigits.Kvnr(start);
                Assert.True(CheckDigits.IsValidKvnr(kvnr));
                var changed = kvnr.ToCharArray();
                changed[place] = (char)('0' + ((changed[place] - '0' + shift) % 10));
                Assert.False(CheckDigits.IsValidKvnr(changed));
            },
            iter: 2000);

    [Fact]
    public void Any_text_is_judged_without_an_error() =>
        Gen.String.Sample(text => !CheckDigits.IsValidKvnr(text) | CheckDigits.IsKvnrFormat(text) && !CheckDigits.IsValidInstitutionNumber(text) | text.Length == 9, iter: 2000);
}
