using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Storage;

namespace PatientTools.Parameters.Completion;

/// <summary>Completes the names of a store's accounts, with what each may do.</summary>
public sealed class AccountNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    internal override IEnumerable<CompletionResult> Complete(string parameter, TypedArgument argument, PatientStoreSession? session) =>
        from account in Read(session, StoreOperation.ReadAccounts, each => each.Accounts().Read())
        where account.Name.StartsWith(argument.Text, StringComparison.OrdinalIgnoreCase)
        select new CompletionResult(argument.With(0, account.Name), account.Name, CompletionResultType.ParameterValue, $"{account.Role}, {account.Status}");
}
