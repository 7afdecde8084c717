// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/linux/wifi_saved.h"

#include <algorithm>

#include "host/linux/text.h"
#include "host/linux/wifi_elements.h"

namespace keepmum::linux_host {

namespace {

// "Lab", or byte by byte "76;97;98;" where it holds what a keyfile cannot.
std::string keyfile_ssid(std::string_view value) {
    if (value.find(';') == value.npos || value.back() != ';') return made_name(value);
    std::string bytes;
    for (std::string_view rest = value; !rest.empty();) {
        std::size_t const end = std::min(rest.find(';'), rest.size());
        std::optional<std::uint64_t> const byte = whole_number(rest.substr(0, end));
        if (!byte || *byte > 255) return made_name(value);
        bytes += static_cast<char>(*byte);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return made_name(bytes);
}

// "quoted", or hexadecimal without quotes.
std::string quoted_ssid(std::string_view value) {
    if (value.starts_with('"')) return made_name(unquoted(value));
    if (std::optional<std::string> const bytes = hex_bytes(value)) return made_name(*bytes);
    return made_name(value);
}

void finish(Network network, AirWords const& words, std::string_view path, Known<Network>& known) {
    network.cipher = judge_words(words);
    network.proof =
        prove(path, network.ssid + ": " + std::string(word(network.cipher)) +
                        (network.we_are_host ? ", hotspot" : "") + (network.joins_itself ? ", joins by itself" : ""));
    add(known, std::move(network));
}

}  // namespace

void parse_keyfile(std::string_view text, std::string_view path, std::vector<std::string> const& current,
                   Known<Network>& known) {
    Network network;
    AirWords words;
    bool wifi = false, automatic = true;
    for (Pair const& pair : pairs(text)) {
        bool const about = pair.section == "connection";
        if (about && pair.key == "type") wifi = pair.value == "wifi" || pair.value == "802-11-wireless";
        if (about && pair.key == "autoconnect") automatic = pair.value != "false";
        if (about && pair.key == "uuid")
            network.in_use = std::find(current.begin(), current.end(), pair.value) != current.end();
        if (pair.section == "wifi" || pair.section == "802-11-wireless") {
            wifi = true;
            if (pair.key == "ssid") network.ssid = keyfile_ssid(pair.value);
            if (pair.key == "mode") network.we_are_host = pair.value == "ap";
        }
        if (pair.section != "wifi-security" && pair.section != "802-11-wireless-security") continue;
        words.secured = true;
        if (pair.key == "key-mgmt") words.key_management = pair.value;
        if (pair.key == "proto") words.protocol = pair.value;
        if (pair.key == "pairwise") words.pairwise = pair.value;
        if (pair.key.starts_with("wep-") || (pair.key == "auth-alg" && pair.value == "leap")) words.wep_key = true;
    }
    if (!wifi) return;
    network.joins_itself = automatic;
    finish(std::move(network), words, path, known);
}

void parse_wpa_supplicant(std::string_view text, std::string_view path, Known<Network>& known) {
    Network network;
    AirWords words;
    bool inside = false;
    while (!text.empty()) {
        std::string_view const line = trim(next_line(text));
        if (line.empty() || line.front() == '#') continue;
        std::size_t const equal = std::min(line.find('='), line.size());
        std::string_view const key = trim(line.substr(0, equal));
        std::string_view const value = trim(line.substr(std::min(equal + 1, line.size())));
        if (!inside) {
            inside = key == "network" && value.starts_with('{');
            network = {};
            network.joins_itself = true;
            words = {};
            continue;
        }
        if (line.front() == '}') {
            inside = false;
            // Without key_mgmt it asks for WPA, and finds a network without protection no partner.
            words.secured = true;
            finish(network, words, path, known);
        }
        if (key == "ssid") network.ssid = quoted_ssid(value);
        if (key == "key_mgmt") words.key_management = value;
        if (key == "proto") words.protocol = value;
        if (key == "pairwise") words.pairwise = value;
        if (key.starts_with("wep_key")) words.wep_key = true;
        if (key == "mode") network.we_are_host = value == "2";
        if (key == "disabled") network.joins_itself = value == "0";
    }
}

void parse_iwd(std::string_view text, std::string_view path, std::string_view name, Known<Network>& known) {
    std::size_t const dot = name.rfind('.');
    if (dot == name.npos) return;
    std::string_view const kind = name.substr(dot + 1), ssid = name.substr(0, dot);
    Network network;
    std::optional<std::string> const bytes = ssid.starts_with('=') ? hex_bytes(ssid.substr(1)) : std::nullopt;
    network.ssid = made_name(bytes ? *bytes : ssid);
    network.joins_itself = true;
    AirWords words;
    words.secured = kind != "open";
    if (kind == "ap") {
        network.we_are_host = true;
        words.key_management = "psk";
    } else if (kind == "psk") {
        words.key_management = "psk";
    } else if (kind == "8021x") {
        words.key_management = "wpa-eap";
    } else if (kind != "open") {
        return;
    }
    for (Pair const& pair : pairs(text)) {
        if (pair.key == "AutoConnect") network.joins_itself = pair.value != "false";
        if (pair.key == "DisabledOWE" || pair.section != "Security") continue;
        if (kind == "open" && pair.key == "OWE" && pair.value == "true") words = {"owe", {}, {}, false, true};
    }
    finish(std::move(network), words, path, known);
}

void parse_connman(std::string_view text, std::string_view path, Known<Network>& known) {
    std::vector<Pair> const all = pairs(text);
    for (std::size_t i = 0; i < all.size();) {
        std::string_view const section = all[i].section;
        Network network;
        AirWords words;
        bool wifi = section.starts_with("wifi_");
        std::string_view security = section.substr(section.rfind('_') + 1);
        for (; i < all.size() && all[i].section.data() == section.data(); ++i) {
            Pair const& pair = all[i];
            if (pair.key == "Type") wifi = pair.value == "wifi";
            if (pair.key == "Name") network.ssid = made_name(pair.value);
            if (pair.key == "AutoConnect" || pair.key == "Favorite") network.joins_itself = pair.value == "true";
            if (pair.key == "Security") security = pair.value;
        }
        if (!wifi) continue;
        words.secured = security != "none";
        words.key_management = security == "ieee8021x" ? "wpa-eap" : security == "none" || security == "wep" ? "" : security;
        words.wep_key = security == "wep";
        finish(std::move(network), words, path, known);
    }
}

void parse_hostapd(std::string_view text, std::string_view path, Known<Network>& known) {
    Network network;
    network.we_are_host = true;
    AirWords words;
    for (Pair const& pair : pairs(text)) {
        if (pair.key == "ssid" || pair.key == "utf8_ssid") network.ssid = made_name(unquoted(pair.value));
        if (pair.key == "wpa" && pair.value != "0") {
            words.secured = true;
            words.protocol = pair.value == "1" ? "wpa" : "wpa;rsn";
        }
        if (pair.key == "wpa_key_mgmt") words.key_management = pair.value;
        if (pair.key.starts_with("wep_key")) words.secured = words.wep_key = true;
        if (pair.key == "rsn_pairwise" || (pair.key == "wpa_pairwise" && words.pairwise.empty()))
            words.pairwise = pair.value;
    }
    if (!words.secured) words.key_management = {};
    if (!network.ssid.empty()) finish(std::move(network), words, path, known);
}

}  // namespace keepmum::linux_host
