using System.Globalization;
using System.Management.Automation.Host;

namespace PatientTools.Shell;

/// <summary>The host the engine talks to: culture, user interface, and the exit a script asks for.</summary>
internal sealed class ShellHost(bool nonInteractive) : PSHost
{
    /// <summary>The product's version.</summary>
    public static Version ProductVersion { get; } = typeof(ShellHost).Assembly.GetName().Version is { } version
        ? new Version(version.Major, version.Minor, version.Build)
        : new Version(0, 0, 0);

    /// <summary>The exit code a script has asked for with <c>exit</c>; null if none has.</summary>
    public int? RequestedExit { get; private set; }

    /// <summary>What is written to and asked from the user.</summary>
    public ShellUserInterface Interface { get; } = new(nonInteractive);

    /// <inheritdoc/>
    public override string Name => "PatientTools.Shell";

    /// <inheritdoc/>
    public override Version Version => ProductVersion;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override PSHostUserInterface UI => Interface;

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => RequestedExit = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw new NotSupportedException("This shell has no nested prompt.");

    /// <inheritdoc/>
    public override void ExitNestedPrompt()
    {
        // Nothing to leave: there is no nested prompt.
    }

    /// <inheritdoc/>
    public override void NotifyBeginApplication() => Interface.ClearProgress();

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
        // A native program leaves the terminal as it was.
    }
}
