namespace PatientTools.Shell;

/// <summary>What the process returns when no script says otherwise; <c>pwsh</c>'s values, where it has any.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The last command failed, or an error ended the script.</summary>
    public const int Failure = 1;

    /// <summary>A mistake on the command line (EX_USAGE).</summary>
    public const int Usage = 64;

    /// <summary>The engine or the module could not be started (EX_SOFTWARE).</summary>
    public const int CannotStart = 70;

    /// <summary>Stopped with Ctrl+C: 128 and the number of the signal, as every shell says it. <c>pwsh</c> says 1.</summary>
    public const int Interrupted = 130;
}
