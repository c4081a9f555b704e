using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Parameters;
using PatientTools.Parameters.Completion;

namespace PatientTools.Commands.Accounts;

/// <summary>Shows the accounts of a store; to whoever may not see all, the own one.</summary>
[Cmdlet(VerbsCommon.Get, "PatientStoreAccount")]
[OutputType(typeof(StoreAccount))]
[Requires(StoreOperation.ReadAccounts, StoreOperation.ReadOwnAccount)]
public sealed class GetPatientStoreAccountCommand : StoreCmdlet
{
    /// <summary>The names of accounts; all when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var name in Name ?? ["*"])
        {
            ForItem(name, () => WriteObject(Matching(name), enumerateCollection: true));
        }
    }

    private StoreAccount[] Matching(string name)
    {
        var pattern = new NamePattern(name);
        var found = Readable(name).Where(account => pattern.Matches(account.Name)).ToArray();
        return found.Length > 0 || pattern.HasWildcards ? found : throw new PatientToolsException(
            "AccountNotFound", $"The store has no account '{name}'. Get-PatientStoreAccount shows those there are.", ErrorKind.NotFound)
        { Target = name };
    }

    /// <summary>Whoever asks for nobody else is content with the own account.</summary>
    private IReadOnlyList<StoreAccount> Readable(string name) =>
        Session.May(StoreOperation.ReadAccounts) || !(Name is null || string.Equals(name, Session.Account, StringComparison.OrdinalIgnoreCase))
            ? Session.Accounts().Read()
            : Session.Accounts().ReadOwn() is { } own ? [own] : [];
}
