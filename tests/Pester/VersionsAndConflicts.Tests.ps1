BeforeAll { . $PSScriptRoot/Suite.ps1 }

Describe 'Versions and conflicts' {
    BeforeAll { $store = New-TestStore }
    AfterAll { Disconnect-PatientStore $store }

    It 'keeps every version, oldest first, each as it was' {
        $id = (New-Patient -FamilyName Erst).Id
        Set-Patient $id -FamilyName Zweit
        Set-Patient $id -FamilyName Dritt
        Remove-Patient $id -Confirm:$false
        Restore-Patient $id
        $versions = Get-Patient $id -AllVersions
        $versions.Version | Should -Be 1, 2, 3, 4, 5
        $versions.FamilyName | Should -Be 'Erst', 'Zweit', 'Dritt', 'Dritt', 'Dritt'
        $versions.IsRemoved | Should -Be $false, $false, $false, $true, $false
        $versions.Sequence | Should -Be ($versions.Sequence | Sort-Object -Unique)
        (Get-Patient $id -Version 2).FamilyName | Should -Be 'Zweit'
        (Get-OnlyError { Get-Patient $id -Version 9 }).CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'refuses a write on an outdated version, and -Force writes over it' {
        $mine = New-Patient -FamilyName Streit -City Bonn
        Set-Patient $mine.Id -City Köln
        $refused = Get-OnlyError { $mine | Set-Patient -City Mainz }
        $refused.FullyQualifiedErrorId | Should -BeLike 'VersionConflict,*'
        $refused.CategoryInfo.Category | Should -Be 'ResourceExists'
        (Get-Patient $mine.Id).City | Should -Be 'Köln'
        ($mine | Set-Patient -City Mainz -Force -PassThru).City | Should -Be 'Mainz'
    }

    It 'refuses the one outdated object of many, and writes the others' {
        $three = 'Eins', 'Zwei', 'Drei' | ForEach-Object { New-Patient -FamilyName $_ -City Alt }
        Set-Patient $three[1].Id -City Anders
        (Get-OnlyError { $three | Set-Patient -City Neu }).FullyQualifiedErrorId | Should -BeLike 'VersionConflict,*'
        ($three | Get-Patient).City | Should -Be 'Neu', 'Anders', 'Neu'
    }

    It 'writes nothing behind the refused one with -ErrorAction Stop' {
        $three = 'Eins', 'Zwei', 'Drei' | ForEach-Object { New-Patient -FamilyName $_ -City Alt }
        Set-Patient $three[1].Id -City Anders
        { $three | Set-Patient -City Neu -ErrorAction Stop } | Should -Throw -ErrorId 'VersionConflict,*'
        ($three | Get-Patient).City | Should -Be 'Neu', 'Anders', 'Alt'
    }

    It 'refuses to remove what somebody changed meanwhile' {
        $mine = New-Patient -FamilyName Bleibt
        Set-Patient $mine.Id -City Bonn
        (Get-OnlyError { $mine | Remove-Patient -Confirm:$false }).FullyQualifiedErrorId | Should -BeLike 'VersionConflict,*'
        (Get-Patient $mine.Id).IsRemoved | Should -BeFalse
        $mine | Remove-Patient -Force -Confirm:$false
        (Get-Patient $mine.Id -IncludeRemoved).IsRemoved | Should -BeTrue
    }

    It 'refuses a record number that somebody has already' {
        New-Patient -FamilyName Besitz -Mrn 'M-1' | Out-Null
        $refused = Get-OnlyError { New-Patient -FamilyName Dieb -Mrn 'M-1' }
        $refused.CategoryInfo.Category | Should -Be 'ResourceExists'
        "$refused" | Should -Match 'M-1'
        (New-Patient -FamilyName Fremd -Mrn 'M-1' -MrnSystem 'https://example.org/other').Mrn | Should -Be 'M-1'
    }

    It 'holds two hospitals'' patients of one id apart by their source, and calls contradiction within one a conflict' {
        $first = '{"resourceType":"Patient","id":"example","identifier":[{"system":"http://fhir.de/sid/gkv/kvid-10","value":"A123456780"}],"name":[{"family":"Nord"}]}'
        $second = '{"resourceType":"Patient","id":"example","identifier":[{"system":"http://fhir.de/sid/gkv/kvid-10","value":"B234567895"}],"name":[{"family":"Süd"}]}'
        ($first | Import-Patient -Source north).Added | Should -Be 1
        ($second | Import-Patient -Source south).Added | Should -Be 1
        (Get-OnlyError { $second | Import-Patient -Source north }).CategoryInfo.Category | Should -Be 'ResourceExists'
        (Get-Patient -Kvnr A123456780).FamilyName | Should -Be 'Nord'
    }
}
