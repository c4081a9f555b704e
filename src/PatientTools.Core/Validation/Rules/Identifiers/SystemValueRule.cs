using System.Text;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Identifiers;

/// <summary>Looks at every value that stands beside a certain system, wherever it stands: in the document, in the record.</summary>
/// <param name="id">The rule's id.</param>
/// <param name="severity">Its severity.</param>
/// <param name="category">Its category.</param>
/// <param name="type">What it reports.</param>
/// <param name="member">The member beside <c>system</c>.</param>
/// <param name="systems">The systems.</param>
/// <param name="traces">Texts without a slash, of which every spelling of the systems holds one: JSON may write a slash as <c>\/</c>.</param>
internal abstract class SystemValueRule(string id, IssueSeverity severity, RuleCategory category, IssueType type, string member, string[] systems, string[] traces)
    : ContentRule(id, severity, category, type)
{
    private readonly byte[] _member = Encoding.UTF8.GetBytes(member);
    private readonly byte[][] _systems = Array.ConvertAll(systems, Encoding.UTF8.GetBytes);
    private readonly byte[][] _traces = Array.ConvertAll(traces, Encoding.UTF8.GetBytes);

    /// <inheritdoc/>
    public sealed override void Check(PatientContent patient, IssueSink issues, CancellationToken cancellation)
    {
        Check(patient.Document, issues);
        for (var i = 0; i < patient.Record.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Check(patient.Record[i], issues);
        }
    }

    /// <summary>Checks one value.</summary>
    /// <param name="resource">The document.</param>
    /// <param name="node">The value: text, not empty.</param>
    /// <param name="issues">Takes what is found.</param>
    protected abstract void CheckValue(ResourceContent resource, int node, IssueSink issues);

    private void Check(ResourceContent resource, IssueSink issues)
    {
        if (!HasTrace(resource.Utf8))
        {
            return;
        }

        var nodes = resource.Nodes;
        for (var node = 1; node < nodes.Length; node++)
        {
            if (nodes[node].Kind != ContentKind.Text || nodes[node].Index >= 0 || !IsSystem(resource.TextOf(node)) || resource.Member(nodes[node].Parent, "system"u8) != node)
            {
                continue;
            }

            if (resource.Member(nodes[node].Parent, _member) is var value and not 0 && nodes[value] is { Kind: ContentKind.Text, Length: > 0 })
            {
                CheckValue(resource, value, issues);
            }
        }
    }

    private bool HasTrace(ReadOnlySpan<byte> json)
    {
        foreach (var trace in _traces)
        {
            if (json.IndexOf(trace) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsSystem(ReadOnlySpan<byte> text)
    {
        foreach (var system in _systems)
        {
            if (text.SequenceEqual(system))
            {
                return true;
            }
        }

        return false;
    }
}
