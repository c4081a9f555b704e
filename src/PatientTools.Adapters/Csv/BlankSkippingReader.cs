namespace PatientTools.Adapters.Csv;

/// <summary>Passes CSV text on without the blanks that stand right behind a separator outside quotes.</summary>
internal sealed class BlankSkippingReader(TextReader text, char delimiter) : TextReader
{
    private bool _isQuoted;
    private bool _isBehindSeparator;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        while (true)
        {
            var read = text.Read(buffer);
            var kept = Keep(buffer[..read]);
            if (kept > 0 || read == 0)
            {
                return kept;
            }
        }
    }

    private int Keep(Span<char> characters)
    {
        var kept = 0;
        foreach (var c in characters)
        {
            if (c == ' ' && _isBehindSeparator)
            {
                continue;
            }

            if (c == '"')
            {
                _isQuoted = !_isQuoted;
            }

            _isBehindSeparator = c == delimiter && !_isQuoted;
            characters[kept++] = c;
        }

        return kept;
    }
}
