using System.Globalization;

namespace PatientTools.Synthesis;

/// <summary>A German city and the span of its postal codes.</summary>
/// <param name="Name">The name.</param>
/// <param name="FirstPostalCode">The lowest postal code as a number.</param>
/// <param name="LastPostalCode">The highest postal code as a number.</param>
internal sealed record City(string Name, int FirstPostalCode, int LastPostalCode)
{
    /// <summary>A postal code of the city: five digits, leading zeros included.</summary>
    public string PostalCode(ref SampleRandom random) =>
        random.Between(FirstPostalCode, LastPostalCode).ToString("D5", CultureInfo.InvariantCulture);
}

/// <summary>German cities, weighted by inhabitants in thousands, with the span of postal codes of their streets; the largest in several rows.</summary>
internal static class Cities
{
    private const string Table = """
        1255 Berlin|10115|10999
        900 Berlin|12043|12527
        500 Berlin|12555|12689
        700 Berlin|13051|13629
        400 Berlin|14050|14199
        500 Hamburg|20095|20539
        300 Hamburg|21029|21149
        1092 Hamburg|22041|22769
        1512 München|80331|81929
        1084 Köln|50667|51149
        773 Frankfurt am Main|60306|60599
        632 Stuttgart|70173|70629
        629 Düsseldorf|40210|40629
        616 Leipzig|04103|04357
        593 Dortmund|44135|44388
        584 Essen|45127|45359
        569 Bremen|28195|28779
        563 Dresden|01067|01328
        545 Hannover|30159|30659
        523 Nürnberg|90402|90491
        503 Duisburg|47051|47279
        365 Bochum|44787|44894
        358 Wuppertal|42103|42399
        338 Bielefeld|33602|33739
        336 Bonn|53111|53229
        320 Münster|48143|48167
        316 Mannheim|68159|68309
        309 Karlsruhe|76131|76229
        301 Augsburg|86150|86199
        283 Wiesbaden|65183|65207
        268 Mönchengladbach|41061|41239
        263 Gelsenkirchen|45879|45899
        253 Aachen|52062|52080
        252 Braunschweig|38100|38126
        249 Chemnitz|09111|09131
        248 Kiel|24103|24159
        242 Halle (Saale)|06108|06132
        239 Magdeburg|39104|39130
        236 Freiburg im Breisgau|79098|79117
        228 Krefeld|47798|47839
        222 Mainz|55116|55131
        218 Lübeck|23552|23570
        215 Erfurt|99084|99099
        211 Oberhausen|46045|46149
        209 Rostock|18055|18147
        204 Kassel|34117|34134
        190 Hagen|58089|58135
        187 Potsdam|14467|14482
        186 Saarbrücken|66111|66133
        180 Hamm|59063|59077
        176 Ludwigshafen am Rhein|67059|67071
        174 Oldenburg|26121|26135
        173 Mülheim an der Ruhr|45468|45481
        168 Osnabrück|49074|49090
        166 Leverkusen|51371|51381
        165 Darmstadt|64283|64297
        162 Heidelberg|69115|69126
        161 Solingen|42651|42719
        158 Regensburg|93047|93059
        157 Herne|44623|44653
        155 Paderborn|33098|33106
        154 Neuss|41460|41472
        142 Ingolstadt|85049|85057
        135 Offenbach am Main|63065|63075
        133 Fürth|90762|90768
        128 Würzburg|97070|97084
        128 Ulm|89073|89081
        128 Heilbronn|74072|74081
        127 Pforzheim|75172|75181
        126 Wolfsburg|38440|38448
        118 Bottrop|46236|46244
        118 Göttingen|37073|37085
        117 Reutlingen|72760|72770
        117 Koblenz|56068|56077
        117 Erlangen|91052|91058
        116 Bremerhaven|27568|27580
        113 Remscheid|42853|42899
        112 Bergisch Gladbach|51427|51469
        112 Trier|54290|54296
        111 Recklinghausen|45657|45665
        110 Jena|07743|07751
        106 Moers|47441|47447
        104 Salzgitter|38226|38259
        104 Siegen|57072|57080
        102 Gütersloh|33330|33335
        102 Hildesheim|31134|31141
        101 Hanau|63450|63457
        100 Kaiserslautern|67655|67663
        98 Cottbus|03042|03055
        98 Schwerin|19053|19063
        97 Witten|58452|58456
        95 Esslingen am Neckar|73728|73734
        95 Gera|07545|07557
        94 Ludwigsburg|71634|71642
        93 Iserlohn|58636|58644
        93 Gießen|35390|35398
        92 Düren|52349|52355
        92 Tübingen|72070|72076
        91 Zwickau|08056|08066
        91 Flensburg|24937|24944
        90 Ratingen|40878|40885
        89 Lünen|44532|44536
        88 Villingen-Schwenningen|78048|78056
        85 Konstanz|78462|78467
        84 Marl|45768|45772
        84 Worms|67547|67551
        82 Velbert|42549|42555
        82 Minden|32423|32429
        80 Norderstedt|22844|22851
        80 Dessau-Roßlau|06842|06862
        79 Neumünster|24534|24539
        78 Bamberg|96047|96052
        78 Delmenhorst|27749|27755
        77 Marburg|35037|35043
        76 Viersen|41747|41751
        76 Rheine|48429|48432
        76 Lüneburg|21335|21339
        75 Wilhelmshaven|26382|26389
        75 Gladbeck|45964|45968
        75 Dorsten|46282|46286
        74 Troisdorf|53840|53844
        74 Bayreuth|95444|95448
        73 Detmold|32756|32760
        73 Landshut|84028|84036
        73 Castrop-Rauxel|44575|44581
        72 Arnsberg|59755|59823
        71 Brandenburg an der Havel|14770|14776
        71 Lüdenscheid|58507|58515
        71 Aschaffenburg|63739|63743
        70 Bocholt|46395|46399
        69 Celle|29221|29229
        69 Kempten (Allgäu)|87435|87439
        68 Fulda|36037|36043
        68 Aalen|73430|73434
        68 Lippstadt|59555|59558
        68 Dinslaken|46535|46539
        67 Herford|32049|32052
        66 Rüsselsheim am Main|65428|65428
        65 Kerpen|50169|50171
        65 Neuwied|56564|56567
        65 Weimar|99423|99427
        65 Sindelfingen|71063|71069
        64 Plauen|08523|08529
        64 Dormagen|41539|41542
        63 Neubrandenburg|17033|17036
        63 Grevenbroich|41515|41517
        63 Rosenheim|83022|83026
        61 Herten|45699|45701
        61 Bergheim|50126|50129
        61 Friedrichshafen|88045|88048
        60 Wesel|46483|46487
        60 Schwäbisch Gmünd|73525|73529
        60 Garbsen|30823|30827
        60 Offenburg|77652|77656
        59 Greifswald|17489|17493
        59 Stralsund|18435|18439
        59 Hürth|50354|50354
        58 Unna|59423|59427
        57 Göppingen|73033|73037
        57 Langenhagen|30851|30855
        57 Euskirchen|53879|53881
        57 Frankfurt (Oder)|15230|15236
        57 Hameln|31785|31789
        56 Görlitz|02826|02828
        55 Stolberg (Rheinland)|52222|52224
        55 Baden-Baden|76530|76534
        54 Hilden|40721|40724
        54 Schweinfurt|97421|97424
        53 Nordhorn|48527|48531
        53 Passau|94032|94036
        53 Neustadt an der Weinstraße|67433|67435
        52 Speyer|67346|67346
        52 Wetzlar|35576|35586
        52 Wolfenbüttel|38300|38304
        51 Freising|85354|85356
        51 Ravensburg|88212|88214
        50 Emden|26721|26725
        50 Peine|31224|31228
        48 Lingen (Ems)|49808|49811
        47 Goslar|38640|38644
        46 Hof|95028|95032
        43 Straubing|94315|94315
        42 Cuxhaven|27472|27478
        42 Amberg|92224|92224
        41 Coburg|96450|96450
        41 Eisenach|99817|99817
        41 Freiberg|09599|09599
        40 Ansbach|91522|91522
        39 Bautzen|02625|02625
        36 Suhl|98527|98529
        34 Pirna|01796|01796
        31 Memmingen|87700|87700
        """;

    public static Weighted<City> All { get; } = Weighted.Table(Table, '|', fields => new City(
        fields[0],
        int.Parse(fields[1], CultureInfo.InvariantCulture),
        int.Parse(fields[2], CultureInfo.InvariantCulture)));
}
