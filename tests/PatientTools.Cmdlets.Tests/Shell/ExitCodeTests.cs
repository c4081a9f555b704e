using PatientTools.Cmdlets.Tests.Hosting;

namespace PatientTools.Cmdlets.Tests.Shell;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("1 + 1", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("throw 'x'", 1)]
    [InlineData("$ErrorActionPreference = 'Stop'; No-SuchCommand", 1)]
    [InlineData("No-SuchCommand", 1)]
    [InlineData("No-SuchCommand; 'goes on'", 0)]
    [InlineData("if (", 1)]
    public async Task A_command_ends_with_the_exit_code_pwsh_gives(string command, int expected) =>
        Assert.Equal(expected, (await ShellProcess.Run("-Command", command)).ExitCode);

    [Theory]
    [InlineData("'done'", 0)]
    [InlineData("exit 5", 5)]
    [InlineData("function Leave { exit 6 }; Leave; 'not reached'", 6)]
    [InlineData("throw 'x'", 1)]
    [InlineData("$ErrorActionPreference = 'Stop'; No-SuchCommand", 1)]
    [InlineData("No-SuchCommand", 0)]
    [InlineData("if (", 1)]
    public async Task A_script_ends_with_the_exit_code_pwsh_gives(string script, int expected)
    {
        using var file = new ScriptFile(script);
        var result = await ShellProcess.Run("-File", file.Path);
        Assert.Equal(expected, result.ExitCode);
        Assert.DoesNotContain("Unhandled exception", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not reached", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-File", "no-such-script.ps1")]
    [InlineData("-NoSuchOption")]
    [InlineData("-Command")]
    public async Task A_mistake_on_the_command_line_ends_with_64_and_the_usage(params string[] arguments)
    {
        var result = await ShellProcess.Run(arguments);
        Assert.Equal(64, result.ExitCode);
        Assert.Contains("Usage:", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("'ok'\nif (")]
    [InlineData("'ok'\n. { throw 'bad' }")]
    [InlineData("'ok'\n$ErrorActionPreference = 'Stop'; No-SuchCommand")]
    public async Task What_ends_a_script_is_told_with_the_file_and_the_line(string script)
    {
        using var file = new ScriptFile(script);
        var error = (await ShellProcess.Run("-File", file.Path)).Error;
        Assert.Matches(@"script\.ps1:( line )?2", error);
    }

    [Fact]
    public async Task Ctrl_C_stops_the_script_lets_it_clean_up_and_ends_with_130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A console signal reaches a whole group of processes on Windows.");
        using var file = new ScriptFile("""
            try { 'started'; while ($true) { $null = 1 } } finally { [System.IO.File]::WriteAllText("$PSCommandPath.cleaned", 'yes') }
            """);
        using var process = ShellProcess.Start("-File", file.Path);
        Assert.Equal("started", await process.StandardOutput.ReadLineAsync());
        using (var kill = System.Diagnostics.Process.Start("kill", ["-INT", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        var result = await ShellProcess.Finish(process);
        Assert.Equal(130, result.ExitCode);
        Assert.True(File.Exists(file.Path + ".cleaned"));
    }
}
