using System.Runtime.InteropServices;

namespace PatientTools.Search.Filter;

/// <summary>A filter that cannot be used, with the place that is wrong.</summary>
public sealed class FilterException : PatientToolsException
{
    internal FilterException(string errorId, string problem, string filter, FilterPlace place, Exception? inner = null)
        : base(errorId, problem + FilterExcerpt.Of(filter, place), ErrorKind.InvalidArgument, inner)
    {
        Problem = problem;
        Start = place.Start;
        Length = place.Length;
        Target = FilterExcerpt.Shorten(filter);
    }

    /// <summary>What is wrong and what to do, without the filter.</summary>
    public string Problem { get; }

    /// <summary>Where the wrong part of the filter begins, in characters from 0.</summary>
    public int Start { get; }

    /// <summary>How many characters the wrong part has; 0 where something is missing.</summary>
    public int Length { get; }
}

/// <summary>A part of a filter.</summary>
/// <param name="Start">Where it begins, in characters from 0.</param>
/// <param name="End">The first character behind it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FilterPlace(int Start, int End)
{
    /// <summary>How many characters it has.</summary>
    public int Length => End - Start;

    /// <summary>From the start of this to the end of another.</summary>
    public FilterPlace To(FilterPlace last) => new(Start, last.End);
}
