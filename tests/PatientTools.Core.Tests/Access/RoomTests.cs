using System.Reflection;
using System.Runtime.CompilerServices;
using PatientTools.Accounts;
using PatientTools.Storage;

namespace PatientTools.Core.Tests.Access;

/// <summary>There is no way round the permissions: whatever can reach a store says which operations it is.</summary>
public sealed class RoomTests
{
    /// <summary>Members of rooms that reach no store, or are no operation of their own.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["PatientSearch.Reporting"] = "makes another search, which asks when it is used",
        ["PatientSearch.ReadsDocuments"] = "looks at the question alone",
        ["PatientSearch.Today"] = "reads the clock",
        ["StoreSettings.Find"] = "looks among definitions, which every store has",
        ["ExportRun.Dispose"] = "ends what the constructor began",
        ["ValidationRun.Dispose"] = "ends what the constructor began",
        ["ImportRun.Prepare"] = "looks at an item alone",
        ["PatientLookup..ctor"] = "takes a room, whose members ask when they are used",
        ["PatientProjection..ctor"] = "takes a room, whose members ask when they are used",
        ["PatientRevision.Apply"] = "changes a document in memory",
        ["BackupTest.Run"] = "reads files that only their key protects, and fills a temporary store of its own",
        ["StoreCall.Fail"] = "tells how the call ended",
        ["StoreCall.Dispose"] = "ends the call",
    };

    private static readonly Type[] Carriers = [typeof(StoreAccess), typeof(StoreUse), typeof(PatientStoreSession), typeof(IPatientStore), typeof(IPatientStoreProvider), typeof(OpenSession)];

    [Fact]
    public void Every_public_member_of_a_room_says_which_operations_it_is()
    {
        var rooms = Rooms();
        Assert.Superset(
            new HashSet<string>(["PatientSearch", "PatientWriter", "StoreSettings", "StoreMaintenance", "StoreAccounts", "StoreSessions", "AuditTrail", "ImportRun", "ExportRun", "ValidationRun", "GroupCommit", "StoreSalvage", "AccountRecovery", "PatientLookup", "PatientProjection", "PatientStoreStatus"]),
            rooms.Select(type => type.Name).ToHashSet());
        var silent = from type in rooms
                     from member in Members(type)
                     where member.GetCustomAttribute<RequiresAttribute>() is not { Operations.Count: > 0 } && !Exceptions.ContainsKey($"{type.Name}.{member.Name}")
                     select $"{type.Name}.{member.Name}";
        Assert.Empty(silent.Distinct());
    }

    [Fact]
    public void No_exception_stands_for_a_member_that_is_gone_or_asks()
    {
        var present = Rooms().SelectMany(type => Members(type).Where(member => member.GetCustomAttribute<RequiresAttribute>() is null).Select(member => $"{type.Name}.{member.Name}")).ToHashSet();
        Assert.Subset(present, Exceptions.Keys.ToHashSet());
    }

    [Fact]
    public void Only_the_engine_opens_a_store_without_a_session()
    {
        Assert.Empty(typeof(IPatientStoreProvider).GetMethods().Where(method => method.IsPublic).Select(method => method.Name));
        var open = from type in typeof(PatientStoreSession).Assembly.GetExportedTypes()
                   where !type.IsInterface
                   from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public)
                   where typeof(IPatientStore).IsAssignableFrom(method.ReturnType)
                   select $"{type.Name}.{method.Name}";
        Assert.Empty(open);
    }

    [Fact]
    public void Nobody_else_sets_the_clock_or_says_which_passwords_are_right() =>
        Assert.Equal(["BusyTimeout", "ReadOnly"], typeof(StoreOptions).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void No_room_holds_the_store_itself()
    {
        var holding = from type in typeof(PatientStoreSession).Assembly.GetTypes()
                      where type.IsPublic && type != typeof(PatientStoreSession)
                      from field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static)
                      where typeof(IPatientStore).IsAssignableFrom(field.FieldType)
                      select $"{type.Name}.{field.Name}";
        Assert.Empty(holding);
    }

    [Fact]
    public void Every_change_of_a_patient_says_which_operation_it_is() => Assert.All(
        typeof(PatientWrite).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PatientWrite))),
        type => Assert.Single(type.GetCustomAttribute<RequiresAttribute>()!.Operations));

    /// <summary>What a session's methods return, and every other public type that holds or takes a way to a store.</summary>
    private static HashSet<Type> Rooms()
    {
        var returned = typeof(PatientStoreSession).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && method.ReturnType.Assembly == typeof(PatientStoreSession).Assembly && method.Name != nameof(PatientStoreSession.Begin))
            .Select(method => method.ReturnType);
        HashSet<Type> rooms = [.. returned];
        var known = rooms.Concat(Carriers).ToHashSet();
        foreach (var type in typeof(PatientStoreSession).Assembly.GetExportedTypes().Where(type => type is { IsInterface: false, IsEnum: false } && type != typeof(PatientStoreSession) && !type.Name.EndsWith("Options", StringComparison.Ordinal)))
        {
            const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
            var holds = type.GetFields(All).Any(field => known.Contains(field.FieldType));
            var takes = type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
                .Cast<MethodBase>().Concat(type.GetConstructors())
                .Any(method => method.GetParameters().Any(parameter => known.Contains(parameter.ParameterType)));
            if (holds || takes)
            {
                rooms.Add(type);
            }
        }

        return rooms;
    }

    private static IEnumerable<MethodBase> Members(Type type) => type
        .GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Where(method => !method.IsSpecialName && method.GetBaseDefinition().DeclaringType != typeof(object) && method.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
        .Cast<MethodBase>()
        .Concat(type.GetConstructors().Where(constructor => constructor.GetParameters().Length > 0));
}
