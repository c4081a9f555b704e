using System.Management.Automation;
using System.Security;
using PatientTools.Accounts;
using PatientTools.Parameters;
using PatientTools.Parameters.Completion;

namespace PatientTools.Commands.Accounts;

/// <summary>Changes role, status or password of an account; with the old password one's own password.</summary>
[Cmdlet(VerbsCommon.Set, "PatientStoreAccount", SupportsShouldProcess = true, DefaultParameterSetName = AccountSet)]
[OutputType(typeof(StoreAccount))]
[Requires(StoreOperation.ChangeAccount, StoreOperation.ChangeOwnPassword)]
public sealed class SetPatientStoreAccountCommand : StoreCmdlet
{
    private const string AccountSet = "Account";
    private const string OwnSet = "OwnPassword";

    /// <summary>The account; with -OldPassword the own one, which need not be named.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = AccountSet)]
    [Parameter(Position = 0, ParameterSetName = OwnSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public string? Name { get; set; }

    /// <summary>What the account may do from now on.</summary>
    [Parameter(ParameterSetName = AccountSet)]
    public StoreRole? Role { get; set; }

    /// <summary>Whether somebody can log in: Enabled or Disabled.</summary>
    [Parameter(ParameterSetName = AccountSet)]
    [ValidateSet(nameof(AccountStatus.Enabled), nameof(AccountStatus.Disabled))]
    public AccountStatus? Status { get; set; }

    /// <summary>The new password.</summary>
    [Parameter(ParameterSetName = AccountSet)]
    [Parameter(Mandatory = true, ParameterSetName = OwnSet)]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>The present password, to change one's own.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OwnSet)]
    [ValidateNotNull]
    public SecureString? OldPassword { get; set; }

    /// <summary>Writes the account as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process() => ForItem(Name, () =>
    {
        var own = ParameterSetName == OwnSet;
        DemandChange(own ? StoreOperation.ChangeOwnPassword : StoreOperation.ChangeAccount);
        Func<StoreAccount> change = own ? ChangeOwn() : ChangeNamed();
        if (ShouldProcess(Name ?? Session.Account, own ? "Change password" : "Change account"))
        {
            var account = change();
            if (PassThru)
            {
                WriteObject(account);
            }
        }
    });

    private Func<StoreAccount> ChangeOwn() => Name is null || string.Equals(Name, Session.Account, StringComparison.OrdinalIgnoreCase)
        ? () => Session.Accounts().ChangeOwnPassword(Credentials.TextOf(OldPassword!), Credentials.TextOf(Password!))
        : throw new PatientToolsException(
            "NotOwnAccount", $"With -OldPassword you change your own password, and '{Name}' is not your account. Leave out one of both.", ErrorKind.InvalidArgument)
        { Target = Name };

    private Func<StoreAccount> ChangeNamed()
    {
        if (Role is null && Status is null && Password is null)
        {
            throw new PatientToolsException("NothingToChange", "Nothing was given to change. Give -Role, -Status or -Password.", ErrorKind.InvalidArgument) { Target = Name };
        }

        var change = new AccountChange { Role = Role, IsDisabled = Status is null ? null : Status == AccountStatus.Disabled, Password = Password is null ? null : Credentials.TextOf(Password) };
        return () => Session.Accounts().Change(Name!, change);
    }
}
