using System.Runtime.InteropServices;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Content;

/// <summary>
/// Remembers which member followed which. Documents of one source are written alike, so that the next member is mostly the one
/// that followed last time: comparing its name is quicker than finding the end of the name and looking it up. Belongs to one thread.
/// </summary>
internal sealed class MemberGuesses
{
    private readonly Guess[] _guesses = new Guess[FhirModel.ElementCount + 1];

    /// <summary>The member that probably comes next.</summary>
    /// <param name="before">The number of the member before; for the first one, of the element whose members these are.</param>
    /// <param name="isFirst">Whether it is the first one.</param>
    /// <param name="type">The type whose members these are.</param>
    /// <returns>The member; null when nobody knows.</returns>
    public FhirElement? this[ushort before, bool isFirst, FhirType type]
    {
        get
        {
            ref readonly var guess = ref _guesses[before];
            return isFirst ? ReferenceEquals(guess.FirstOf, type) ? guess.First : null
                : ReferenceEquals(guess.NextOf, type) ? guess.Next
                : null;
        }
    }

    /// <summary>Remembers which member came.</summary>
    /// <param name="before">As above.</param>
    /// <param name="isFirst">As above.</param>
    /// <param name="type">As above.</param>
    /// <param name="element">The member that came.</param>
    public void Remember(ushort before, bool isFirst, FhirType type, FhirElement element)
    {
        ref var guess = ref _guesses[before];
        if (isFirst)
        {
            (guess.FirstOf, guess.First) = (type, element);
        }
        else
        {
            (guess.NextOf, guess.Next) = (type, element);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Guess
    {
        public FhirType? FirstOf;
        public FhirElement? First;
        public FhirType? NextOf;
        public FhirElement? Next;
    }
}
