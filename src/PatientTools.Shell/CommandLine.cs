namespace PatientTools.Shell;

/// <summary>What the shell is asked to do.</summary>
internal enum ShellAction
{
    Interactive,
    Command,
    File,
    Version,
    Help,
}

/// <summary>A mistake on the command line.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The command line, with <c>pwsh</c>'s parameter names and abbreviations.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Text">The command's text, or the script's path.</param>
/// <param name="ScriptArguments">What follows the script's path, untouched.</param>
/// <param name="NonInteractive">Whether prompts fail at once.</param>
internal sealed record CommandLine(ShellAction Action, string Text, string[] ScriptArguments, bool NonInteractive)
{
    public const string Usage = """

        Usage: PatientTools.Shell [-NonInteractive] [[-File] <script> [<argument> ...]]
               PatientTools.Shell [-NonInteractive] -Command { - | <text> }
               PatientTools.Shell -Version | -Help

          -Command         Runs the text; with - the text comes from standard input.
          -File            Runs the script. What follows is for the script: -Name value,
                           -Switch, -Switch:$false, or values by position.
          -NonInteractive  Prompts are errors, so that a scheduled task never hangs.
          -NoProfile, -NoLogo, -ExecutionPolicy <name>
                           Are accepted and change nothing: there is no profile, no
                           banner on a script, and a file named here may run.

        Without arguments, or with a terminal and nothing to run, it asks for commands.
        """;

    private static readonly string[] Names =
        ["Command", "File", "NonInteractive", "NoProfile", "NoLogo", "ExecutionPolicy", "Version", "Help"];

    // Abbreviations pwsh documents that begin more than one name.
    private static readonly Dictionary<string, string> Short = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ep"] = "ExecutionPolicy",
        ["ex"] = "ExecutionPolicy",
        ["?"] = "Help",
    };

    public static CommandLine Parse(string[] args)
    {
        var nonInteractive = false;
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith('-'))
                return ForFile(args, i, nonInteractive);
            switch (NameOf(args[i]))
            {
                case "NonInteractive":
                    nonInteractive = true;
                    break;
                case "ExecutionPolicy":
                    i++;
                    break;
                case "Version":
                    return new(ShellAction.Version, "", [], nonInteractive);
                case "Help":
                    return new(ShellAction.Help, "", [], nonInteractive);
                case "File":
                    return ForFile(args, i + 1, nonInteractive);
                case "Command":
                    return i + 1 < args.Length
                        ? new(ShellAction.Command, string.Join(' ', args[(i + 1)..]), [], nonInteractive)
                        : throw new UsageException("-Command needs the text to run, or - to read it from standard input.");
            }
        }

        return new(ShellAction.Interactive, "", [], nonInteractive);
    }

    private static CommandLine ForFile(string[] args, int index, bool nonInteractive)
    {
        if (index >= args.Length)
            throw new UsageException("-File needs the path of a script.");
        var path = Path.GetFullPath(args[index]);
        return File.Exists(path)
            ? new(ShellAction.File, path, args[(index + 1)..], nonInteractive)
            : throw new UsageException($"There is no script file '{args[index]}'. Check the path.");
    }

    private static string NameOf(string option)
    {
        var text = option.TrimStart('-');
        if (Short.TryGetValue(text, out var known))
            return known;
        var matches = Names.Where(name => text.Length > 0 && name.StartsWith(text, StringComparison.OrdinalIgnoreCase)).ToList();
        return matches.Count == 1
            ? matches[0]
            : throw new UsageException(matches.Count == 0
                ? $"There is no option '{option}'."
                : $"'{option}' may mean {string.Join(" or ", matches.Select(name => "-" + name))}.");
    }
}
