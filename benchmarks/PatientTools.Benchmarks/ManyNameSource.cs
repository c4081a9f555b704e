using PatientTools.Adapters.Samples;
using PatientTools.Synthesis;

namespace PatientTools.Benchmarks;

/// <summary>The usual sample names and a few hundred thousand rare family names, so that a million patients have names as a whole country has.</summary>
internal sealed class ManyNameSource : ISampleNameSource
{
    private static readonly string[] Beginnings = "Alten Bach Berg Birken Blum Brand Breit Bruck Buchen Burg Dachs Dorn Eber Eck Eich Elsen Erlen Falken Feld Fichten Fisch Franken Freuden Geier Gold Grau Grün Hager Hasel Heide Herz Hirsch Hof Holz Hoch Kalten Kirch Klein Kranz Kupfer Lang Laub Linden Löwen Mai Mittel Moos Mühl Nieder Nuss Ober Rabe Rauten Reh Rosen Roth Sand Schön Silber Sommer Stein Stern Tannen".Split(' ');
    private static readonly string[] Middles = "a auer bach berg bichl blatt born brink bruch busch dahl eck el en er feld felder gart grab grund hag hain halm hard haus heim hof holt horn kamp ker kopf lach land lau lein ling lohe mann moser mühl nagel obst ost rain rasch reut rick sched schlag see sieder stadt stall stein stett tal tann teich wald wang weid wies win zell".Split(' ');
    private static readonly string[] Endings = "able acher baum beck bert brecht bold dorfer egger enz er ert feil frank fried gebauer grimm gruber hage hardt hart helm hold huber inger jahn kamm kern kötter lieb lin maier mann mayr meier ner now pert rath reiter ried ruf sack schmid schmitt seder sen ske sohn stetter storf ter träger ulrich voss wein wetter witz wolf zer".Split(' ');
    private readonly BogusNameSource _usual = new();

    public IReadOnlyList<string> Surnames { get; } = [.. from begin in Beginnings from middle in Middles from end in Endings select begin + middle + end];

    public IReadOnlyList<string> FemaleGivenNames => _usual.FemaleGivenNames;

    public IReadOnlyList<string> MaleGivenNames => _usual.MaleGivenNames;

    public IReadOnlyList<string> Streets => _usual.Streets;
}
