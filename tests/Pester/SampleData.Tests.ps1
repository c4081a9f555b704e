BeforeAll {
    . $PSScriptRoot/Suite.ps1
    function Get-Text($Samples) { ($Samples | ForEach-Object { "$($_.Document)" }) -join "`n" }
}

Describe 'Sample patients' {
    It 'are the same for a seed, in this process and in another' {
        $here = Get-Text (New-PatientSample 200 -Seed 42 -DefectRate 0.1 -DuplicateRate 0.1)
        Get-Text (New-PatientSample 200 -Seed 42 -DefectRate 0.1 -DuplicateRate 0.1) | Should -BeExactly $here
        Get-Text (New-PatientSample 200 -Seed 43 -DefectRate 0.1 -DuplicateRate 0.1) | Should -Not -BeExactly $here
        $there = Invoke-FreshProcess "Import-Module '$Manifest'; [Console]::OutputEncoding = [Text.Encoding]::UTF8; New-PatientSample 200 -Seed 42 -DefectRate 0.1 -DuplicateRate 0.1 | ForEach-Object { `"`$(`$_.Document)`" }"
        $there -join "`n" | Should -BeExactly $here
    }

    It 'differ when no seed is given' {
        Get-Text (New-PatientSample 5) | Should -Not -BeExactly (Get-Text (New-PatientSample 5))
    }

    It 'do not depend on how many are made' {
        Get-Text (New-PatientSample 100 -Seed 7 | Select-Object -First 10) | Should -BeExactly (Get-Text (New-PatientSample 10 -Seed 7))
    }

    It 'have some names far more often than others, and many names' {
        $names = New-PatientSample 5000 -Seed 1 | Group-Object FamilyName | Sort-Object Count -Descending
        $names.Count | Should -BeGreaterThan 1500
        $names[0].Count | Should -BeGreaterThan (10 * $names[200].Count)
    }

    It 'are called Alpha to Omega, then Alpha2, and never twice' {
        $names = (New-PatientSample 60 -NameStyle Greek -Seed 1).FamilyName
        $names[0], $names[23], $names[24], $names[48] | Should -Be 'Alpha', 'Omega', 'Alpha2', 'Alpha3'
        $parallel = 1..8 | ForEach-Object -Parallel {
            Import-Module $using:Manifest
            (New-PatientSample 200 -NameStyle Greek).FamilyName
        }
        $parallel.Count | Should -Be 1600
        ($parallel | Sort-Object -Unique).Count | Should -Be 1600
    }

    It 'say which faults and near-duplicates were planted' {
        $samples = New-PatientSample 2000 -Seed 3 -DefectRate 0.25 -DuplicateRate 0.1
        ($samples | Where-Object Defect).Count | Should -BeGreaterThan 400
        ($samples | Where-Object Defect).Count | Should -BeLessThan 600
        $duplicates = $samples | Where-Object DuplicateOf
        $duplicates.Count | Should -BeGreaterThan 140
        $duplicates.Count | Should -BeLessThan 260
        $samples.Id | Should -Contain $duplicates[0].DuplicateOf
        $duplicates | ForEach-Object { $_.Changes | Should -Not -BeNullOrEmpty }
        (New-PatientSample 500 -Seed 3 | Where-Object { $_.Defect -or $_.DuplicateOf }) | Should -BeNullOrEmpty
    }

    It 'have valid insurance numbers unless a fault is planted' {
        foreach ($kvnr in (New-PatientSample 500 -Seed 4).Kvnr -ne $null) {
            $digits = '{0:00}{1}' -f ([int] $kvnr[0] - 64), $kvnr.Substring(1, 8)
            $sum = 0
            for ($i = 0; $i -lt 10; $i++) {
                $product = [int]::Parse($digits[$i]) * (1 + $i % 2)
                $sum += $product -gt 9 ? $product - 9 : $product
            }
            $sum % 10 | Should -Be ([int]::Parse($kvnr[9])) -Because $kvnr
        }
    }

    It 'come as they are asked for, however many' {
        (New-PatientSample -Count ([long]::MaxValue) -Seed 1 | Select-Object -First 3).Count | Should -Be 3
        New-PatientSample 0 | Should -BeNullOrEmpty
    }
}
