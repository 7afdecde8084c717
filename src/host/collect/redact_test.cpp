// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/collect/redact.h"

#include <gtest/gtest.h>

#include "format/gvdb/gvdb.h"

namespace keepmum {
namespace {

constexpr std::string_view planted = "Hunter2-Plum+Tree/77";

// Every form in which we know a secret to be written; §  stands for it.
constexpr std::pair<char const*, char const*> forms[] = {
    {"/etc/NetworkManager/system-connections/Lab.nmconnection", "[wifi-security]\nkey-mgmt=wpa-psk\npsk=§\n"},
    {"/etc/NetworkManager/system-connections/Old.nmconnection", "[wifi-security]\nkey-mgmt=none\nwep-key0=§\nwep-key-type=1\n"},
    {"/etc/NetworkManager/system-connections/Eap", "[802-1x]\npassword=§\nprivate-key-password=§\nleap-password=§\n"},
    {"/etc/NetworkManager/system-connections/Gsm", "[gsm]\npin=§\n"},
    {"/etc/NetworkManager/system-connections/Vpn", "[vpn-secrets]\nIPSec secret=§\nXauth password=§\n"},
    {"/etc/wpa_supplicant/wpa_supplicant.conf", "network={\n\tssid=\"Lab\"\n\t#psk=\"§\"\n\tpsk=§\n\twep_key0=\"§\"\n\tsae_password=\"§\"\n}\n"},
    {"/var/lib/iwd/Lab.psk", "[Security]\nPreSharedKey=§\nPassphrase=§\nSAE-PT-Group19=§\n"},
    {"/etc/netplan/01.yaml", "wifis:\n  wlan0:\n    access-points:\n      \"Lab\":\n        password: \"§\"\n        auth:\n          key-management: psk\n          password: §\n"},
    {"/var/lib/connman/wifi_x/settings", "[wifi_x]\nPassphrase=§\n"},
    {"/etc/hostapd/hostapd.conf", "wpa_passphrase=§\nwpa_psk=§\nwep_key0=§\n"},
    {"/etc/network/interfaces", "iface wlan0 inet dhcp\n  wpa-ssid Lab\n  wpa-psk §\n"},
    {"/etc/wireguard/wg0.conf", "[Interface]\nPrivateKey = §\n[Peer]\nPublicKey = abc\nPresharedKey = §\n"},
    {"/etc/openvpn/client.conf", "remote vpn.example 1194\n<key>\n-----BEGIN PRIVATE KEY-----\n§\n-----END PRIVATE KEY-----\n</key>\n<tls-auth>\n§\n</tls-auth>\nverb 3\n"},
    {"/var/lib/bluetooth/AA/BB/info", "[LinkKey]\nKey=§\nType=4\n[LongTermKey]\nKey=§\n[IdentityResolvingKey]\nKey=§\n"},
    {"users/a/.config/rclone/rclone.conf", "[drive]\ntype = drive\ntoken = {\"access_token\":\"§\",\"expiry\":\"2026\"}\nclient_secret = §\npass = §\n"},
    {"users/a/.netrc", "machine example.org login alice password §\n"},
    {"users/a/.config/x.json", "{\"api_key\":\"§\",\"name\":\"x\",\"oauth\":{\"refreshToken\": \"§\"}}"},
    {"users/a/.config/min.json", "{\"token\":{\"a\":\"§\",\"b\":[\"§\"]},\"path\":\"/home/a/Sync\"}"},
    {"users/a/.config/syncthing/config.xml", "<gui><user>a</user><password>§</password><apikey>§</apikey></gui>"},
    {"users/a/.config/attr.xml", "<account name=\"a\" password=\"§\"/>"},
    {"/etc/environment", "http_proxy=http://alice:§@proxy.example:3128/\nMY_SECRET_TOKEN=§\n"},
    {"/etc/systemd/system/cloudflared.service", "[Service]\nExecStart=/usr/bin/cloudflared tunnel run --token §\nEnvironment=\"TUNNEL_TOKEN=§\"\n"},
    {"/etc/frp/frpc.toml", "serverAddr = \"x\"\nauth.token = \"§\"\n"},
    {"users/a/prefs.js", "user_pref(\"mail.smtp.password\", \"§\");\n"},
    {"/etc/cups/printers.conf", "DeviceURI ipp://alice:§@printer.example/ipp\n"},
    {"/etc/shadow", "alice:§:19000:0:99999:7:::\nbob:!:19000::::::\ncarol::19000::::::\n"},
    {"users/a/key.txt", "-----BEGIN OPENSSH PRIVATE KEY-----\n§\n"},
    {"/etc/apt/apt.conf.d/99", "Acquire::http::Proxy \"http://a:§@p:8080\";\nAcquire::Password \"§\";\n"},
};

std::string filled(std::string_view form, std::string_view with) {
    std::string out;
    for (std::size_t at = 0; at < form.size();) {
        if (form.substr(at).starts_with("§")) {
            out += with;
            at += std::string_view("§").size();
        } else {
            out += form[at++];
        }
    }
    return out;
}

TEST(Redact, NoPlantedSecretStays) {
    for (auto const& [path, form] : forms) {
        std::string const clean = redact(path, filled(form, planted));
        EXPECT_EQ(clean.find("Hunter2"), std::string::npos) << path << "\n" << clean;
        EXPECT_EQ(clean.find("Tree/77"), std::string::npos) << path << "\n" << clean;
        EXPECT_NE(clean.find(redacted), std::string::npos) << path;
        // As Windows writes lines, and cut anywhere, the secret's first half goes too.
        std::string const text = filled(form, planted);
        for (std::size_t cut = 0; cut < text.size(); ++cut) {
            std::string const part = redact(path, text.substr(0, cut));
            ASSERT_EQ(part.find("Hunter2-Plum"), std::string::npos) << path << " cut at " << cut << "\n" << part;
        }
    }
}

TEST(Redact, WhatIsNoSecretStays) {
    for (auto const& [path, text] : {
             std::pair{"/etc/wpa_supplicant/a.conf", "key_mgmt=WPA-PSK WPA-EAP SAE\nproto=RSN\n"},
             {"/etc/NetworkManager/system-connections/a", "[wifi-security]\nkey-mgmt=wpa-psk\npsk-flags=1\n[wifi]\nssid=Token Cafe\n"},
             {"/etc/ssh/sshd_config", "PasswordAuthentication yes\nPermitRootLogin prohibit-password\nPermitEmptyPasswords no\n"},
             {"/etc/passwd", "secretary:x:1000:1000::/home/secretary:/bin/sh\n"},
             {"/etc/sudoers", "%sudo ALL=(ALL) NOPASSWD: ALL\n"},
             {"/etc/hosts", "127.0.0.1 localhost\n10.0.0.5 nas\n"},
             {"/etc/environment", "http_proxy=http://proxy.example:3128/\n"},
             {"/etc/shadow", "bob:!:19000::::::\ncarol::19000::::::\n"},
             {"/proc/net/route", "Iface\tDestination\n"}}) {
        EXPECT_EQ(redact(path, text), text) << path;
    }
}

// A dconf file of one table: key → string.
std::string made_gvdb(std::vector<std::pair<std::string, std::string>> const& items) {
    auto const number = [](std::size_t value) {
        std::string out;
        for (int i = 0; i < 4; ++i) out += static_cast<char>(value >> 8 * i & 0xFF);
        return out;
    };
    std::size_t const table = 24, data_at = table + 12 + items.size() * 24;
    std::string records, data;
    for (auto const& [key, value] : items) {
        std::string const text = value + std::string("\0\0s", 3);
        std::size_t const key_at = data_at + data.size();
        data += key;
        std::size_t const value_at = data_at + data.size();
        data += text;
        records += number(0) + number(0xFFFFFFFF) + number(key_at) + static_cast<char>(key.size()) + std::string("\0v\0", 3);
        records += number(value_at) + number(value_at + text.size());
    }
    return "GVariant" + number(0) + number(0) + number(table) + number(data_at) + number(0) + number(1) + number(0) + records + data;
}

TEST(Redact, DconfKeepsItsShapeAndLosesItsSecrets) {
    std::string const file = made_gvdb({{"/system/proxy/http/authentication-password", std::string(planted)},
                                        {"/system/proxy/http/host", "http://a:" + std::string(planted) + "@proxy.example"},
                                        {"/org/gnome/system/location/name", "lab"}});
    ASSERT_TRUE(read_gvdb(file));
    std::string const clean = redact("users/a/.config/dconf/user", file);
    EXPECT_EQ(clean.size(), file.size());
    EXPECT_EQ(clean.find("Hunter2"), std::string::npos);
    ASSERT_TRUE(read_gvdb(clean));
    EXPECT_EQ(gvdb_text(read_gvdb(clean)->at(2)), "lab");
    EXPECT_EQ(redact("users/a/.config/dconf/user", file.substr(0, file.size() / 2)).find("Hunter2"), std::string::npos);
}

TEST(Redact, AllKeepsItsShape) {
    EXPECT_EQ(redact("/a", "{\"token\":{\"a\":\"x}\"},\"path\":\"/s\"}"), "{\"token\":[redacted],\"path\":\"/s\"}");
    EXPECT_EQ(redact("/etc/shadow", "alice:$6$abc:19000:\n"), "alice:[redacted]:19000:\n");
    EXPECT_EQ(redact("/a", "psk=abc\r\nssid=x\r\n"), "psk=[redacted]\r\nssid=x\r\n");
}

TEST(Redact, IsLinear) {
    for (std::string_view piece : {"password=", "{\"token\":{", "-----BEGIN KEY", "://a:", "psk ", "- ", "\"", "<key>"}) {
        std::string text;
        while (text.size() < (4u << 20)) text += piece;
        redact("/a", text);  // that it ends is the test; a square of this would not
    }
}

TEST(HideAddresses, AreOthersAndStillTellApart) {
    Key const key{};
    std::string const one = hide_addresses("AA:BB:CC:DD:EE:01 aa:bb:cc:dd:ee:01 aa:bb:cc:dd:ee:02", key);
    EXPECT_EQ(one.find("dd:ee"), std::string::npos);
    EXPECT_EQ(one.substr(0, 17), one.substr(18, 17));
    EXPECT_NE(one.substr(18, 17), one.substr(36, 17));
    EXPECT_EQ(one.substr(0, 3), "02:");
    for (char const* kept : {"00:00:00:00:00:00", "fe80::1:2:3:4", "12:34:56", "aa:bb:cc:dd:ee:ff:00:11", "2026-11-22-10-00-00"}) {
        EXPECT_EQ(hide_addresses(kept, key), kept);
    }
}

}  // namespace
}  // namespace keepmum
