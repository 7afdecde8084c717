# keepmum: what "keepmum host judge" needs to know of a Windows computer, written to one folder.
# keepmum：把判断一台 Windows 电脑所需的信息写到一个文件夹里，供 "keepmum host judge" 使用。
#
# How to run / 运行方法 (Windows 10, 11; Windows PowerShell 5.1, no installation / 无需安装):
#   powershell -NoProfile -ExecutionPolicy Bypass -File collect.ps1 -Out D:\this-computer
# As an administrator it sees more (encryption of disks). 以管理员身份运行能看到更多（磁盘加密状态）。
# Then / 然后:  keepmum host judge D:\this-computer
#
# It reads only: nothing is changed, nothing is sent. Keys and passwords are taken out as they are written.
# 只读取：不改动任何设置，不联网，不发送；密钥和密码在写出时即被抹去。
# SPDX-License-Identifier: GPL-3.0-or-later
param([Parameter(Mandatory = $true)][string]$Out)

$ErrorActionPreference = 'Stop'
if ([Environment]::Is64BitOperatingSystem -and -not [Environment]::Is64BitProcess) {
    Write-Host 'Please use the 64-bit PowerShell: a 32-bit one sees another registry. / 请使用 64 位 PowerShell。'
    exit 2
}
$Utf8 = New-Object System.Text.UTF8Encoding $false
if ((Test-Path -LiteralPath $Out) -and (Get-ChildItem -LiteralPath $Out -Force | Select-Object -First 1)) {
    Write-Host "The folder is not empty / 文件夹不为空: $Out"
    exit 2
}
New-Item -ItemType Directory -Force -Path $Out | Out-Null
$Out = (Resolve-Path -LiteralPath $Out).ProviderPath
$absent = New-Object System.Collections.ArrayList
$failed = New-Object System.Collections.ArrayList

# Takes secrets out of text: names and passwords in addresses, values of what is called a key, token or password. Binary values of the
# registry stay: no branch below is known to keep a secret in one.
function Hide-Secrets([string]$text) {
    $text = $text -replace '(?i)(://)[^/@\s"]+@', '$1[redacted]@'
    $text = $text -replace '(?i)((?:password|passwd|pwd|token|secret|api[_-]?key|authkey|auth-key)["'']?\s*[=:]\s*["'']?)(?!hex|dword)[^\s"'';&,]+', '$1[redacted]'
    $text = $text -replace '(?i)(--?(?:password|passwd|token|secret|key|authkey|auth-key)\s+)[^\s"'']+', '$1[redacted]'
    $text -replace '(?is)<keyMaterial>.*?</keyMaterial>', '<keyMaterial>[redacted]</keyMaterial>'
}

function Write-Text([string]$name, [string]$text) {
    $path = Join-Path $Out $name
    New-Item -ItemType Directory -Force -Path (Split-Path -Parent $path) | Out-Null
    [System.IO.File]::WriteAllText($path, (Hide-Secrets $text), $Utf8)
}

# A branch of the registry as "reg export" writes it. What is not there is said, so that absent is not taken for unread.
function Export-Branch([string]$name, [string]$key) {
    $root = if ($key -like 'HKLM\*') { [Microsoft.Win32.Registry]::LocalMachine } else { [Microsoft.Win32.Registry]::CurrentUser }
    try {
        $opened = $root.OpenSubKey($key.Substring(5))
        if ($null -eq $opened) { [void]$absent.Add($name); return }
        $opened.Close()
    } catch { [void]$failed.Add($name); return }  # it is there, and not for us
    $ErrorActionPreference = 'Continue'  # in 5.1 a line on the error stream of a program would end the script otherwise
    $raw = Join-Path $env:TEMP ('keepmum-' + [guid]::NewGuid() + '.reg')
    try {
        & reg.exe export $key $raw /y 2>$null | Out-Null
        if ($LASTEXITCODE -ne 0 -or -not (Test-Path -LiteralPath $raw)) { [void]$failed.Add($name); return }
        Write-Text $name ([System.IO.File]::ReadAllText($raw))
    } catch { [void]$failed.Add($name) } finally { Remove-Item -LiteralPath $raw -Force -ErrorAction SilentlyContinue }
}

# What a command prints, in the computer's own language.
function Save-Command([string]$name, [scriptblock]$command) {
    $ErrorActionPreference = 'Continue'
    try { Write-Text $name ((& $command 2>&1 | Out-String -Width 400)) } catch { [void]$failed.Add($name) }
}

Export-Branch 'usbstor.reg' 'HKLM\SYSTEM\CurrentControlSet\Enum\USBSTOR'
Export-Branch 'usb.reg' 'HKLM\SYSTEM\CurrentControlSet\Enum\USB'
Export-Branch 'mounted.reg' 'HKLM\SYSTEM\MountedDevices'
Export-Branch 'networks.reg' 'HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\NetworkList\Profiles'
Export-Branch 'consent.reg' 'HKCU\Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore'
Export-Branch 'consent-machine.reg' 'HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore'
Export-Branch 'terminal.reg' 'HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server'
Export-Branch 'run.reg' 'HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Run'
Export-Branch 'run32.reg' 'HKLM\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Run'
Export-Branch 'run-user.reg' 'HKCU\Software\Microsoft\Windows\CurrentVersion\Run'
Export-Branch 'uninstall.reg' 'HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall'
Export-Branch 'uninstall32.reg' 'HKLM\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall'
Export-Branch 'uninstall-user.reg' 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall'
Export-Branch 'onedrive.reg' 'HKCU\Software\Microsoft\OneDrive\Accounts'
Export-Branch 'wechat.reg' 'HKCU\Software\Tencent\WeChat'
Export-Branch 'wecom.reg' 'HKCU\Software\Tencent\WXWork'
Export-Branch 'firewall.reg' 'HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\DomainProfile'
Export-Branch 'firewall-private.reg' 'HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\StandardProfile'
Export-Branch 'firewall-public.reg' 'HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\PublicProfile'
Export-Branch 'internet.reg' 'HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings'
Export-Branch 'environment.reg' 'HKCU\Environment'
Export-Branch 'shares.reg' 'HKLM\SYSTEM\CurrentControlSet\Services\LanmanServer\Shares'
Export-Branch 'bluetooth.reg' 'HKLM\SYSTEM\CurrentControlSet\Services\BTHPORT\Parameters\Devices'
Export-Branch 'usb-policy.reg' 'HKLM\SOFTWARE\Policies\Microsoft\Windows\RemovableStorageDevices'
Export-Branch 'usbstor-service.reg' 'HKLM\SYSTEM\CurrentControlSet\Services\USBSTOR'

Save-Command 'ipconfig.txt' { ipconfig.exe /all }
Save-Command 'netstat.txt' { netstat.exe -ano }
Save-Command 'wlan-interfaces.txt' { netsh.exe wlan show interfaces; netsh.exe wlan show hostednetwork }
Save-Command 'manage-bde.txt' { manage-bde.exe -status }

# Profiles of Wi-Fi networks: never with key=clear, and what is left of the key is taken out too.
$wlan = Join-Path $env:TEMP ('keepmum-' + [guid]::NewGuid())
try {
    New-Item -ItemType Directory -Path $wlan | Out-Null
    & netsh.exe wlan export profile "folder=$wlan" | Out-Null
    $number = 0
    foreach ($file in Get-ChildItem -LiteralPath $wlan -Filter *.xml) {
        $number++
        Write-Text ("wlan\profile-$number.xml") ([System.IO.File]::ReadAllText($file.FullName))
    }
    if ($number -eq 0) { [void]$absent.Add('wlan') }
} catch { [void]$failed.Add('wlan') } finally { Remove-Item -LiteralPath $wlan -Recurse -Force -ErrorAction SilentlyContinue }

try {
    $log = Join-Path $env:SystemRoot 'INF\setupapi.dev.log'
    $lines = Get-Content -LiteralPath $log | Where-Object { $_ -match '^>>>' -or $_ -match '^\[' }
    Write-Text 'setupapi.dev.log' ("[Device Install Log]`r`n" + ($lines -join "`r`n"))
} catch { [void]$failed.Add('setupapi.dev.log') }

# ---- Tables that Windows names in one language, whatever its own ----
$tables = [ordered]@{}
function Add-Table([string]$name, [scriptblock]$rows) {
    try { $tables[$name] = @(& $rows) } catch { [void]$failed.Add("computer.json: $name") }
}
function Find-Property([string]$id, [string]$key) {
    try {
        $date = (Get-PnpDeviceProperty -InstanceId $id -KeyName $key).Data
        if ($date) { ([datetime]$date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ') } else { '' }
    } catch { '' }
}

Add-Table 'NetAdapter' { Get-NetAdapter | ForEach-Object {
    [ordered]@{ Name = $_.Name; InterfaceDescription = $_.InterfaceDescription; Status = "$($_.Status)"; NdisPhysicalMedium = [int]$_.NdisPhysicalMedium; Virtual = [bool]$_.Virtual } } }
Add-Table 'NetRoute' { Get-NetRoute | Where-Object { $_.DestinationPrefix -in '0.0.0.0/0', '::/0' } | ForEach-Object {
    [ordered]@{ DestinationPrefix = $_.DestinationPrefix; NextHop = $_.NextHop; InterfaceAlias = $_.InterfaceAlias } } }
Add-Table 'NetIPAddress' { Get-NetIPAddress | ForEach-Object {
    [ordered]@{ InterfaceAlias = $_.InterfaceAlias; IPAddress = $_.IPAddress; PrefixLength = [int]$_.PrefixLength } } }
Add-Table 'VpnConnection' { Get-VpnConnection | ForEach-Object { [ordered]@{ Name = $_.Name; ServerAddress = $_.ServerAddress } } }
Add-Table 'Process' { Get-CimInstance Win32_Process | ForEach-Object { [ordered]@{ Name = $_.Name; ProcessId = [int]$_.ProcessId } } }
Add-Table 'Service' { Get-CimInstance Win32_Service | ForEach-Object { [ordered]@{ Name = $_.Name; State = $_.State; StartMode = $_.StartMode } } }
Add-Table 'PnP' { Get-PnpDevice -PresentOnly | ForEach-Object {
    [ordered]@{ Name = $_.FriendlyName; Class = $_.Class; InstanceId = $_.InstanceId; Status = "$($_.Status)" } } }
Add-Table 'UsbStorage' { Get-PnpDevice | Where-Object { $_.InstanceId -like 'USBSTOR\*' } | ForEach-Object {
    [ordered]@{ InstanceId = $_.InstanceId; Name = $_.FriendlyName
        First = Find-Property $_.InstanceId 'DEVPKEY_Device_FirstInstallDate'
        Last = Find-Property $_.InstanceId 'DEVPKEY_Device_LastArrivalDate'
        Removed = Find-Property $_.InstanceId 'DEVPKEY_Device_LastRemovalDate' } } }
Add-Table 'Printer' { Get-CimInstance Win32_Printer | ForEach-Object { [ordered]@{ Name = $_.Name; PortName = $_.PortName; Network = [bool]$_.Network } } }
Add-Table 'LogicalDisk' { Get-CimInstance Win32_LogicalDisk | ForEach-Object {
    [ordered]@{ DeviceID = $_.DeviceID; DriveType = [int]$_.DriveType; VolumeName = $_.VolumeName } } }
Add-Table 'BitLocker' { $shell = New-Object -ComObject Shell.Application
    Get-CimInstance Win32_LogicalDisk -Filter 'DriveType=3' | ForEach-Object {
        $status = $shell.NameSpace($_.DeviceID).Self.ExtendedProperty('System.Volume.BitLockerProtection')
        [ordered]@{ Mount = $_.DeviceID; Protection = [int]$status } } }
Add-Table 'TcpListener' { Get-NetTCPConnection -State Listen | ForEach-Object {
    [ordered]@{ LocalAddress = $_.LocalAddress; LocalPort = [int]$_.LocalPort; OwningProcess = [int]$_.OwningProcess } } }
Add-Table 'TcpConnection' { Get-NetTCPConnection -State Established | ForEach-Object {
    [ordered]@{ RemoteAddress = $_.RemoteAddress; OwningProcess = [int]$_.OwningProcess } } }
Add-Table 'LocalUser' { $admins = @(Get-LocalGroupMember -SID 'S-1-5-32-544' -ErrorAction SilentlyContinue | ForEach-Object { "$($_.SID)" })
    Get-LocalUser | ForEach-Object { [ordered]@{ Name = $_.Name; SID = "$($_.SID)"; Enabled = [bool]$_.Enabled; Administrator = ("$($_.SID)" -in $admins) } } }
Add-Table 'RootCertificates' { Get-ChildItem Cert:\LocalMachine\Root, Cert:\CurrentUser\Root | Sort-Object Thumbprint -Unique | ForEach-Object {
    [ordered]@{ Subject = $_.Subject; Thumbprint = $_.Thumbprint } } }
Add-Table 'SmbShare' { Get-SmbShare | ForEach-Object { [ordered]@{ Name = $_.Name; Path = $_.Path; Special = [bool]$_.Special } } }
Add-Table 'AppxPackage' { Get-AppxPackage | ForEach-Object { [ordered]@{ Name = $_.Name } } }

# Names of folders that may belong to programs for clouds and chats: names alone, nothing of what is in them.
Add-Table 'Folders' { $places = @($HOME, (Join-Path $HOME 'Documents'), [Environment]::GetFolderPath('MyDocuments'), (Join-Path $HOME 'Downloads'))
    $places += Get-CimInstance Win32_LogicalDisk -Filter 'DriveType=3' | ForEach-Object { $_.DeviceID + '\' }
    $places | Select-Object -Unique | Where-Object { Test-Path -LiteralPath $_ } | ForEach-Object {
        Get-ChildItem -LiteralPath $_ -Directory -ErrorAction SilentlyContinue | ForEach-Object { $_.FullName } } }
foreach ($relative in 'AppData\Local\Dropbox\info.json', 'AppData\Roaming\Dropbox\info.json') {
    $path = Join-Path $HOME $relative
    if (Test-Path -LiteralPath $path) { Write-Text ("users\$env:USERNAME\" + $relative) ([System.IO.File]::ReadAllText($path)) }
}
# Of the settings of a Nextcloud client only the lines that name folders and servers.
$cloud = Join-Path $HOME 'AppData\Roaming\Nextcloud\nextcloud.cfg'
if (Test-Path -LiteralPath $cloud) {
    $lines = Get-Content -LiteralPath $cloud -Encoding UTF8 | Where-Object { $_ -match '\\(localPath|url)=' }
    Write-Text ("users\$env:USERNAME\AppData\Roaming\Nextcloud\nextcloud.cfg") ($lines -join "`r`n")
}

$system = Get-CimInstance Win32_OperatingSystem
$computer = [ordered]@{
    collector = 'collect.ps1 1'; system = 'windows'; host = $env:COMPUTERNAME
    taken = (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ'); version = "$($system.Caption) $($system.Version)"
    absent = @($absent); failed = @($failed); tables = $tables
}
[System.IO.File]::WriteAllText((Join-Path $Out 'computer.json'), ($computer | ConvertTo-Json -Depth 6), $Utf8)
Write-Host "Written / 已写入: $Out"
if ($failed.Count) { Write-Host ("Could not be read (run as administrator?) / 未能读取（可用管理员身份再试）: " + ($failed -join ', ')) }
Write-Host 'Next / 下一步: keepmum host judge <folder>'
