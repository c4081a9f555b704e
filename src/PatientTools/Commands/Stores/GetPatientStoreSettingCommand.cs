using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Parameters;
using PatientTools.Parameters.Completion;
using PatientTools.Storage;

namespace PatientTools.Commands.Stores;

/// <summary>Shows settings of a store.</summary>
[Cmdlet(VerbsCommon.Get, "PatientStoreSetting")]
[OutputType(typeof(StoreSetting))]
[Requires(StoreOperation.ReadSettings)]
public sealed class GetPatientStoreSettingCommand : StoreCmdlet
{
    /// <summary>The names of the settings; all when not given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SettingNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void End()
    {
        var settings = Session.Settings().Read();
        foreach (var name in Name)
        {
            ForItem(name, () => WriteObject(Matching(settings, name), enumerateCollection: true));
        }
    }

    private IEnumerable<StoreSetting> Matching(IReadOnlyList<StoreSetting> settings, string name)
    {
        var pattern = new NamePattern(name);
        return pattern.HasWildcards ? settings.Where(setting => pattern.Matches(setting.Name))
            : settings.Where(setting => setting.Name == Session.Settings().Find(name).Name);
    }
}
