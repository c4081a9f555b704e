using System.Runtime.InteropServices;
using System.Text;

namespace PatientTools.Shell;

/// <summary>What standard output and error are connected to, and what may be written there.</summary>
internal static partial class Terminal
{
    /// <summary>The width of output that goes to no terminal, in columns.</summary>
    private const int RedirectedWidth = 120;

    private static readonly bool ColourWanted =
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not "dumb";

    /// <summary>Whether escape sequences may be written to standard output.</summary>
    public static bool OutputTakesColour => ColourWanted && !Console.IsOutputRedirected && UnderstandsEscapes;

    /// <summary>Whether escape sequences may be written to standard error.</summary>
    public static bool ErrorTakesColour => ColourWanted && !Console.IsErrorRedirected && UnderstandsEscapes;

    /// <summary>Whether somebody sits there and can answer.</summary>
    public static bool CanAsk => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>The width of standard output in columns.</summary>
    public static int Width
    {
        get
        {
            if (Console.IsOutputRedirected)
                return RedirectedWidth;
            try
            {
                return Console.WindowWidth is > 0 and var width ? width : RedirectedWidth;
            }
            catch (IOException)
            {
                // A terminal that has no size, such as the console of a service.
                return RedirectedWidth;
            }
        }
    }

    private static bool UnderstandsEscapes { get; set; } = true;

    /// <summary>UTF-8 without a byte order mark in and out, whatever the system's code page.</summary>
    public static void Prepare()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (OperatingSystem.IsWindows())
            UnderstandsEscapes = EnableEscapes();
        try
        {
            Console.OutputEncoding = utf8;
            Console.InputEncoding = utf8;
        }
        catch (IOException)
        {
            // Windows without a console: the streams below are all there is.
        }

        if (Console.IsOutputRedirected)
            Console.SetOut(Writer(Console.OpenStandardOutput()));
        if (Console.IsErrorRedirected)
            Console.SetError(Writer(Console.OpenStandardError()));

        TextWriter Writer(Stream stream) => TextWriter.Synchronized(new StreamWriter(stream, utf8) { AutoFlush = true });
    }

    /// <summary>Windows consoles understand escape sequences only once they are asked to.</summary>
    private static bool EnableEscapes()
    {
        const int standardOutput = -11;
        const uint virtualTerminalProcessing = 4;
        var handle = GetStdHandle(standardOutput);
        return GetConsoleMode(handle, out var mode) && SetConsoleMode(handle, mode | virtualTerminalProcessing);
    }

    [LibraryImport("kernel32.dll")]
    private static partial IntPtr GetStdHandle(int handle);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(IntPtr handle, out uint mode);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleMode(IntPtr handle, uint mode);
}
