using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PatientTools.Accounts;
using PatientTools.Sessions;
using PatientTools.Storage;

namespace PatientTools.Parameters.Completion;

/// <summary>
/// The base of completers that know the search and the store. What goes wrong completes nothing: an error has no place
/// behind a half-written word, and PowerShell would offer file names instead.
/// </summary>
public abstract class StoreCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        try
        {
            var given = fakeBoundParameters["Store"];
            var session = (given is PSObject wrapped ? wrapped.BaseObject : given) as PatientStoreSession ?? RunspaceSessions.Current.Default;
            return [.. Complete(parameterName, new TypedArgument(commandAst, parameterName, wordToComplete), session)];
        }
        catch (Exception e) when (e is not (OutOfMemoryException or PipelineStoppedException))
        {
            return [];
        }
    }

    /// <summary>Reads something for completion: as a call of its own in the audit trail, and nothing where that is not permitted.</summary>
    /// <param name="session">The store; null when none is connected.</param>
    /// <param name="operation">What is done.</param>
    /// <param name="read">Reads it.</param>
    /// <returns>What was read.</returns>
    internal static IReadOnlyList<T> Read<T>(PatientStoreSession? session, StoreOperation operation, Func<PatientStoreSession, IReadOnlyList<T>> read)
    {
        if (session is not { IsOpen: true })
        {
            return [];
        }

        using var call = session.Begin(new CallerNote("TabExpansion2", null));
        return call.Session.May(operation) ? read(call.Session) : [];
    }

    /// <summary>What can stand there.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="argument">What is written so far.</param>
    /// <param name="session">The store; null when none is connected.</param>
    /// <returns>The completions.</returns>
    internal abstract IEnumerable<CompletionResult> Complete(string parameter, TypedArgument argument, PatientStoreSession? session);
}
