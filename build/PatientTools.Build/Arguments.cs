namespace PatientTools.Build;

/// <summary>The words and the <c>--name value</c> options of a command line.</summary>
/// <param name="Words">What is not an option, in order.</param>
/// <param name="Options">The options; one without a value has an empty one.</param>
internal sealed record Arguments(string[] Words, IReadOnlyDictionary<string, string> Options)
{
    public static Arguments Parse(string[] args)
    {
        List<string> words = [];
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
                words.Add(args[i]);
            else if (i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal))
                options[args[i][2..]] = args[++i];
            else
                options[args[i][2..]] = "";
        }

        return new([.. words], options);
    }

    public string Require(string option) =>
        Options.TryGetValue(option, out var value) && value.Length > 0
            ? value
            : throw new BuildException($"The option --{option} is missing.");
}
