using PatientTools.Accounts;
using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Accounts;

/// <summary>A second session has a store object of its own on the same file, as another process would.</summary>
public sealed class SessionTests
{
    [Theory]
    [InlineData("password")]
    [InlineData("role")]
    [InlineData("state")]
    [InlineData("removal")]
    [InlineData("close")]
    public void A_session_ends_at_once_with_what_its_account_loses(string what)
    {
        using var store = new AccountStore();
        store.Add("anna", StoreRole.Editor);
        using var root = store.Open();
        using var anna = store.Open("anna");
        anna.Settings().Read();
        Do(root, anna.SessionId, what);
        Assert.Equal("SessionClosed", Assert.Throws<PatientToolsException>(() => anna.Settings().Read()).ErrorId);
        root.Settings().Read();
    }

    [Theory]
    [InlineData("password")]
    [InlineData("role")]
    [InlineData("state")]
    [InlineData("removal")]
    [InlineData("close")]
    public void A_session_ends_in_another_process(string what)
    {
        using var store = new AccountStore();
        store.Add("anna", StoreRole.Editor);
        using var process = new StoreProcess(store.Path, "session", "anna", "right for anna");
        var id = Guid.Parse(process.ReadLine()!);
        process.WriteLine("read");
        Assert.Equal("read", process.ReadLine());
        using var root = store.Open();
        Do(root, id, what);
        process.WriteLine("read");
        Assert.Equal("SessionClosed", process.ReadLine());
    }

    [Fact]
    public void A_session_unused_for_too_long_is_over_and_so_is_an_old_one()
    {
        using var store = new AccountStore();
        store.OnStore(writer => writer.WriteSetting("SessionLifetimeMinutes", "150"));
        using var unused = store.Open();
        store.Clock.Move(TimeSpan.FromMinutes(61));
        Assert.Equal("SessionExpired", Assert.Throws<PatientToolsException>(() => unused.Settings().Read()).ErrorId);
        Assert.False(unused.IsOpen);
        using var used = store.Open();
        for (var i = 0; i < 3; i++)
        {
            store.Clock.Move(TimeSpan.FromMinutes(50));
            used.Settings().Read();
        }

        store.Clock.Move(TimeSpan.FromMinutes(1));
        Assert.Equal("SessionExpired", Assert.Throws<PatientToolsException>(() => used.Settings().Read()).ErrorId);
    }

    [Fact]
    public void A_session_is_valid_in_every_thread_and_closed_in_every_one()
    {
        using var store = new AccountStore();
        using var session = store.Open();
        Parallel.For(0, 200, _ => session.Settings().Read());
        session.Close();
        Parallel.For(0, 20, _ => Assert.Equal("SessionClosed", Assert.Throws<PatientToolsException>(() => session.Settings().Read()).ErrorId));
    }

    [Fact]
    public void Whoever_waits_to_write_in_a_session_that_is_ended_meanwhile_is_told_so()
    {
        using var store = new AccountStore();
        store.Add("anna", StoreRole.Editor);
        using var root = store.Open();
        using var anna = store.Open("anna");
        using var begun = new CountdownEvent(4);
        var ends = new string[4];
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(number => new Thread(() => ends[number] = Write(anna, begun)))];
        Array.ForEach(threads, thread => thread.Start());
        begun.Wait(TestContext.Current.CancellationToken);
        root.Sessions().Close(anna.SessionId);
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(Enumerable.Repeat("SessionClosed", 4), ends);

        static string Write(PatientStoreSession session, CountdownEvent begun)
        {
            var someone = PatientDocument.Parse("""{"resourceType":"Patient","name":[{"family":"Faden"}]}""");
            for (var isFirst = true; ; isFirst = false)
            {
                try
                {
                    session.Writer().Apply(new AddPatient(someone, DrawMrn: true));
                }
                catch (PatientToolsException e)
                {
                    return e.ErrorId;
                }

                if (isFirst)
                {
                    begun.Signal();
                }
            }
        }
    }

    [Fact]
    public void A_call_with_a_reason_that_cannot_be_kept_is_refused_before_it_begins()
    {
        using var store = new AccountStore();
        using var root = store.Open();
        foreach (var reason in new[] { "", " ", "two\nlines", new string('x', 2000) })
        {
            Assert.Equal("ReasonInvalid", Assert.Throws<PatientToolsException>(() => root.Begin(new CallerNote("Find-Patient", reason))).ErrorId);
        }

        root.Close();
        Assert.Equal([StoreOperation.Connect, StoreOperation.Disconnect], store.Trail().TakeLast(2).Select(one => one.Entry.Operation));
    }

    [Fact]
    public void The_first_account_takes_over_its_session_and_ends_the_others()
    {
        using var store = new AccountStore(isProtected: false);
        using var own = store.OpenWithout();
        using var other = store.OpenWithout();
        other.Sessions().Read();
        Assert.Equal(2, own.Sessions().Read().Count);
        Assert.Equal(
            "FirstAccountNotAdministrator",
            Assert.Throws<PatientToolsException>(() => own.Accounts().Add(new StoreCredential("anna", "right for anna"), StoreRole.Editor)).ErrorId);
        own.Accounts().Add(new StoreCredential("root", AccountStore.RootPassword), StoreRole.Administrator);
        Assert.Equal(("root", StoreRole.Administrator), (own.Account, own.Role));
        Assert.Equal("root", Assert.Single(own.Sessions().Read()).Account);
        Assert.Equal("SessionClosed", Assert.Throws<PatientToolsException>(() => other.Settings().Read()).ErrorId);
        own.Settings().Read();
    }

    [Fact]
    public void Sessions_whose_process_is_gone_are_cleared_away()
    {
        using var store = new AccountStore();
        var gone = OpenedHere.NewEntry(store.Account("root"), store.Clock.GetUtcNow().UtcDateTime, false);
        SessionEntry[] entries = [gone with { ProcessId = int.MaxValue }, gone with { Id = Guid.NewGuid(), ProcessStarted = gone.ProcessStarted.AddDays(-1) }, gone with { Id = Guid.NewGuid(), Machine = "elsewhere" }];
        store.OnStore(writer => Array.ForEach(entries, writer.WriteSession));
        using var root = store.Open();
        Assert.Equal(new[] { entries[2].Id, root.SessionId }.Order(), root.Sessions().Read().Select(session => session.SessionId).Order());
        store.Clock.Move(TimeSpan.FromMinutes(59));
        root.Settings().Read();
        store.Clock.Move(TimeSpan.FromMinutes(2));
        Assert.Equal(root.SessionId, Assert.Single(root.Sessions().Read()).SessionId);
    }

    [Fact]
    public void Disconnecting_leaves_no_entry_behind()
    {
        using var store = new AccountStore();
        store.Open().Dispose();
        Assert.Empty(store.Read(reader => reader.ReadSessions()));
        Assert.Equal(StoreOperation.Disconnect, store.Trail()[^1].Entry.Operation);
    }

    private static void Do(PatientStoreSession root, Guid anna, string what)
    {
        switch (what)
        {
            case "password":
                root.Accounts().Change("anna", new AccountChange { Password = "another one for anna" });
                break;
            case "role":
                root.Accounts().Change("anna", new AccountChange { Role = StoreRole.Reader });
                break;
            case "state":
                root.Accounts().Change("anna", new AccountChange { IsDisabled = true });
                break;
            case "removal":
                root.Accounts().Remove("anna");
                break;
            default:
                root.Sessions().Close(anna);
                break;
        }
    }
}
