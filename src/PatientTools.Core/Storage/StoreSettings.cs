using System.Globalization;

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
    /// <summary>The name of <see cref="StoreSettingValues.MrnSystem"/>.</summary>
    public const string MrnSystem = "MrnSystem";

    /// <summary>The name of <see cref="StoreSettingValues.MrnDigits"/>.</summary>
    public const string MrnDigits = "MrnDigits";

    private readonly IPatientStore _store;

    internal StoreSettings(IPatientStore store)
    {
        _store = store;
        Definitions =
        [
            new(MrnSystem, "The FHIR identifier system of record numbers drawn for new patients: an absolute URI.", $"urn:uuid:{store.Identity.StoreId}", NotAnAbsoluteUri),
            new(MrnDigits, "How many digits record numbers drawn for new patients have at least: 1 to 18.", "8", value => NotWithin(value, 1, 18)),
        ];
    }

    /// <summary>Every setting there is.</summary>
    public IReadOnlyList<StoreSettingDefinition> Definitions { get; }

    /// <summary>Reads all settings.</summary>
    /// <returns>Every setting with its value, in the order of <see cref="Definitions"/>.</returns>
    public IReadOnlyList<StoreSetting> Read()
    {
        using var reader = _store.BeginRead();
        var values = reader.ReadSettings();
        return [.. Definitions.Select(definition => WithValue(definition, values))];
    }

    /// <summary>Sets a setting.</summary>
    /// <param name="name">The name; case does not matter.</param>
    /// <param name="value">The value; null goes back to the default.</param>
    /// <returns>The setting afterwards.</returns>
    /// <exception cref="PatientToolsException"><c>UnknownSetting</c>, <c>InvalidSetting</c>.</exception>
    public StoreSetting Write(string name, string? value)
    {
        var definition = Find(name);
        if (value is not null && definition.Problem(value) is { } problem)
        {
            throw new PatientToolsException("InvalidSetting", $"The setting {definition.Name} cannot be '{value}': {problem}", ErrorKind.InvalidArgument) { Target = value };
        }

        using var writer = _store.BeginWrite();
        writer.NextSequence();
        writer.WriteSetting(definition.Name, value);
        var written = WithValue(definition, writer.ReadSettings());
        writer.Commit();
        return written;
    }

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

    /// <summary>The typed values as one snapshot has them.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <returns>The values.</returns>
    internal StoreSettingValues ReadFrom(IStoreReader reader)
    {
        var values = reader.ReadSettings();
        return new StoreSettingValues(
            WithValue(Find(MrnSystem), values).Value,
            int.Parse(WithValue(Find(MrnDigits), values).Value, CultureInfo.InvariantCulture));
    }

    private static StoreSetting WithValue(StoreSettingDefinition definition, IReadOnlyDictionary<string, string> values) =>
        values.TryGetValue(definition.Name, out var value)
            ? new(definition.Name, value, definition.Default, false, definition.Description)
            : new(definition.Name, definition.Default, definition.Default, true, definition.Description);

    private static string? NotWithin(string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"it has to be a whole number from {least} to {most}.");

    private static string? NotAnAbsoluteUri(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out _) && !value.Any(char.IsWhiteSpace) ? null : "it has to be an absolute URI, such as https://example.org/mrn or urn:oid:1.2.276.0.76.";
}

/// <summary>The settings that the engine itself goes by.</summary>
/// <param name="MrnSystem">The identifier system of drawn record numbers.</param>
/// <param name="MrnDigits">How many digits they have at least.</param>
public sealed record StoreSettingValues(string MrnSystem, int MrnDigits);
