namespace PatientTools.Interchange;

/// <summary>Reading of content that may turn out not to be readable.</summary>
internal static class Chunks
{
    /// <summary>
    /// Ends the chunks with a rejection where the content cannot be read any further. What the caller asked for wrongly is
    /// thrown instead: it concerns all content alike.
    /// </summary>
    public static IEnumerable<ImportChunk> Guarded(string name, Func<string, IEnumerable<ImportChunk>> read)
    {
        using var chunks = read(name).GetEnumerator();
        while (true)
        {
            ImportChunk chunk;
            var isLast = false;
            try
            {
                if (!chunks.MoveNext())
                {
                    yield break;
                }

                chunk = chunks.Current;
            }
            catch (PatientToolsException e) when (e.Kind is not (ErrorKind.InvalidArgument or ErrorKind.NotSupported))
            {
                chunk = new ReadyChunk(new RejectedItem(new SourcePlace(name), e));
                isLast = true;
            }

            yield return chunk;
            if (isLast)
            {
                yield break;
            }
        }
    }
}
