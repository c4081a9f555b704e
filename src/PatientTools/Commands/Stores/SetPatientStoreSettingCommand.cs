using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Parameters.Completion;
using PatientTools.Storage;

namespace PatientTools.Commands.Stores;

/// <summary>Changes a setting of a store, for everyone who opens it.</summary>
[Cmdlet(VerbsCommon.Set, "PatientStoreSetting", SupportsShouldProcess = true, DefaultParameterSetName = "Value")]
[OutputType(typeof(StoreSetting))]
[Requires(StoreOperation.ChangeSetting)]
public sealed class SetPatientStoreSettingCommand : StoreCmdlet
{
    /// <summary>The name of the setting.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SettingNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The new value.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = "Value")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SettingValueCompleter))]
    public string? Value { get; set; }

    /// <summary>Goes back to the default.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Reset")]
    public SwitchParameter Reset { get; set; }

    /// <summary>Writes the setting as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process() => ForItem(Name, () =>
    {
        DemandChange(StoreOperation.ChangeSetting);
        if (ShouldProcess(Session.Location, Reset ? $"Reset {Name}" : $"Set {Name} to '{Value}'"))
        {
            var setting = Session.Settings().Write(Name, Reset ? null : Value);
            if (PassThru)
            {
                WriteObject(setting);
            }
        }
    });
}
