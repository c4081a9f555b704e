using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Reads and writes what a store knows of its copies: who was purged, and must not come back from one, and where they are.</summary>
internal static class CopyRows
{
    private static readonly StatementText PurgesSince = new("SELECT id, sequence, time FROM purge WHERE sequence > ?1 ORDER BY sequence, id");
    private static readonly StatementText WritePurgeText = new("INSERT OR REPLACE INTO purge(id, sequence, time) VALUES(?1, ?2, ?3)");
    private static readonly StatementText DeletePurgeText = new("DELETE FROM purge WHERE id = ?1");
    private static readonly StatementText Places = new("SELECT path, kind, epoch, sequence, time FROM place ORDER BY time DESC, path");
    private static readonly StatementText WritePlaceText = new("INSERT OR REPLACE INTO place(path, kind, epoch, sequence, time) VALUES(?1, ?2, ?3, ?4, ?5)");
    private static readonly StatementText DeletePlaceText = new("DELETE FROM place WHERE path = ?1");

    public static List<PurgeMark> ReadPurges(StoreConnection connection, long since)
    {
        var marks = new List<PurgeMark>();
        using var row = connection.Rent(PurgesSince);
        row.Bind(1, since);
        while (row.Step())
        {
            marks.Add(new PurgeMark(new PatientId(row.Id(0)), row.Int64(1), row.Time(2)));
        }

        return marks;
    }

    public static void Write(StoreConnection connection, PurgeMark mark)
    {
        using var statement = connection.Rent(WritePurgeText);
        statement.Bind(1, mark.Id.Value).Bind(2, mark.Sequence).Bind(3, StoredTime.Encode(mark.Time)).Run();
    }

    public static void DeletePurge(StoreConnection connection, PatientId id)
    {
        using var statement = connection.Rent(DeletePurgeText);
        statement.Bind(1, id.Value).Run();
    }

    public static List<StorePlace> ReadPlaces(StoreConnection connection)
    {
        var places = new List<StorePlace>();
        using var row = connection.Rent(Places);
        while (row.Step())
        {
            var kind = (StorePlaceKind)row.Int64(1);
            if (!Enum.IsDefined(kind))
            {
                throw StoreErrors.IsDamaged(connection.Path);
            }

            places.Add(new StorePlace(kind, row.String(0)!, row.Id(2), row.Int64(3), row.Time(4)));
        }

        return places;
    }

    public static void Write(StoreConnection connection, StorePlace place)
    {
        using var statement = connection.Rent(WritePlaceText);
        statement.Bind(1, place.Path).Bind(2, (long)place.Kind).Bind(3, place.Epoch).Bind(4, place.Sequence)
            .Bind(5, StoredTime.Encode(place.Time)).Run();
    }

    public static void DeletePlace(StoreConnection connection, string path)
    {
        using var statement = connection.Rent(DeletePlaceText);
        statement.Bind(1, path).Run();
    }
}
