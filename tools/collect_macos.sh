#!/bin/sh
# keepmum: what "keepmum host judge" needs to know of a Mac, written to one folder.
# keepmum：把判断一台 Mac 所需的信息写到一个文件夹里，供 "keepmum host judge" 使用。
#
# How to run / 运行方法:  sh collect_macos.sh FOLDER      (sudo sees more / 加 sudo 能看到更多)
# Then / 然后:            keepmum host judge FOLDER
#
# It reads only: nothing is changed, nothing is sent. No key or password is asked for. 只读取：不改动、不联网、不读取密钥和密码。
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
out=${1:?usage: collect_macos.sh FOLDER}
if [ -n "$(ls -A "$out" 2>/dev/null)" ]; then
    echo "The folder is not empty / 文件夹不为空: $out" >&2
    exit 2
fi
mkdir -p "$out" || exit 2
facts=$out/facts.txt

system_profiler -json SPSoftwareDataType SPAirPortDataType SPUSBDataType SPBluetoothDataType SPNetworkDataType SPCameraDataType \
    SPAudioDataType SPApplicationsDataType SPPrintersDataType > "$out/profile.json" 2>/dev/null

# A section is written only where its command answered: what is not there was not seen.
section() {
    name=$1
    shift
    if text=$("$@" 2>/dev/null); then printf '## %s\n%s\n' "$name" "$text" >> "$facts"; fi
}

printf 'keepmum-macos 1\ntaken %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" > "$facts"
section filevault fdesetup status
section services launchctl print-disabled system
section shares sharing -l
section processes ps -axo comm=
section listeners sh -c 'netstat -an -p tcp | grep LISTEN || true'
section location defaults read /var/db/locationd/Library/Preferences/ByHost/com.apple.locationd LocationServicesEnabled
section networks networksetup -listpreferredwirelessnetworks en0
section users dscl . -list /Users UniqueID
section agents sh -c 'ls /Library/LaunchAgents /Library/LaunchDaemons "$HOME/Library/LaunchAgents" || true'
section folders sh -c 'ls -d "$HOME"/Library/CloudStorage/* "$HOME/Library/Mobile Documents/com~apple~CloudDocs" "$HOME"/[A-Z]* || true'
mkdir -p "$out/users/${SUDO_USER:-$USER}/.dropbox"
cp "$HOME/.dropbox/info.json" "$out/users/${SUDO_USER:-$USER}/.dropbox/info.json" 2>/dev/null || rm -rf "$out/users"
echo "Written / 已写入: $out"
echo "Next / 下一步: keepmum host judge $out"
