using System.Management.Automation;

namespace PatientTools.Shell;

/// <summary>Stands in for a command of the full PowerShell: takes any arguments and input, and fails with advice.</summary>
[Cmdlet("Missing", "Command")]
public sealed class MissingCommand : PSCmdlet
{
    /// <summary>Whatever comes down the pipeline.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? MissingCommandInput { get; set; }

    /// <summary>Whatever stands behind the name.</summary>
    [Parameter(ValueFromRemainingArguments = true)]
    public object[]? MissingCommandArguments { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var name = MyInvocation.InvocationName;
        ThrowTerminatingError(new ErrorRecord(
            new CommandNotFoundException(MissingCommands.AdviceFor(name) ?? $"'{name}' is not in this shell."),
            "CommandNotInThisShell",
            ErrorCategory.ObjectNotFound,
            name));
    }
}
