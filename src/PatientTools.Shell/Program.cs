using PatientTools.Shell;

// The engine counts its use for its makers unless told not to; where patients' data is at hand nothing is sent anywhere.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
Terminal.Prepare();

CommandLine command;
try
{
    command = CommandLine.Parse(args);
}
catch (UsageException problem)
{
    Console.Error.WriteLine(problem.Message);
    Console.Error.WriteLine(CommandLine.Usage);
    return ExitCode.Usage;
}

switch (command.Action)
{
    case ShellAction.Help:
        Console.WriteLine(CommandLine.Usage);
        return ExitCode.Success;
    case ShellAction.Version:
        Console.WriteLine($"PatientTools {ShellHost.ProductVersion}");
        return ExitCode.Success;
}

using var session = ShellSession.Open(command.NonInteractive);
return command.Action switch
{
    ShellAction.Command => session.RunText(command.Text == "-" ? Console.In.ReadToEnd() : command.Text),
    ShellAction.File => session.RunFile(command.Text, command.ScriptArguments),
    _ => new InteractiveLoop(session).Run(),
};
