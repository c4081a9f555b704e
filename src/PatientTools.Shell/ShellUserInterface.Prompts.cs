using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace PatientTools.Shell;

/// <summary>What is asked of the user.</summary>
/// <param name="nonInteractive">Whether a question is an error.</param>
internal sealed partial class ShellUserInterface(bool nonInteractive)
{
    /// <inheritdoc/>
    public override string ReadLine()
    {
        RequireSomebody("a line of input");
        return Console.In.ReadLine() ?? throw new PSInvalidOperationException("Standard input ended where an answer was expected.");
    }

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString()
    {
        RequireSomebody("a secret");
        var secret = new SecureString();
        foreach (var character in Console.IsInputRedirected ? ReadLine() : ReadMasked())
            secret.AppendChar(character);
        secret.MakeReadOnly();
        return secret;
    }

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        RequireSomebody(string.Join(", ", descriptions.Select(field => field.Name)));
        Head(caption, message);
        return descriptions.ToDictionary(field => field.Name, AskFor, StringComparer.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RequireSomebody(message);
        Head(caption, message);
        var labels = choices.Select(choice => new ChoiceLabel(choice.Label)).ToList();
        while (true)
        {
            Write(string.Join("  ", labels.Select(label => $"[{label.Key}] {label.Text}")) + "  [?] Help");
            Write(defaultChoice >= 0 ? $" (default is \"{labels[defaultChoice].Key}\"): " : ": ");
            var answer = ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;
            if (labels.FindIndex(label => label.Matches(answer)) is >= 0 and var chosen)
                return chosen;
            if (answer == "?")
                for (var i = 0; i < choices.Count; i++)
                    WriteLine($"{labels[i].Key} - {choices[i].HelpMessage}");
        }
    }

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        RequireSomebody("a credential");
        Head(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            Write("User: ");
            userName = ReadLine();
        }

        Write($"Password for user {userName}: ");
        return new PSCredential(userName, ReadLineAsSecureString());
    }

    private PSObject AskFor(FieldDescription field)
    {
        Write(field.Name + ": ");
        var type = Type.GetType(field.ParameterAssemblyFullName) ?? typeof(string);
        if (type == typeof(SecureString))
            return PSObject.AsPSObject(ReadLineAsSecureString());
        if (type == typeof(PSCredential))
            return PSObject.AsPSObject(PromptForCredential("", "", "", ""));
        return PSObject.AsPSObject(LanguagePrimitives.ConvertTo(ReadLine(), type, CultureInfo.InvariantCulture));
    }

    private void Head(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption))
            WriteLine(caption);
        if (!string.IsNullOrEmpty(message))
            WriteLine(message);
    }

    private void RequireSomebody(string what)
    {
        if (nonInteractive)
            throw new PSInvalidOperationException(
                $"The shell runs with -NonInteractive and cannot ask for this: {what}. Give the value as a parameter.");
    }

    private static string ReadMasked()
    {
        var typed = new List<char>();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key != ConsoleKey.Backspace)
            {
                if (!char.IsControl(key.KeyChar))
                {
                    typed.Add(key.KeyChar);
                    Console.Out.Write('*');
                }
            }
            else if (typed.Count > 0)
            {
                typed.RemoveAt(typed.Count - 1);
                Console.Out.Write("\b \b");
            }
        }

        Console.Out.WriteLine();
        return new string([.. typed]);
    }

    /// <summary>A choice such as <c>&amp;Yes</c>: the letter behind the ampersand answers for the whole.</summary>
    private readonly struct ChoiceLabel
    {
        public ChoiceLabel(string label)
        {
            var mark = label.IndexOf('&', StringComparison.Ordinal);
            Text = mark < 0 ? label : label.Remove(mark, 1);
            Key = mark >= 0 && mark < Text.Length ? Text[mark].ToString().ToUpperInvariant() : Text;
        }

        public string Key { get; }

        public string Text { get; }

        public bool Matches(string answer) =>
            answer.Equals(Key, StringComparison.OrdinalIgnoreCase) || answer.Equals(Text, StringComparison.OrdinalIgnoreCase);
    }
}
