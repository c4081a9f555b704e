using System.Globalization;
using PatientTools.Adapters.Sqlite;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;
using PatientTools.TestHost;

// PatientTools.TestHost <store> batches          writes batches until it is killed, and reports each commit
// PatientTools.TestHost <store> singles <count>  writes so many patients, each in a transaction of its own
// PatientTools.TestHost <store> access           tells what may be done with the store
// PatientTools.TestHost <store> logins <name> <threads> <attempts> <seed>  tries right and wrong passwords
// PatientTools.TestHost <store> session <account> <password> [read]  opens a session (to read only), and reads with it for each line it is given
// PatientTools.TestHost <store> demote <account> <password> <other>  opens a session, and takes another's role at the next line
// PatientTools.TestHost <store> recover <account> <password>  does what only the owner of the store's file may
// PatientTools.TestHost <store> reads each|one   reads patients by a session until it is killed, in a call each or in one
// PatientTools.TestHost <store> writes each|one  adds patients by a session until it is killed
// PatientTools.TestHost <store> restore|replace|replace-halfway <backup>  restores a backup into a new store, or over the store, or is killed before that is committed
// PatientTools.TestHost <store> watch            tells again and again what the store holds
// PatientTools.TestHost <store> uses <threads> <count>  reads and adds by threads that share a session
// PatientTools.TestHost <store> backup|incremental <folder>  takes one backup after the other until it is killed, and tells each
const int BatchSize = 20;
if (args[1] is "backup" or "incremental")
{
    BackupWork.Take(args[0], args[2], args[1] == "incremental");
}

if (args[1] == "access")
{
    IPatientStoreProvider provider = new SqlitePatientStoreProvider();
    using var read = provider.Open(args[0], new StoreOptions { ReadOnly = true });
    Console.WriteLine($"log {read.CanLog}, own {provider.IsOwnedByCaller(args[0])}");
    return 0;
}

if (args[1] == "logins")
{
    var gate = new Lock();
    LoginAttempts.Run(args[0], args[2], Number(args[3]), Number(args[4]), Number(args[5]), Tell);
    return 0;

    void Tell(string line)
    {
        lock (gate)
        {
            Console.WriteLine(line);
        }
    }
}

if (args[1] == "session")
{
    SessionUse.Run(args[0], args[2], args[3], args.Length > 4);
    return 0;
}

if (args[1] == "demote")
{
    SessionUse.Demote(args[0], args[2], args[3], args[4]);
    return 0;
}

if (args[1] == "recover")
{
    SessionUse.Recover(args[0], args[2], args[3]);
    return 0;
}

if (args[1] == "reads")
{
    await SessionWork.ReadAsync(args[0], args[2] == "one");
    return 0;
}

if (args[1] == "writes")
{
    SessionWork.Write(args[0], args[2] == "one");
    return 0;
}

if (args[1] is "restore" or "replace" or "replace-halfway")
{
    Action<string, string> work = args[1] switch { "restore" => RestoreWork.IntoNew, "replace" => RestoreWork.Replace, _ => RestoreWork.ReplaceHalfway };
    work(args[0], args[2]);
    return 0;
}

if (args[1] == "watch")
{
    RestoreWork.Watch(args[0]);
}

if (args[1] == "uses")
{
    SessionWork.Use(args[0], Number(args[2]), Number(args[3]));
    return 0;
}

using var store = ((IPatientStoreProvider)new SqlitePatientStoreProvider()).Open(args[0], new StoreOptions { BusyTimeout = TimeSpan.FromMinutes(2) });
if (args[1] == "batches")
{
    for (var batch = 1; ; batch++)
    {
        WriteBatch(batch);
        Console.WriteLine(batch.ToString(CultureInfo.InvariantCulture));
    }
}

for (var i = 0; i < int.Parse(args[2], CultureInfo.InvariantCulture); i++)
{
    using var writer = store.BeginWrite();
    Insert(writer, $"Single{i}");
    writer.Commit();
}

return 0;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

void WriteBatch(int batch)
{
    using var writer = store.BeginWrite();
    for (var i = 0; i < BatchSize; i++)
    {
        Insert(writer, $"Batch{batch}");
    }

    // The first patient of the store is changed by every batch, so that versions are at stake too.
    var first = writer.ReadState(1)!;
    var next = first with
    {
        Stamp = first.Stamp with { Version = first.Stamp.Version + 1, Sequence = writer.NextSequence() },
        Document = Document($"First{batch}"),
    };
    writer.UpdatePatient(first, SearchEntries.Of(first, []), next, SearchEntries.Of(next, []));
    writer.WriteSetting("batch", batch.ToString(CultureInfo.InvariantCulture));
    writer.Commit();
}

static void Insert(IStoreWriter writer, string family)
{
    var now = DateTime.UnixEpoch;
    var document = Document(family);
    var stamp = new PatientStamp(0, PatientId.New(DateTimeOffset.UtcNow), 1, writer.NextSequence(), now, now, false, null, null);
    var state = new PatientState(stamp, document, null);
    writer.InsertPatient(state, SearchEntries.Of(state, []));
}

static PatientDocument Document(string family) =>
    PatientDocument.Parse($$"""{"resourceType":"Patient","name":[{"family":"{{family}}"}],"address":[{"city":"Bonn"}]}""");
