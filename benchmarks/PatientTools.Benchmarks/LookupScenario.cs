using Microsoft.Data.Sqlite;
using PatientTools.Adapters.Sqlite;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Text;
using PatientTools.Storage;

namespace PatientTools.Benchmarks;

/// <summary>Finds single patients by id, MRN and KVNR, beside a query by hand for the same row (but for the id, in the file that the import scenario wrote by hand).</summary>
internal static class LookupScenario
{
    private const int Samples = 5000;

    public static int Run(BenchmarkArguments arguments)
    {
        using var session = PatientStoreSession.Open(new SqlitePatientStoreProvider(), arguments.StoreFile, new StoreOptions { ReadOnly = true });
        var search = session.Search();
        var patients = Spread(search, arguments.Count);
        using var connection = new SqliteConnection($"Data Source={arguments.StoreFile};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var byHand = new SqliteConnection($"Data Source={arguments.ByHandFile};Mode=ReadOnly;Pooling=False");
        byHand.Open();

        Compare(connection, "by id", patients, "SELECT * FROM patient WHERE id = $value", patient => patient.Id.Value.ToByteArray(bigEndian: true), patient => search.Get(patient.Id) is null ? 0 : 1);
        Compare(byHand, "by MRN", patients.FindAll(patient => patient.Mrn is not null), "SELECT p.* FROM entry e JOIN patient p ON p.key = e.patient WHERE e.kind = 7 AND e.term >= $value AND e.term < $value || char(1114111)", patient => SearchEntries.IdentifierStart(patient.Mrn!), patient => Count(search, new PatientQueryBuilder { Mrn = patient.Mrn }));
        Compare(byHand, "by KVNR", patients.FindAll(patient => patient.Kvnr is not null), "SELECT p.* FROM entry e JOIN patient p ON p.key = e.patient WHERE e.kind = 6 AND e.term = $value", patient => ValueTerm.Of(patient.Kvnr!), patient => Count(search, new PatientQueryBuilder { Kvnr = patient.Kvnr }));
        return 0;
    }

    private static List<Patient> Spread(PatientSearch search, long count)
    {
        var step = Math.Max(count / Samples, 1);
        return [.. search.Find(new PatientQuery(), ResultWindow.All).Patients.Where((_, index) => index % step == 0)];
    }

    private static int Count(PatientSearch search, PatientQueryBuilder builder) => search.Find(builder.Build(), ResultWindow.All).Patients.Count();

    private static void Compare(SqliteConnection connection, string what, List<Patient> patients, string sql, Func<Patient, object> value, Func<Patient, int> find)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        var parameter = command.CreateParameter();
        parameter.ParameterName = "$value";
        command.Parameters.Add(parameter);
        var found = 0L;
        var ours = Report.MedianMicroseconds(Samples, i => found += find(patients[i % patients.Count]));
        var byHand = Report.MedianMicroseconds(Samples, i =>
        {
            parameter.Value = value(patients[i % patients.Count]);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                for (var column = 0; column < reader.FieldCount; column++)
                {
                    _ = reader.GetValue(column);
                }
            }
        });
        if (found < Samples)
        {
            throw new InvalidOperationException($"Only {found} of {Samples} look-ups {what} found somebody.");
        }

        Report.Row($"find {what}", $"{ours:N1} µs", $"{byHand:N1} µs by hand", ours / byHand);
    }
}
