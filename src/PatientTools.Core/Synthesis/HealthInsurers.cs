namespace PatientTools.Synthesis;

/// <summary>A payer of health care.</summary>
/// <param name="Name">The name.</param>
/// <param name="InstitutionNumber">The IK: nine digits.</param>
internal sealed record HealthInsurer(string Name, string InstitutionNumber);

/// <summary>German health insurers; statutory ones weighted by their insured (in 100,000; GKV-Spitzenverband), private ones evenly.</summary>
internal static class HealthInsurers
{
    private const string StatutoryTable = """
        110 Techniker Krankenkasse|101575519
        87 BARMER|104940005
        55 DAK-Gesundheit|101560000
        46 AOK Bayern|108310400
        45 AOK Baden-Württemberg|108018007
        35 AOK PLUS|107299005
        30 AOK NordWest|103411401
        30 AOK Rheinland/Hamburg|104212505
        29 AOK Niedersachsen|102114819
        30 IKK classic|107202793
        17 AOK Nordost|109519005
        17 AOK Hessen|105313145
        15 KKH Kaufmännische Krankenkasse|102171012
        14 KNAPPSCHAFT|109905003
        12 AOK Rheinland-Pfalz/Saarland|107310373
        11 SBK Siemens-Betriebskrankenkasse|108433248
        9 hkk Krankenkasse|103170002
        9 AOK Sachsen-Anhalt|101097008
        8 Audi BKK|108534160
        8 mhplus Krankenkasse|108035612
        7 VIACTIV Krankenkasse|104526376
        7 BAHN-BKK|109938503
        6 IKK Südwest|109303301
        6 pronova BKK|106492393
        5 BIG direkt gesund|103501080
        5 HEK - Hanseatische Krankenkasse|101570104
        5 IKK gesund plus|101202961
        4 Novitas BKK|104491707
        3 AOK Bremen/Bremerhaven|103119199
        3 IKK - Die Innovationskasse|101300129
        3 Bosch BKK|108036123
        2 BKK firmus|103121137
        2 SECURVITA Krankenkasse|101320032
        """;

    private const string PrivateTable = """
        1 Debeka Krankenversicherungsverein|168140288
        1 DKV Deutsche Krankenversicherung|168140448
        1 AXA Krankenversicherung|168140950
        1 Allianz Private Krankenversicherung|168140346
        1 SIGNAL IDUNA Krankenversicherung|168140028
        1 HUK-COBURG Krankenversicherung|168141176
        1 HALLESCHE Krankenversicherung|168140437
        1 Continentale Krankenversicherung|168140017
        1 Gothaer Krankenversicherung|168141198
        1 HanseMerkur Krankenversicherung|168140186
        1 INTER Krankenversicherung|168141450
        1 Süddeutsche Krankenversicherung|168140391
        """;

    public static Weighted<HealthInsurer> Statutory { get; } = Read(StatutoryTable);

    public static Weighted<HealthInsurer> Private { get; } = Read(PrivateTable);

    private static Weighted<HealthInsurer> Read(string table) => Weighted.Table(table, '|', fields => new HealthInsurer(fields[0], fields[1]));
}
