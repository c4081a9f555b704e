using System.ComponentModel;
using System.Diagnostics;
using PatientTools.Auditing;

namespace PatientTools.Accounts;

/// <summary>What a session tells of the process it is opened in, and whether that process is still there.</summary>
internal static class OpenedHere
{
    /// <summary>
    /// By how much the same process may seem to have been started at another time: the system tells it in time since its own
    /// start, so that it moves when somebody sets the clock.
    /// </summary>
    private static readonly TimeSpan ClockMoves = TimeSpan.FromMinutes(1);

    private static readonly Lazy<DateTime> Started = new(() =>
    {
        using var process = Process.GetCurrentProcess();
        return StartOf(process);
    });

    /// <summary>A new session.</summary>
    /// <param name="account">The account; null in a store without accounts.</param>
    /// <param name="now">The time.</param>
    /// <param name="isReadOnly">Whether it writes nothing.</param>
    public static SessionEntry NewEntry(AccountState? account, DateTime now, bool isReadOnly) => new(
        Guid.NewGuid(), account?.Id, account?.Name, account?.Role, Environment.UserName, Environment.MachineName, Environment.ProcessId, Started.Value, now, now, isReadOnly);

    /// <summary>An event outside of a session.</summary>
    public static AuditContent Content(CallerNote call) => new()
    {
        UserName = Environment.UserName,
        Machine = Environment.MachineName,
        ProcessId = Environment.ProcessId,
        Command = call.Command,
        Reason = call.Reason,
    };

    /// <summary>The time to the millisecond, as a store keeps it.</summary>
    public static DateTime Now(TimeProvider time) => Milliseconds(time.GetUtcNow().UtcDateTime);

    /// <summary>A time without what is finer than a millisecond.</summary>
    public static DateTime Milliseconds(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond));

    /// <summary>Whether the process of a session was on this machine and is gone. Of other machines nothing is known.</summary>
    public static bool IsGone(SessionEntry session)
    {
        if (!string.Equals(session.Machine, Environment.MachineName, StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(session.ProcessId);
            return (StartOf(process) - session.ProcessStarted).Duration() > ClockMoves;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return true;
        }
        catch (Exception e) when (e is Win32Exception or NotSupportedException)
        {
            // Another user's process, of which this one may not be told more than that it is there.
            return false;
        }
    }

    private static DateTime StartOf(Process process) => Milliseconds(process.StartTime.ToUniversalTime());
}
