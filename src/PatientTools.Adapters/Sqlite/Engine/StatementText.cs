namespace PatientTools.Adapters.Sqlite.Engine;

/// <summary>One SQL statement of the product. Its number is the slot in which each connection keeps it prepared.</summary>
internal sealed class StatementText
{
    private static int _count;

    public StatementText(string sql)
    {
        Sql = sql;
        Slot = Interlocked.Increment(ref _count) - 1;
    }

    public string Sql { get; }

    public int Slot { get; }

    /// <inheritdoc/>
    public override string ToString() => Sql;
}
