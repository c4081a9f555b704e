using System.Text;
using PatientTools.Search.Index;

namespace PatientTools.Search.Conditions;

/// <summary>Asks the entries of one patient what the index asks those of all: the same test of the same bytes.</summary>
internal static class SubjectEntries
{
    private const int StackLength = 512;

    /// <summary>Whether a patient has an entry of one of some kinds that passes a test.</summary>
    /// <param name="subject">The patient; its record is only read when the kinds are about it.</param>
    /// <param name="kinds">The kinds.</param>
    /// <param name="test">The test.</param>
    public static bool HasEntry(this PatientSubject subject, IReadOnlyList<SearchEntryKind> kinds, TermTest test)
    {
        var entries = kinds.Any(IsBesideDocument) ? subject.Entries : subject.State.Document.SearchEntries;
        foreach (var entry in entries)
        {
            if (kinds.Contains(entry.Kind) && IsPassed(entry.Term, test))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBesideDocument(SearchEntryKind kind) => kind >= SearchEntryKind.Condition;

    private static bool IsPassed(string term, TermTest test)
    {
        var most = Encoding.UTF8.GetMaxByteCount(term.Length);
        var bytes = most <= StackLength ? stackalloc byte[StackLength] : new byte[most];
        return test(bytes[..Encoding.UTF8.GetBytes(term, bytes)]);
    }
}
