using System.Text;
using PatientTools.Validation.Content;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Rules.Identifiers;

/// <summary>Looks at every value that stands beside a certain system, wherever it stands: in the document, in the record.</summary>
/// <param name="id">The rule's id.</param>
/// <param name="severity">Its severity.</param>
/// <param name="category">Its category.</param>
/// <param name="type">What it reports.</param>
/// <param name="member">The member beside <c>system</c>.</param>
/// <param name="systems">The systems.</param>
internal abstract class SystemValueRule(string id, IssueSeverity severity, RuleCategory category, IssueType type, string member, string[] systems)
    : ContentRule(id, severity, category, type)
{
    private readonly byte[] _member = Encoding.UTF8.GetBytes(member);
    private readonly byte[][] _systems = Array.ConvertAll(systems, Encoding.UTF8.GetBytes);
    private readonly ulong _bits = systems.Aggregate(0UL, (bits, system) => bits | NodeRow.BitOf(Encoding.UTF8.GetBytes(system)));

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
        if (!resource.MayHaveSystemOf(_bits))
        {
            return;
        }

        var nodes = resource.Nodes;
        for (var node = 1; node < nodes.Length; node++)
        {
            if (nodes[node] is not { Kind: ContentKind.Text, Element: not 0 } text || FhirModel.Element(text.Element).Trace != FhirTrace.System || !IsSystem(resource.TextOf(node)))
            {
                continue;
            }

            if (resource.Member(nodes[node].Parent, _member) is var value and not 0 && nodes[value] is { Kind: ContentKind.Text, Length: > 0 })
            {
                CheckValue(resource, value, issues);
            }
        }
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
