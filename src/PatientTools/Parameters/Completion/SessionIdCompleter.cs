using System.Globalization;
using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Storage;

namespace PatientTools.Parameters.Completion;

/// <summary>Completes the ids of the sessions that are open on a store, with who has them open.</summary>
public sealed class SessionIdCompleter : StoreCompleter
{
    /// <inheritdoc/>
    internal override IEnumerable<CompletionResult> Complete(string parameter, TypedArgument argument, PatientStoreSession? session) =>
        from open in Read(session, StoreOperation.ReadSessions, each => each.Sessions().Read())
        let id = open.SessionId.ToString()
        let who = string.Create(CultureInfo.InvariantCulture, $"{open.Account ?? open.UserName} on {open.Machine}, process {open.ProcessId}")
        where id.StartsWith(argument.Text, StringComparison.OrdinalIgnoreCase)
        select new CompletionResult(argument.With(0, id), who, CompletionResultType.ParameterValue, who);
}
