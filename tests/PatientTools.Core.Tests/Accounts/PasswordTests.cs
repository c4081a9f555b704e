using System.Text;
using PatientTools.Accounts;

namespace PatientTools.Core.Tests.Accounts;

public sealed class PasswordTests
{
    [Theory]
    [InlineData("bloße7!", "PasswordTooShort")]
    [InlineData("ÄÖÜäöü", "PasswordTooShort")]
    [InlineData("Passwort1", "PasswordTooCommon")]
    [InlineData("1Q2W3E4R", "PasswordTooCommon")]
    [InlineData("KRANKENHAUS", "PasswordTooCommon")]
    [InlineData("Anna.Schmidt", "PasswordTooCommon")]
    public void What_is_short_common_or_no_text_is_refused_and_not_repeated(string password, string errorId)
    {
        var error = Assert.Throws<PatientToolsException>(() => PasswordRules.Check(password, "anna.schmidt", 8));
        Assert.Equal(errorId, error.ErrorId);
        Assert.DoesNotContain(password, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Null(error.Target);
    }

    /// <summary>No data of a theory: attributes are UTF-8, which has no half characters.</summary>
    [Fact]
    public void Half_a_character_is_in_no_name_and_no_password()
    {
        Assert.Equal("PasswordInvalid", Assert.Throws<PatientToolsException>(() => PasswordRules.Check("half a \uD83D character", "anna", 8)).ErrorId);
        Assert.Equal("AccountNameInvalid", Assert.Throws<PatientToolsException>(() => AccountName.Checked("an\uD800na")).ErrorId);
    }

    [Fact]
    public void Length_counts_characters_up_to_1024_of_any_kind()
    {
        PasswordRules.Check(string.Concat(Enumerable.Repeat("\U0001F600", 8)), "anna", 8);
        PasswordRules.Check("eight \0\t8", "anna", 8);
        PasswordRules.Check(new string('e', 1022) + "🦊🦊", "anna", 8);
        Assert.Equal("PasswordTooShort", Assert.Throws<PatientToolsException>(() => PasswordRules.Check("🦊🦊🦊🦊", "anna", 8)).ErrorId);
        Assert.Equal("PasswordInvalid", Assert.Throws<PatientToolsException>(() => PasswordRules.Check(new string('e', 1025), "anna", 8)).ErrorId);
    }

    [Fact]
    public void The_work_is_the_same_whatever_is_stored()
    {
        var stored = Enumerable.Range(4, 9).Select(cost => PasswordHash.Of("right password", cost, new CountingHasher())).Append(null);
        foreach (var hash in stored)
        {
            foreach (var password in new[] { "right password", "wrong password", new string('w', 300), "half \uDC00", new string('w', 100_000) })
            {
                var hasher = new CountingHasher();
                var isRight = PasswordHash.Verify(password, hash, 12, hasher);
                Assert.Equal(hash is not null && password == "right password", isRight);
                Assert.Equal(1L << 12, hasher.Work);
            }
        }
    }

    [Theory]
    [InlineData(72, "bcrypt$")]
    [InlineData(73, "hmac-sha384-bcrypt$")]
    [InlineData(200, "hmac-sha384-bcrypt$")]
    public void What_bcrypt_would_cut_is_hashed_before_under_a_tag(int length, string tag)
    {
        var stored = PasswordHash.Of(new string('a', length), 4, new CountingHasher());
        Assert.StartsWith(tag, stored, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(stored[(tag.Length + 6)..]), 64, 72);
    }

    [Fact]
    public void A_stolen_intermediate_hash_is_no_password()
    {
        var hasher = new CountingHasher();
        var stored = PasswordHash.Of(new string('x', 100), 4, hasher);
        Assert.False(PasswordHash.Verify(stored[(stored.LastIndexOf('$') + 1)..], stored, 4, hasher));
    }

    [Theory]
    [InlineData("Jürgen", "JU\u0308RGEN", true)]
    [InlineData("ΣΟΦΟΣ", "σοφος", true)]
    [InlineData("anna", "hanna", false)]
    public void Names_are_compared_without_case_and_spelling(string one, string other, bool same) =>
        Assert.Equal(same, AccountName.KeyOf(AccountName.Checked(one)) == AccountName.KeyOf(AccountName.Checked(other)));

    [Theory]
    [InlineData("")]
    [InlineData(" anna")]
    [InlineData("anna ")]
    [InlineData("an\nna")]
    [InlineData("an\u202Ena")]
    [InlineData("an\u200Bna")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg")]
    public void Names_that_nobody_could_type_or_see_are_refused(string name) =>
        Assert.Equal("AccountNameInvalid", Assert.Throws<PatientToolsException>(() => AccountName.Checked(name)).ErrorId);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("two\nlines")]
    [InlineData("two\u2028lines")]
    [InlineData("turned \u202Eround")]
    public void Reasons_and_commands_are_a_line_of_text(string text)
    {
        Assert.Equal("ReasonInvalid", Assert.Throws<PatientToolsException>(() => new CallerNote(null, text).Checked()).ErrorId);
        Assert.Equal("CommandInvalid", Assert.Throws<PatientToolsException>(() => new CallerNote(text, null).Checked()).ErrorId);
    }
}
