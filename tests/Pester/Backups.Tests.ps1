BeforeDiscovery {
    . $PSScriptRoot/Suite.ps1
    $NoUnzip = -not (Get-Command unzip -ErrorAction Ignore)
    $NoExpandArchive = -not (Get-Command Expand-Archive -ErrorAction Ignore)
    $NoPython = -not (Get-Command python3 -ErrorAction Ignore)
    $NoNode = -not (Get-Command node -ErrorAction Ignore)
    $NoOpenssl = -not (Get-Command openssl -ErrorAction Ignore)
}
BeforeAll {
    . $PSScriptRoot/Suite.ps1

    # What a store holds, patient by patient, so that two can be compared.
    function Get-Content-Of($Store) {
        Find-Patient -IncludeRemoved -Store $Store | ForEach-Object { "$($_.Id) $($_.Version) $($_.Document)" }
    }

    function New-Folder { (New-Item (Join-Path $TestDrive "$([guid]::NewGuid())") -ItemType Directory).FullName }
}

Describe 'Backups from end to end' {
    BeforeEach {
        $store = New-TestStore
        $folder = New-Folder
        New-PatientSample 300 -Seed 7 | Import-Patient | Out-Null
    }
    AfterEach { if ($store.IsOpen) { Disconnect-PatientStore $store } }

    It 'a chain restores to each of its points, equal to what the store was' {
        $points = foreach ($round in 1..4) {
            $backup = New-PatientBackup $folder -Incremental:($round -gt 1)
            [pscustomobject]@{ Backup = $backup; Content = Get-Content-Of $store }
            Find-Patient -First (10 * $round) | Set-Patient -City "Ort $round"
            Find-Patient -Skip 50 -First $round | Remove-Patient -Confirm:$false
        }
        $points.Backup.Kind | Should -Be 'Full', 'Incremental', 'Incremental', 'Incremental'
        (Get-PatientBackup $folder).Link | Should -Be 1, 2, 3, 4
        (Get-PatientBackup $folder | Test-PatientBackup -Restore).IsProven | Should -Be $true, $true, $true, $true
        foreach ($point in $points) {
            $path = Join-Path (New-Folder) 'point.ptstore'
            $point.Backup | Restore-PatientBackup -Confirm:$false -Destination $path | Out-Null
            $restored = Connect-PatientStore $path
            Get-Content-Of $restored | Should -Be $point.Content
            (Test-PatientStore -Full -Store $restored).Problems | Should -BeNullOrEmpty
            Disconnect-PatientStore $restored
        }
    }

    It 'backup, change, restore an older point over it, change, incremental: every change is in the chain' {
        $old = New-PatientBackup $folder
        Find-Patient -First 20 | Set-Patient -City Falsch
        New-PatientBackup $folder -Incremental | Out-Null
        $report = Restore-PatientBackup $old.Path $store.Location -Replace -Confirm:$false 3>$null
        $report.KeptAside | Should -Exist
        $store = Connect-PatientStore $store.Location
        Find-Patient -City Falsch | Should -BeNullOrEmpty
        $first = New-PatientBackup $folder -Incremental -WarningVariable why 3>$null
        $first.Kind | Should -Be 'Full'
        $why | Should -Not -BeNullOrEmpty
        Find-Patient -First 5 | Set-Patient -City Richtig
        $last = New-PatientBackup $folder -Incremental
        $last.Kind | Should -Be 'Incremental'
        $path = Join-Path $folder 'again.ptstore'
        $last | Restore-PatientBackup -Confirm:$false -Destination $path | Out-Null
        $again = Connect-PatientStore $path
        Get-Content-Of $again | Should -Be (Get-Content-Of $store)
        $again, $store | Disconnect-PatientStore
    }

    Context 'Ordinary tools open it' {
        BeforeEach {
            $backup = New-PatientBackup $folder
            $target = New-Folder
            function Assert-Content {
                $manifest = Get-Content $target/manifest.json -Raw | ConvertFrom-Json
                $manifest.storeId | Should -Be $store.Identity.StoreId
                foreach ($member in $manifest.members) { (Get-FileHash (Join-Path $target $member.name)).Hash | Should -Be $member.sha256 }
                @(Get-ChildItem $target/patients -Filter *.ndjson | Get-Content | ForEach-Object { $_ | ConvertFrom-Json }).Count | Should -Be 300
            }
        }

        It 'System.IO.Compression' {
            [IO.Compression.ZipFile]::ExtractToDirectory($backup.Path, $target)
            Assert-Content
        }

        It 'Expand-Archive' -Skip:$NoExpandArchive {
            Expand-Archive $backup.Path $target
            Assert-Content
        }

        It 'unzip' -Skip:$NoUnzip {
            unzip -tq $backup.Path | Should -Match 'No errors'
            unzip -q $backup.Path -d $target
            Assert-Content
        }

        It 'zipfile of Python' -Skip:$NoPython {
            python3 -m zipfile -e $backup.Path $target
            Assert-Content
        }
    }

    It 'examples/open-ptbackup.mjs opens an encrypted one with Node alone: <What>' -Skip:($NoNode -or $NoOpenssl) -ForEach @(
        @{ What = 'password'; Key = $null }
        @{ What = 'EC'; Key = '-algorithm EC -pkeyopt ec_paramgen_curve:P-256' }
        @{ What = 'RSA'; Key = '-algorithm RSA -pkeyopt rsa_keygen_bits:2048' }
    ) {
        $keys = New-Folder
        if ($Key) {
            openssl genpkey @($Key -split ' ') -aes-256-cbc -pass 'pass:Grün wie Gras' -out $keys/private.pem 2>$null
            openssl pkey -in $keys/private.pem -passin 'pass:Grün wie Gras' -pubout -out $keys/public.pem
        }
        $how = if ($Key) { @{ RecipientKey = "$keys/public.pem" } } else { @{ Password = ConvertTo-SecureString 'Grün wie Gras' -AsPlainText -Force } }
        $backup = New-PatientBackup $folder @how
        $script = Join-Path $Root 'examples/open-ptbackup.mjs'
        (node $script $backup.Path | ConvertFrom-Json).storeId | Should -Be $store.Identity.StoreId
        $option = if ($Key) { '--key', "$keys/private.pem" } else { @() }
        $env:BACKUP_PASSWORD = 'Grün wie Grass'
        node $script $backup.Path $folder/wrong.zip @option 2>$null
        $LASTEXITCODE | Should -Be 1
        "$folder/wrong.zip" | Should -Not -Exist
        $env:BACKUP_PASSWORD = 'Grün wie Gras'
        node $script $backup.Path $folder/open.zip @option
        $env:BACKUP_PASSWORD = $null
        $LASTEXITCODE | Should -Be 0
        (Test-PatientBackup $folder/open.zip -Restore).IsProven | Should -BeTrue
    }

    It 'a key of openssl encrypts and opens it: <_>' -Skip:$NoOpenssl -ForEach '-algorithm EC -pkeyopt ec_paramgen_curve:P-384', '-algorithm RSA -pkeyopt rsa_keygen_bits:3072' {
        $private = Join-Path $folder 'private.pem'
        $public = Join-Path $folder 'public.pem'
        openssl genpkey @($_ -split ' ') -aes-256-cbc -pass pass:geheim123 -out $private 2>$null
        openssl pkey -in $private -passin pass:geheim123 -pubout -out $public
        $password = ConvertTo-SecureString geheim123 -AsPlainText -Force
        $full = New-PatientBackup $folder -RecipientKey $public
        Find-Patient -First 3 | Set-Patient -City Neu
        $incremental = New-PatientBackup $folder -Incremental -RecipientKey $public
        (Get-PatientBackup $folder).State | Should -Be 'Usable', 'Usable'
        ($full, $incremental | Test-PatientBackup -Restore -PrivateKey $private -PrivateKeyPassword $password).IsProven | Should -Be $true, $true
        Select-String -Path $full.Path -Pattern 'resourceType' -SimpleMatch | Should -BeNullOrEmpty
        $wrong = ConvertTo-SecureString falsch123 -AsPlainText -Force
        (Get-OnlyError { Test-PatientBackup $full.Path -PrivateKey $private -PrivateKeyPassword $wrong }).FullyQualifiedErrorId | Should -Match '^BackupKey'
    }

    It 'damage is found, named, and skipped when that is asked for' {
        $backup = New-PatientBackup $folder
        $bytes = [IO.File]::ReadAllBytes($backup.Path)
        $bytes[$bytes.Length / 2] = $bytes[$bytes.Length / 2] -bxor 1
        [IO.File]::WriteAllBytes($backup.Path, $bytes)
        $test = Test-PatientBackup $backup.Path
        $test.IsValid | Should -BeFalse
        $test.Problems | Should -Match ([regex]::Escape($backup.Name))
        $path = Join-Path $folder 'damaged.ptstore'
        (Get-OnlyError { Restore-PatientBackup -Confirm:$false $backup.Path $path }).FullyQualifiedErrorId | Should -Match '^BackupDamaged,'
        $path | Should -Not -Exist
        $report = Restore-PatientBackup -Confirm:$false $backup.Path $path -SkipDamaged -WarningVariable losses 3>$null
        $report.Losses | Should -Not -BeNullOrEmpty
        $losses.Message | Should -Contain $report.Losses[0]
    }

    It 'a missing link is shown and refused' {
        New-PatientBackup $folder | Out-Null
        $middle = & { Find-Patient -First 1 | Set-Patient -City A; New-PatientBackup $folder -Incremental }
        $last = & { Find-Patient -First 1 | Set-Patient -City B; New-PatientBackup $folder -Incremental }
        Remove-Item $middle.Path
        $found = Get-PatientBackup $folder -Newest 1
        $found.State | Should -Be 'Broken'
        $found.Problem | Should -Not -BeNullOrEmpty
        (Get-OnlyError { Restore-PatientBackup -Confirm:$false $last.Path (Join-Path $folder x.ptstore) }).FullyQualifiedErrorId | Should -Match '^BackupChainBroken,'
    }

    It 'is its owner''s alone' -Skip:$IsWindows {
        (Get-Item (New-PatientBackup $folder).Path).UnixFileMode | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite')
    }

    It 'is shown as a table with chains, and retention with reasons' {
        New-PatientBackup $folder | Out-Null
        Find-Patient -First 1 | Set-Patient -City A
        New-PatientBackup $folder -Incremental | Out-Null
        $table = Get-PatientBackup $folder | Out-String -Width 160
        $table | Should -Match 'Time\s+Kind\s+Link\s+Sequences\s+Size\s+State\s+Name'
        $table | Should -Match 'Full\s+1\s+1-'
        $table | Should -Match 'Incremental\s+2\s+'
        Remove-PatientBackup $folder -KeepLast 1 -WhatIf | Out-String -Width 160 | Should -Match 'Keep\s+Name\s+Reason'
    }
}

Describe 'NightlyMaintenance.ps1' {
    BeforeAll { $script = Join-Path $Root 'examples/NightlyMaintenance.ps1' }

    It 'does all of a night, reports, and its exit code is 0' {
        $folder = New-Folder
        $store = New-ProtectedStore
        Import-Patient -InputObject (New-PatientSample -Seed 3) | Out-Null
        $login = Join-Path $folder 'login.xml'
        if (-not $IsWindows) { New-Item $login | Out-Null; chmod 600 $login }
        New-TestCredential Administrator | Export-Clixml $login -Force
        Disconnect-PatientStore $store
        foreach ($report in 'night.json', 'night.csv', 'night.csv') {
            Invoke-FreshProcess "Import-Module '$Manifest'; & '$script' -StorePath '$($store.Location)' -BackupPath '$folder/backups' -CredentialPath '$login' -ReportPath '$folder/$report'; exit `$LASTEXITCODE" | Out-Null
        }
        $json = Get-Content $folder/night.json -Raw | ConvertFrom-Json
        $json.ExitCode | Should -Be 0
        $json.Steps.Outcome | Sort-Object -Unique | Should -Be 'Succeeded'
        ($json.Steps | Where-Object Step -EQ 'Prove').Details | Should -Match 'is proven'
        $rows = Import-Csv $folder/night.csv
        $rows.Count | Should -Be (2 * $json.Steps.Count)
        $rows.Outcome | Sort-Object -Unique | Should -Be 'Succeeded'
        Get-PatientBackup $folder/backups | Should -HaveCount 1 -Because 'nothing has changed since the first night'
    }

    It 'a store that cannot be opened is exit code 2, a step that failed is 1' {
        $folder = New-Folder
        $run = Wait-FreshProcess (Start-FreshProcess "Import-Module '$Manifest'; & '$script' -StorePath '$folder/none.ptstore' -BackupPath '$folder/backups'; exit `$LASTEXITCODE")
        $run.ExitCode | Should -Be 2
        $run.Output[0] | Should -Match 'Failed\s+Connect.*StoreNotFound'
        $store = New-TestStore
        New-Item "$folder/taken" | Out-Null
        $run = Wait-FreshProcess (Start-FreshProcess "Import-Module '$Manifest'; & '$script' -StorePath '$($store.Location)' -BackupPath '$folder/taken'; exit `$LASTEXITCODE")
        $run.ExitCode | Should -Be 1
        $run.Output -match 'Failed\s+Thin out' | Should -Not -BeNullOrEmpty
        Disconnect-PatientStore $store
    }
}
