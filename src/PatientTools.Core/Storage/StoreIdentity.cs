namespace PatientTools.Storage;

/// <summary>Who a store is.</summary>
/// <param name="StoreId">Fixed at its making.</param>
/// <param name="Epoch">Random, new on every restore or copy; sequences compare only within one.</param>
/// <param name="FormatVersion">The version of the stored format, from 1.</param>
/// <param name="Created">When the store was made (UTC).</param>
public sealed record StoreIdentity(Guid StoreId, Guid Epoch, int FormatVersion, DateTime Created)
{
    /// <summary>The store's id, for messages at the prompt.</summary>
    /// <returns>The id.</returns>
    public override string ToString() => StoreId.ToString();
}
