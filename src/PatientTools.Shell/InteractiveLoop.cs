using System.Management.Automation.Language;

namespace PatientTools.Shell;

/// <summary>Reads, runs and prints until <c>exit</c> or the end of input.</summary>
internal sealed class InteractiveLoop(ShellSession session)
{
    public int Run()
    {
        if (Terminal.CanAsk)
            session.Interface.WriteLine($"PatientTools {ShellHost.ProductVersion}. Get-Command -Module PatientTools lists the cmdlets, exit leaves.");
        while (session.RequestedExit is null && ReadInput() is { } input)
            session.RunInteractive(input);
        return session.RequestedExit ?? ExitCode.Success;
    }

    /// <summary>One complete input; an unfinished one goes on in the next line, until an empty line ends it.</summary>
    private string? ReadInput()
    {
        Ask(session.PromptText());
        var input = Console.In.ReadLine();
        while (input is not null && IsUnfinished(input))
        {
            Ask(">> ");
            if (Console.In.ReadLine() is not { Length: > 0 } next)
                break;
            input += "\n" + next;
        }

        return input;
    }

    private void Ask(string prompt)
    {
        if (Terminal.CanAsk)
            session.Interface.Write(prompt);
    }

    private static bool IsUnfinished(string input)
    {
        Parser.ParseInput(input, out _, out var errors);
        return errors.Any(error => error.IncompleteInput);
    }
}
