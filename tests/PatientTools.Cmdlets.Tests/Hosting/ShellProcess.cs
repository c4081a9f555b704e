using System.Diagnostics;

namespace PatientTools.Cmdlets.Tests.Hosting;

/// <summary>The shell as a process of its own, with its streams redirected.</summary>
internal static class ShellProcess
{
    /// <summary>Longer than any run takes; a hanging shell fails its test and does not hang the suite.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        start.ArgumentList.Add(Places.ShellProgram);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    public static Task<ShellResult> Run(params string[] arguments) => RunWithInput("", arguments);

    public static async Task<ShellResult> RunWithInput(string input, params string[] arguments)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await Finish(process);
    }

    public static async Task<ShellResult> Finish(Process process, TimeSpan? longest = null)
    {
        using var patience = new CancellationTokenSource(longest ?? Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, (await output).ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}

/// <summary>What a run of the shell has left.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Error);
