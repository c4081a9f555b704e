using System.Globalization;
using PatientTools.Backups.Archive;
using PatientTools.Interchange;

namespace PatientTools.Backups.Restoring;

/// <summary>Reads members on all cores and hands their lines on in order; how much is under way at once is bounded.</summary>
/// <param name="losses">Told of what cannot be read.</param>
/// <param name="cancellation">Stops.</param>
internal sealed class MemberReading(RestoreLosses losses, CancellationToken cancellation)
{
    /// <summary>What a line becomes weighs several times what it weighs itself.</summary>
    private const int WeightOfByte = 6;
    private const long MostUnderWay = 32 << 20;

    /// <summary>Reads the members of a kind.</summary>
    /// <typeparam name="T">What a line is.</typeparam>
    /// <param name="backups">Of these backups, in this order.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="read">Reads a line, called from many threads.</param>
    /// <param name="done">Told of each member that is done.</param>
    /// <returns>What the lines are. What cannot be read is told, and left out.</returns>
    /// <exception cref="PatientToolsException"><c>BackupDamaged</c>, unless losses are accepted.</exception>
    public IEnumerable<(BackupReader Backup, T Item)> Read<T>(
        IEnumerable<BackupReader> backups, BackupMemberKind kind, Func<ReadOnlyMemory<byte>, T> read, Action<BackupMember>? done = null)
    {
        var members = backups.SelectMany(backup => backup.Manifest.Members.Where(member => member.Kind == kind).Select(member => (Backup: backup, Member: member)));
        var contents = OrderedParallel.Select(
            members, one => Content<T>.Of(one.Backup, one.Member, read, cancellation), one => one.Member.Bytes * WeightOfByte, MostUnderWay, Environment.ProcessorCount, cancellation);
        foreach (var content in contents)
        {
            if (content.Damage is not null)
            {
                losses.Member(content.Backup, content.Member, content.Lost, content.Damage);
            }

            foreach (var item in content.Items)
            {
                yield return (content.Backup, item);
            }

            done?.Invoke(content.Member);
        }
    }

    /// <summary>What a member holds.</summary>
    private sealed record Content<T>(BackupReader Backup, BackupMember Member, List<T> Items, long Lost, PatientToolsException? Damage)
    {
        public static Content<T> Of(BackupReader backup, BackupMember member, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellation)
        {
            ReadOnlyMemory<byte> lines;
            try
            {
                lines = backup.Read(member);
            }
            catch (PatientToolsException e) when (e.Kind == ErrorKind.Damaged || e.ErrorId == "FileUnreadable")
            {
                return new(backup, member, [], member.Lines, e);
            }

            return Of(backup, member, lines, read, cancellation);
        }

        private static Content<T> Of(
            BackupReader backup, BackupMember member, ReadOnlyMemory<byte> lines, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellation)
        {
            var items = new List<T>((int)Math.Min(member.Lines, lines.Length));
            PatientToolsException? damage = null;
            for (long number = 1; !lines.IsEmpty; number++)
            {
                cancellation.ThrowIfCancellationRequested();
                var end = lines.Span.IndexOf((byte)'\n');
                var line = end < 0 ? lines : lines[..end];
                lines = end < 0 ? default : lines[(end + 1)..];
                try
                {
                    items.Add(read(line));
                }
                catch (InvalidDocumentException e)
                {
                    damage ??= BackupErrors.Damaged(backup.Path, member, string.Create(CultureInfo.InvariantCulture, $"line {number} cannot be read ({e.Problem})"), e);
                }
            }

            if (items.Count != member.Lines)
            {
                damage ??= BackupErrors.Damaged(backup.Path, member, string.Create(CultureInfo.InvariantCulture, $"there are {items.Count} lines"));
            }

            return new(backup, member, items, Math.Max(member.Lines - items.Count, 0), damage);
        }
    }
}
