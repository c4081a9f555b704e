using PatientTools.Adapters.Sqlite;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Sqlite;

/// <summary>A store whose content another one's takes the place of.</summary>
public sealed class ReplaceTests : IDisposable
{
    private static readonly IPatientStoreProvider Provider = new SqlitePatientStoreProvider();
    private static readonly string[] Content = ["patient", "patient_version", "record", "record_version", "chunk", "setting", "purge"];
    private readonly TemporaryStore _place = new();
    private readonly Guid _epoch = Guid.NewGuid();

    private string Source => Path.Combine(_place.Folder, "source.ptstore");

    private string Aside => Path.Combine(_place.Folder, "practice.before-restore-1.ptstore");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_new_content_takes_the_place_of_the_old_which_is_kept_aside(bool withAccounts)
    {
        var store = _place.Store;
        SampleContent.Play(store, 1, 100);
        AccessSamples.FillAccess(store, 5);
        SampleContent.Copy(store, Source, _epoch);
        var (content, entries, accounts) = (Rows(_place.Path, Content), SampleContent.Entries(store), Rows(_place.Path, "account"));
        SampleContent.Play(store, 2, 100);
        store.Write(writer =>
        {
            writer.WriteAccount(AccessSamples.Account("later"));
            writer.WriteSetting("BackupFolder", "/later");
            writer.AppendAuditEntry(AccessSamples.Entry(6));
            return writer.DrawNumber("mrn");
        });
        var (oldContent, oldEntries, oldAccounts, kept) = (Rows(_place.Path, Content), SampleContent.Entries(store), Rows(_place.Path, "account"), Rows(_place.Path, "audit_event", "place"));
        var (mark, keys) = store.Read(reader => (reader.AccessMark, reader.ReadCounters()));
        using var before = store.BeginRead();
        using var other = Provider.Open(_place.Path, new StoreOptions());
        other.Living();

        store.Replace(Source, Aside, withAccounts, writer => { writer.NextSequence(); writer.Commit(); }, default);

        Assert.Equal(content, Rows(_place.Path, Content));
        Assert.Equal(entries, SampleContent.Entries(store));
        Assert.Equal(entries, SampleContent.Entries(other));
        Assert.Equal(withAccounts ? accounts : oldAccounts, Rows(_place.Path, "account"));
        Assert.Equal(kept, Rows(_place.Path, "audit_event", "place"));
        Assert.Empty(store.Read(reader => reader.ReadSessions()));
        Assert.Empty(store.CheckStructure(full: true, default));
        using var after = store.BeginRead();
        Assert.Equal((_epoch, mark + 1, 1L), (after.Epoch, after.AccessMark, after.ReadCounters()["mrn"]));
        Assert.True(after.ReadCounters()["#patient"] < keys["#patient"]);
        Assert.Equal(store.Identity.Epoch, before.Epoch);
        Assert.Equal(oldEntries.Count, before.ReadSearchEntries().Count());

        using var aside = Provider.Open(Aside, new StoreOptions { ReadOnly = true });
        Assert.Equal(store.Identity, aside.Identity);
        Assert.Equal(oldContent, Rows(Aside, Content));
        Assert.Equal(oldEntries, SampleContent.Entries(aside));
        Assert.Empty(aside.Read(reader => reader.ReadSessions()));
        Assert.False(File.Exists(Source));
        Assert.DoesNotContain(Directory.GetFiles(_place.Folder), file => Path.GetFileName(file).StartsWith('.'));
    }

    [Fact]
    public async Task Readers_see_the_old_content_or_the_new_and_the_log_is_cut()
    {
        var store = _place.Store;
        Fill(store, "Neu", 500);
        SampleContent.Copy(store, Source, _epoch);
        store.Write(writer =>
        {
            foreach (var state in writer.ReadStates(0, 1000))
            {
                writer.Update(state, StoreExtensions.NewState("Alt"));
            }

            return 0;
        });
        using var other = Provider.Open(_place.Path, new StoreOptions());
        using var stop = new CancellationTokenSource();
        var seen = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var reads = 0;
            for (; !stop.IsCancellationRequested; reads++)
            {
                using var reader = other.BeginRead();
                var expected = reader.Epoch == _epoch ? "Neu" : "Alt";
                Assert.All(reader.ReadStates(0, 1000), state => Assert.Equal(expected, state.Document.Properties.FamilyName));
                Assert.Equal(500, reader.Living().Count);
            }

            return reads;
        })));

        store.Replace(Source, Aside, withAccounts: false, CommitWhatNobodySees, default);

        await stop.CancelAsync();
        Assert.All(await seen, reads => Assert.True(reads > 0));
        store.Optimize(default);
        Assert.Equal(0, store.ReadFigures().LogBytes);
        Assert.Equal(["Neu"], other.Read(reader => reader.ReadStates(0, 1000).Select(state => state.Document.Properties.FamilyName!).Distinct().ToList()));

        void CommitWhatNobodySees(IStoreWriter writer)
        {
            using (var reader = other.BeginRead())
            {
                Assert.Equal(other.Identity.Epoch, reader.Epoch);
                Assert.All(reader.ReadStates(0, 1000), state => Assert.Equal("Alt", state.Document.Properties.FamilyName));
            }

            writer.Commit();
        }
    }

    [Fact]
    public void Sessions_end_and_say_why()
    {
        Fill(_place.Store, "Eins", 3);
        SampleContent.Copy(_place.Store, Source, _epoch);
        using var session = PatientStoreSession.Open(Provider, _place.Path, new StoreOptions());
        session.Settings().Read();
        using var unused = PatientStoreSession.Open(Provider, _place.Path, new StoreOptions());

        _place.Store.Replace(Source, Aside, withAccounts: false, writer => writer.Commit(), default);

        foreach (var one in new[] { session, unused })
        {
            var error = Assert.Throws<PatientToolsException>(() => one.Settings().Read());
            Assert.Equal("SessionClosed", error.ErrorId);
            Assert.Contains("restored from a backup", error.Message, StringComparison.Ordinal);
            Assert.False(one.IsOpen);
        }

        using var again = PatientStoreSession.Open(Provider, _place.Path, new StoreOptions());
        again.Settings().Read();
        Assert.Equal(_epoch, again.Identity.Epoch);
    }

    [Theory]
    [InlineData("finish")]
    [InlineData("uncommitted")]
    [InlineData("cancelled")]
    [InlineData("aside")]
    [InlineData("other")]
    public void What_fails_changes_nothing(string how)
    {
        var store = _place.Store;
        SampleContent.Play(store, 1, 60);
        SampleContent.Copy(store, Source, _epoch);
        SampleContent.Play(store, 2, 60);
        string[] all = [.. Content, "store", "counter", "account", "session", "audit_event", "place"];
        var (before, entries) = (Rows(_place.Path, all), SampleContent.Entries(store));
        using var stop = new CancellationTokenSource();
        switch (how)
        {
            case "cancelled":
                stop.Cancel();
                break;
            case "aside":
                File.WriteAllText(Aside, "somebody's");
                break;
            case "other":
                File.Delete(Source);
                Provider.Build(Source, new StoreIdentity(Guid.NewGuid(), _epoch, 1, AccessSamples.Time), _ => { });
                break;
        }

        var error = Record.Exception(() => store.Replace(
            Source,
            Aside,
            withAccounts: true,
            writer =>
            {
                writer.WriteSetting("BackupFolder", "/x");
                if (how == "finish")
                {
                    throw new TimeoutException();
                }
            },
            stop.Token));

        Assert.Equal(
            how switch { "finish" => "TimeoutException", "uncommitted" => "InvalidOperationException", "cancelled" => "OperationCanceledException", "aside" => "StoreExists", _ => "NotAStore" },
            (error as PatientToolsException)?.ErrorId ?? error?.GetType().Name);
        Assert.Equal(before, Rows(_place.Path, all));
        Assert.Equal(entries, SampleContent.Entries(store));
        Assert.Equal(how == "aside", File.Exists(Aside));
        Assert.False(File.Exists(Source));
        Assert.DoesNotContain(Directory.GetFiles(_place.Folder), file => Path.GetFileName(file).StartsWith('.'));
        store.Insert(StoreExtensions.NewState("Danach"));
        Assert.Empty(store.CheckStructure(full: true, default));
    }

    [Fact]
    public void A_reader_cannot_replace_anything()
    {
        Fill(_place.Store, "Eins", 1);
        SampleContent.Copy(_place.Store, Source, _epoch);
        var store = _place.Reopen(new StoreOptions { ReadOnly = true });
        Assert.Equal("StoreReadOnly", Assert.Throws<PatientToolsException>(() => store.Replace(Source, Aside, false, writer => writer.Commit(), default)).ErrorId);
    }

    public void Dispose() => _place.Dispose();

    private static List<string> Rows(string path, params string[] tables) => SampleContent.Rows(path, tables);

    private static void Fill(IPatientStore store, string name, int count) => store.Write(writer =>
    {
        for (var i = 0; i < count; i++)
        {
            writer.Insert(StoreExtensions.NewState(name));
        }

        return 0;
    });
}
