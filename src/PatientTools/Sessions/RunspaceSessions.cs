using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using PatientTools.Storage;

namespace PatientTools.Sessions;

/// <summary>
/// The sessions a runspace opened, and its default one. They close with the runspace, with the module in it, or with the
/// process; a session that was handed over from another runspace stays open.
/// </summary>
internal sealed class RunspaceSessions
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceSessions> All = [];
    private readonly Lock _gate = new();
    private readonly List<PatientStoreSession> _opened = [];
    private PatientStoreSession? _default;

    static RunspaceSessions() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var (_, sessions) in All)
        {
            sessions.CloseAll();
        }
    };

    private RunspaceSessions(Runspace runspace) =>
        runspace.StateChanged += (_, change) => CloseWhenOver(change.RunspaceStateInfo.State);

    /// <summary>The sessions of the runspace that this thread works for.</summary>
    public static RunspaceSessions Current => All.GetValue(Runspace.DefaultRunspace, runspace => new RunspaceSessions(runspace));

    /// <summary>The default session, or null when none is open.</summary>
    public PatientStoreSession? Default
    {
        get
        {
            lock (_gate)
            {
                return _default is { IsOpen: true } ? _default : null;
            }
        }
    }

    /// <summary>Takes over a session that was opened here, and makes it the default.</summary>
    public void Add(PatientStoreSession session)
    {
        lock (_gate)
        {
            _opened.RemoveAll(other => !other.IsOpen);
            _opened.Add(session);
            _default = session;
        }
    }

    /// <summary>The default session.</summary>
    /// <exception cref="PatientToolsException"><c>NotConnected</c>.</exception>
    public PatientStoreSession RequireDefault() => Default ?? throw new PatientToolsException(
        "NotConnected",
        "No store is connected. Use Connect-PatientStore <path> first (or set $env:PATIENTTOOLS_STORE and use Connect-PatientStore), New-PatientStore <path> to make one, or hand a session over with -Store.",
        ErrorKind.InvalidOperation);

    /// <summary>Closes what was opened here.</summary>
    public void CloseAll()
    {
        PatientStoreSession[] sessions;
        lock (_gate)
        {
            sessions = [.. _opened];
            _opened.Clear();
            _default = null;
        }

        foreach (var session in sessions)
        {
            session.Dispose();
        }
    }

    private void CloseWhenOver(RunspaceState state)
    {
        if (state is RunspaceState.Closed or RunspaceState.Broken)
        {
            CloseAll();
        }
    }
}
