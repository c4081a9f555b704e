using System.Globalization;
using PatientTools.Accounts;

namespace PatientTools.Storage;

/// <summary>A setting of a store: what it is for and what it may be.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What it changes, with its unit and range.</param>
/// <param name="Default">The value where none was set.</param>
/// <param name="Problem">Says what is wrong with a value; null when it can be used.</param>
public sealed record StoreSettingDefinition(string Name, string Description, string Default, Func<string, string?> Problem);

/// <summary>A setting with its value.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value in force.</param>
/// <param name="Default">The value where none was set.</param>
/// <param name="IsDefault">Whether none was set.</param>
/// <param name="Description">What the setting changes.</param>
public sealed record StoreSetting(string Name, string Value, string Default, bool IsDefault, string Description)
{
    /// <summary>The setting in one line.</summary>
    /// <returns>Name and value.</returns>
    public override string ToString() => $"{Name} = {Value}";
}

/// <summary>The settings of a store: kept in the store, the same for everyone who opens it.</summary>
public sealed class StoreSettings
{
    private readonly StoreAccess? _access;

    /// <summary>The definitions and values of a store's settings, without a way to it.</summary>
    internal StoreSettings(StoreIdentity store) => Definitions =
    [
        new(nameof(StoreSettingValues.MrnSystem), "The FHIR identifier system of record numbers drawn for new patients: an absolute URI.", $"urn:uuid:{store.StoreId}", NotAnAbsoluteUri),
        Number(nameof(StoreSettingValues.MrnDigits), "How many digits record numbers drawn for new patients have at least", 8, 1, 18),
        Number("PasswordCost", "bcrypt's cost for passwords: each step doubles the work of a login", 12, 10, 16),
        Number("PasswordMinimumLength", "How many characters a new password has at least", 8, 8, 64),
        Number("LockoutThreshold", "After how many wrong passwords in a row an account waits", 5, 1, 100),
        Number("LockoutSeconds", "How long it waits the first time, in seconds; each further wrong password doubles it", 60, 1, 86_400),
        Number("LockoutMaximumSeconds", "How long it waits at most, in seconds", 900, 1, 86_400),
        Number("ConcurrentLogins", "How many passwords a process hashes at once; 0 for as many as there are processors", 0, 0, 256),
        Number("SessionIdleMinutes", "After how many minutes without use a session of an account ends; 0 for never", 60, 0, 525_600),
        Number("SessionLifetimeMinutes", "After how many minutes a session of an account ends at the latest; 0 for never", 1440, 0, 525_600),
        new("ReasonRequired", "For what -Reason has to be given: None, Changes (and exports), or All (that touches patients).", nameof(ReasonRequirement.None), NotARequirement),
    ];

    internal StoreSettings(StoreAccess access)
        : this(access.Session.Store.Identity) => _access = access;

    /// <summary>Every setting there is.</summary>
    public IReadOnlyList<StoreSettingDefinition> Definitions { get; }

    /// <summary>Reads all settings.</summary>
    /// <returns>Every setting with its value, in the order of <see cref="Definitions"/>.</returns>
    [Requires(StoreOperation.ReadSettings)]
    public IReadOnlyList<StoreSetting> Read() => Access.Run(StoreOperation.ReadSettings, use => use.Read(ReadAll));

    /// <summary>Sets a setting.</summary>
    /// <param name="name">The name; case does not matter.</param>
    /// <param name="value">The value; null goes back to the default.</param>
    /// <returns>The setting afterwards.</returns>
    /// <exception cref="PatientToolsException"><c>UnknownSetting</c>, <c>InvalidSetting</c>.</exception>
    [Requires(StoreOperation.ChangeSetting)]
    public StoreSetting Write(string name, string? value) => Access.Run(StoreOperation.ChangeSetting, use =>
    {
        var definition = Find(name);
        if (value is not null && definition.Problem(value) is { } problem)
        {
            throw new PatientToolsException("InvalidSetting", $"The setting {definition.Name} cannot be '{value}': {problem}", ErrorKind.InvalidArgument) { Target = value };
        }

        using var writer = use.BeginWrite();
        writer.ChangeAccess();
        writer.NextSequence();
        writer.WriteSetting(definition.Name, value);
        var written = WithValue(definition, writer.ReadSettings());
        use.Event.Describe(written.IsDefault ? $"{written} (the default)" : written.ToString());
        use.Commit(writer, []);
        return written;
    });

    /// <summary>Finds the definition of a setting.</summary>
    /// <param name="name">The name; case does not matter.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="PatientToolsException"><c>UnknownSetting</c>.</exception>
    public StoreSettingDefinition Find(string name) =>
        Definitions.FirstOrDefault(definition => string.Equals(definition.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new PatientToolsException(
            "UnknownSetting",
            $"There is no setting '{name}'. Settings are: {string.Join(", ", Definitions.Select(definition => definition.Name))}.",
            ErrorKind.InvalidArgument)
        { Target = name };

    /// <summary>All settings as one snapshot has them.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <returns>Every setting with its value, in the order of <see cref="Definitions"/>.</returns>
    internal IReadOnlyList<StoreSetting> ReadAll(IStoreReader reader)
    {
        var values = reader.ReadSettings();
        return [.. Definitions.Select(definition => WithValue(definition, values))];
    }

    /// <summary>The typed values of a store in which nothing was set, but for the system of its record numbers.</summary>
    internal static StoreSettingValues Defaults => new StoreSettings(new StoreIdentity(default, default, 0, default)).Of(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The typed values as one snapshot has them.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <returns>The values.</returns>
    internal StoreSettingValues ReadFrom(IStoreReader reader) => Of(reader.ReadSettings());

    private StoreSettingValues Of(IReadOnlyDictionary<string, string> values)
    {
        return new StoreSettingValues
        {
            MrnSystem = Text(nameof(StoreSettingValues.MrnSystem)),
            MrnDigits = Whole(nameof(StoreSettingValues.MrnDigits)),
            PasswordCost = Whole("PasswordCost"),
            PasswordMinimumLength = Whole("PasswordMinimumLength"),
            LockoutThreshold = Whole("LockoutThreshold"),
            LockoutWait = TimeSpan.FromSeconds(Whole("LockoutSeconds")),
            LockoutMaximumWait = TimeSpan.FromSeconds(Whole("LockoutMaximumSeconds")),
            ConcurrentLogins = Whole("ConcurrentLogins") is > 0 and var number ? number : Environment.ProcessorCount,
            SessionIdleTime = Minutes("SessionIdleMinutes"),
            SessionLifetime = Minutes("SessionLifetimeMinutes"),
            Reasons = Enum.Parse<ReasonRequirement>(Text("ReasonRequired"), ignoreCase: true),
        };

        string Text(string name) => WithValue(Find(name), values).Value;
        int Whole(string name) => int.Parse(Text(name), CultureInfo.InvariantCulture);
        TimeSpan? Minutes(string name) => Whole(name) is > 0 and var minutes ? TimeSpan.FromMinutes(minutes) : null;
    }

    private StoreAccess Access => _access ?? throw new InvalidOperationException("These settings have no store.");

    private static StoreSetting WithValue(StoreSettingDefinition definition, IReadOnlyDictionary<string, string> values) =>
        values.TryGetValue(definition.Name, out var value)
            ? new(definition.Name, value, definition.Default, false, definition.Description)
            : new(definition.Name, definition.Default, definition.Default, true, definition.Description);

    private static StoreSettingDefinition Number(string name, string about, int value, int least, int most) => new(
        name,
        string.Create(CultureInfo.InvariantCulture, $"{about}: {least} to {most}."),
        value.ToString(CultureInfo.InvariantCulture),
        given => NotWithin(given, least, most));

    private static string? NotARequirement(string value) =>
        Enum.GetNames<ReasonRequirement>().Contains(value, StringComparer.OrdinalIgnoreCase) ? null : $"it has to be one of {string.Join(", ", Enum.GetNames<ReasonRequirement>())}.";

    private static string? NotWithin(string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"it has to be a whole number from {least} to {most}.");

    private static string? NotAnAbsoluteUri(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out _) && !value.Any(char.IsWhiteSpace) ? null : "it has to be an absolute URI, such as https://example.org/mrn or urn:oid:1.2.276.0.76.";
}

/// <summary>The settings that the engine itself goes by.</summary>
public sealed record StoreSettingValues
{
    /// <summary>The identifier system of drawn record numbers.</summary>
    public required string MrnSystem { get; init; }

    /// <summary>How many digits they have at least.</summary>
    public required int MrnDigits { get; init; }

    /// <summary>bcrypt's cost for passwords.</summary>
    public required int PasswordCost { get; init; }

    /// <summary>How many characters a new password has at least.</summary>
    public required int PasswordMinimumLength { get; init; }

    /// <summary>After how many wrong passwords in a row an account waits.</summary>
    public required int LockoutThreshold { get; init; }

    /// <summary>How long it waits the first time; each further wrong password doubles it.</summary>
    public required TimeSpan LockoutWait { get; init; }

    /// <summary>How long it waits at most.</summary>
    public required TimeSpan LockoutMaximumWait { get; init; }

    /// <summary>How many passwords a process hashes at once.</summary>
    public required int ConcurrentLogins { get; init; }

    /// <summary>How long a session of an account may stay unused; null for ever.</summary>
    public required TimeSpan? SessionIdleTime { get; init; }

    /// <summary>How long a session of an account holds at most; null for ever.</summary>
    public required TimeSpan? SessionLifetime { get; init; }

    /// <summary>For what a reason has to be given.</summary>
    public required ReasonRequirement Reasons { get; init; }
}
