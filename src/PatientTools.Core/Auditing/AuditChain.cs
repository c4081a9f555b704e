using PatientTools.Storage;

namespace PatientTools.Auditing;

/// <summary>Makes the links of the chain. SHA-256; each link's hash covers the one before it.</summary>
internal static class AuditChain
{
    /// <summary>How many patients one entry names at most.</summary>
    public const int MostPatients = 1000;

    /// <summary>What the first entry of a store continues: a hash of the store's id, so that a trail fits one store only.</summary>
    public static byte[] Origin(Guid storeId) => throw new NotSupportedException();

    /// <summary>The hash of an entry's number, time, fields and <see cref="AuditEntry.Previous"/>, each with its length, so that nothing can move from one field to another.</summary>
    public static byte[] HashOf(AuditEntry entry) => throw new NotSupportedException();

    /// <summary>Puts an entry behind the last one, inside a write transaction.</summary>
    /// <returns>The entry as it is in the chain.</returns>
    public static AuditEntry Append(IStoreWriter writer, Guid storeId, AuditDraft draft) => throw new NotSupportedException();
}
