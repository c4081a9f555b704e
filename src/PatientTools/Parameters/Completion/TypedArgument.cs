using System.Management.Automation.Language;

namespace PatientTools.Parameters.Completion;

/// <summary>An argument as somebody is typing it: its text, and the quotes in which it stands.</summary>
internal sealed class TypedArgument
{
    private readonly char _quote;
    private readonly bool _isClosed = true;
    private readonly bool _isRaw;

    /// <summary>Reads what is typed.</summary>
    /// <param name="command">The command.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="word">The word as PowerShell hands it over: a string with both its quotes, and without what they escaped.</param>
    public TypedArgument(CommandAst command, string parameter, string word)
    {
        _quote = word is ['\'' or '"', ..] ? word[0] : '\0';
        Text = _quote == '\0' ? word : word.Length > 1 && word[^1] == _quote ? word[1..^1] : word[1..];
        if (_quote != '\0' && Written(command, parameter) is { } written)
        {
            _isClosed = written.Extent.Text is [_, .., var last] && last == _quote;

            // PowerShell leaves the values of variables out; here they stay variables.
            (Text, _isRaw) = written is ExpandableStringExpressionAst expandable ? (expandable.Value, true) : (Text, false);
        }
    }

    /// <summary>What stands between the quotes.</summary>
    public string Text { get; }

    /// <summary>The quotes for text within this text that need no doubling.</summary>
    public char InnerQuote => _quote == '\'' ? '"' : '\'';

    /// <summary>The whole argument with the text replaced from some place on, in the same quotes; quotes it needs are added.</summary>
    /// <param name="start">How much of <see cref="Text"/> stays.</param>
    /// <param name="replacement">What comes behind it.</param>
    /// <returns>The argument as it is written in PowerShell.</returns>
    public string With(int start, string replacement)
    {
        var kept = Text[..start];
        var quote = _quote != '\0' ? _quote : (kept + replacement).All(IsPlain) ? '\0' : '\'';
        var text = _isRaw ? kept + Escape(replacement, quote) : Escape(kept + replacement, quote);
        return quote == '\0' ? text : quote + text + (_isClosed ? quote : "");
    }

    /// <summary>Text as it stands between quotes, in PowerShell and in filters alike.</summary>
    /// <param name="text">The text.</param>
    /// <param name="quote">The quote; none for a bare word.</param>
    /// <returns>The text with what means something there escaped.</returns>
    public static string Escape(string text, char quote) => quote switch
    {
        '"' => string.Concat(text.Select(c => c is '"' or '`' or '$' ? $"`{c}" : $"{c}")),
        '\'' => text.Replace("'", "''", StringComparison.Ordinal),
        _ => text,
    };

    private static bool IsPlain(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '/' or ':';

    private static Ast? Written(CommandAst command, string parameter)
    {
        for (var i = 0; i < command.CommandElements.Count; i++)
        {
            if (command.CommandElements[i] is CommandParameterAst named && parameter.StartsWith(named.ParameterName, StringComparison.OrdinalIgnoreCase))
            {
                return named.Argument ?? command.CommandElements.ElementAtOrDefault(i + 1);
            }
        }

        return null;
    }
}
