using System.Diagnostics;
using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Benchmarks;

/// <summary>What logging costs: many ids in one call, single calls, the session's check, the check of the trail.</summary>
internal static class AuditScenario
{
    private const int Singles = 100_000;
    private const int Rounds = 5;

    public static int Run(BenchmarkArguments arguments)
    {
        using var logged = Open(new SqlitePatientStoreProvider(), arguments);
        using var unlogged = Open(new UnloggedStoreProvider(new SqlitePatientStoreProvider()), arguments);
        PatientId[] ids = [.. logged.Search().Find(new PatientQuery(), ResultWindow.All).Patients.Select(patient => patient.Id)];
        Compare($"{ids.Length:N0} ids in one call", ids.Length, () => OneCall(logged, ids), () => OneCall(unlogged, ids));
        var some = ids.Length > Singles ? ids[..Singles] : ids;
        Compare($"{some.Length:N0} single calls, with what is written behind them", some.Length, () => SingleCalls(logged, some), () => SingleCalls(unlogged, some));
        Report.Row("one single call, as the caller waits for it", $"{Median(logged, some):N1} µs", $"{Median(unlogged, some):N1} µs unlogged");
        Report.Row("the session's check, in a snapshot that a call has begun", $"{CheckMicroseconds(logged):N3} µs");
        var checkedTrail = Stopwatch.StartNew();
        var check = logged.AuditTrail().Check([]);
        Report.Row("Test-PatientAuditTrail", $"{check.Entries / checkedTrail.Elapsed.TotalSeconds:N0} entries/s ({check.Entries:N0} entries, {check.Result})");
        return 0;
    }

    private static PatientStoreSession Open(IPatientStoreProvider provider, BenchmarkArguments arguments) =>
        PatientStoreSession.Open(provider, arguments.StoreFile, new StoreOptions());

    private static void OneCall(PatientStoreSession session, PatientId[] ids)
    {
        using var call = session.Begin(new CallerNote("Get-Patient", null));
        var search = call.Session.Search();
        foreach (var id in ids)
        {
            _ = search.Get(id);
        }
    }

    private static void SingleCalls(PatientStoreSession session, PatientId[] ids)
    {
        var search = session.Search();
        foreach (var id in ids)
        {
            _ = search.Get(id);
        }
    }

    /// <summary>What a call pays for the session being looked at: before it begins, and in its snapshot.</summary>
    private static double CheckMicroseconds(PatientStoreSession session)
    {
        const int Calls = 1000;
        var open = session.Access.Session;
        using var reader = open.Store.BeginRead();
        return Report.MedianMicroseconds(1000, _ =>
        {
            for (var i = 0; i < Calls; i++)
            {
                open.Use();
                open.Check(reader);
            }
        }) / Calls;
    }

    private static double Median(PatientStoreSession session, PatientId[] ids)
    {
        var search = session.Search();
        return Report.MedianMicroseconds(ids.Length, i => search.Get(ids[i]));
    }

    /// <summary>The two in turn, so that both meet the same machine; medians.</summary>
    private static void Compare(string what, int count, Action logged, Action unlogged)
    {
        var (ours, beside) = (new double[Rounds], new double[Rounds]);
        for (var i = 0; i < Rounds; i++)
        {
            beside[i] = Report.Time(unlogged).TotalMicroseconds / count;
            ours[i] = Report.Time(logged).TotalMicroseconds / count;
        }

        Array.Sort(ours);
        Array.Sort(beside);
        Report.Row(what, $"{ours[Rounds / 2]:N2} µs each", $"{beside[Rounds / 2]:N2} µs unlogged", ours[Rounds / 2] / beside[Rounds / 2]);
    }
}
