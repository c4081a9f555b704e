using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Auditing;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Accounts;

public sealed class LoginTests
{
    [Fact]
    public void Unknown_wrong_locked_and_disabled_answer_with_the_same_words_and_the_trail_tells_them_apart()
    {
        using var store = new AccountStore();
        store.Add("anna");
        store.Add("bert");
        using (var root = store.Open())
        {
            root.Accounts().Change("bert", new AccountChange { IsDisabled = true });
        }

        (string Name, string Password)[] attempts =
            [.. Enumerable.Repeat(("anna", "wrong for anna"), 5), ("anna", "right for anna"), ("bert", "right for bert"), ("geheim, in the wrong field", "anna")];
        var errors = attempts.Select(attempt => Assert.Throws<PatientToolsException>(() => store.Open(attempt.Name, attempt.Password))).ToList();
        Assert.Single(errors.Select(error => (error.ErrorId, error.Message, error.Kind, error.Target)).Distinct());

        var refused = store.Trail().Where(one => one.Entry.Outcome == AuditOutcome.Refused).ToList();
        Assert.Equal(["anna", "anna", "anna", "anna", "anna", "anna", "bert", null], refused.Select(one => one.Entry.Account));
        Assert.Equal(
            ["wrong password", "wrong password", "wrong password", "wrong password", "wrong password; locked until 2026-03-01T08:01:00.000Z", "locked", "disabled", "unknown account"],
            refused.Select(one => one.Content.Details));
        Assert.All(refused, one => Assert.Equal("LoginFailed", one.Content.ErrorId));
        Assert.Equal(5, store.Account("anna").FailedAttempts);
        store.Clock.Move(TimeSpan.FromMinutes(1));
        store.Open("anna").Dispose();
        Assert.Equal((0, null, store.Clock.GetUtcNow().UtcDateTime), (store.Account("anna").FailedAttempts, store.Account("anna").LockedUntil, store.Account("anna").LastLogin));
    }

    [Theory]
    [InlineData(72)]
    [InlineData(73)]
    [InlineData(200)]
    public void Long_passwords_that_differ_only_at_the_end_are_told_apart(int length)
    {
        var begin = string.Concat(Enumerable.Repeat("ab1-", 50))[..(length - 1)];
        ToldApart(begin + "x", begin + "y");
        ToldApart(begin + "x", begin);
    }

    [Fact]
    public void Nothing_is_cut_at_a_nul() => ToldApart("begin of it\0end", "begin of it\0ond");

    [Fact]
    public void A_password_is_the_same_composed_and_decomposed()
    {
        using var store = new AccountStore();
        using var root = store.Open();
        root.Accounts().Add(new StoreCredential("Jörg", "Schlüsselbrett öffnen"), StoreRole.Editor);
        store.Open("JO\u0308RG", "Schlu\u0308sselbrett o\u0308ffnen").Dispose();
        Assert.Equal("LoginFailed", store.Refused("Jörg", "Schlusselbrett offnen"));
    }

    [Fact]
    public void A_password_is_hashed_anew_when_the_cost_has_risen_and_opens_as_before()
    {
        using var store = new AccountStore();
        var before = store.Account("root");
        store.OnStore(writer => writer.WriteSetting("PasswordCost", "5"));
        Assert.Equal("LoginFailed", store.Refused("root", "wrong for root"));
        Assert.Equal(before.Password, store.Account("root").Password);
        store.Open().Dispose();
        var after = store.Account("root");
        Assert.Equal((4, 5), (PasswordHash.CostOf(before.Password), PasswordHash.CostOf(after.Password)));
        Assert.Equal((before.PasswordChanged, before.Modified), (after.PasswordChanged, after.Modified));
        store.Open().Dispose();
    }

    [Fact]
    public void Accounts_and_credentials_go_together()
    {
        using var open = new AccountStore(isProtected: false);
        Assert.Equal("StoreHasNoAccounts", open.Refused("root"));
        using var closed = new AccountStore();
        Assert.Equal("CredentialRequired", Assert.Throws<PatientToolsException>(closed.OpenWithout).ErrorId);
        Assert.Equal("CredentialRequired", closed.Trail()[^1].Content.ErrorId);
    }

    [Fact]
    public void A_store_is_made_with_its_administrator_or_not_at_all()
    {
        using var folder = new Sqlite.TemporaryStore(create: false);
        IPatientStoreProvider provider = new SqlitePatientStoreProvider();
        Assert.Equal(
            "PasswordTooCommon",
            Assert.Throws<PatientToolsException>(() => PatientStoreSession.Create(provider, folder.Path, new StoreOptions(), new StoreCredential("root", "Passwort1"))).ErrorId);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Folder));
        using var session = PatientStoreSession.Create(provider, folder.Path, new StoreOptions(), new StoreCredential("root", AccountStore.RootPassword));
        Assert.Equal(StoreRole.Administrator, session.Role);
        Assert.Equal("root", Assert.Single(session.Accounts().Read()).Name);
        Assert.True(Assert.Single(session.Sessions().Read()).IsOwn);
        Assert.True(session.AuditTrail().Check([]).IsValid);
    }

    private static void ToldApart(string right, string wrong)
    {
        using var store = new AccountStore();
        using var root = store.Open();
        root.Accounts().Add(new StoreCredential("anna", right), StoreRole.Reader);
        store.Open("anna", right).Dispose();
        Assert.Equal("LoginFailed", store.Refused("anna", wrong));
    }
}
