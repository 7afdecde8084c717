// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/linux/wifi_elements.h"

#include "base/utf8.h"
#include "host/linux/text.h"

namespace keepmum::linux_host {

namespace {

constexpr std::uint64_t privacy_bit = 0x0010;
constexpr std::uint8_t element_ssid = 0, element_rsn = 48, element_wapi = 68, element_vendor = 221;
constexpr std::string_view rsn_vendor("\x00\x0F\xAC", 3), wpa_vendor("\x00\x50\xF2", 3);

// Which suites a network offers, as bits by their number.
struct Offer {
    std::uint64_t pairwise = 0, keys = 0;
    bool foreign = false;  // suites of a vendor that we do not know
};

unsigned pair_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]) | static_cast<unsigned>(static_cast<unsigned char>(bytes[at + 1])) << 8;
}

// A count and so many suites of four bytes; the list may be left out at the end of the element. False where it is cut.
bool take_suites(std::string_view& rest, std::string_view vendor, std::uint64_t& bits, bool& foreign) {
    if (rest.empty()) return true;
    if (rest.size() < 2) return false;
    std::size_t const count = pair_at(rest, 0);
    rest.remove_prefix(2);
    if (count > rest.size() / 4) return false;
    for (std::size_t i = 0; i < count; ++i) {
        std::string_view const suite = rest.substr(i * 4, 4);
        auto const number = static_cast<unsigned char>(suite[3]);
        if (suite.substr(0, 3) == vendor && number < 64) bits |= std::uint64_t{1} << number;
        else foreign = true;
    }
    rest.remove_prefix(count * 4);
    return true;
}

// Version, group suite, pairwise suites, key suites: RSN (9.4.2.24) and WPA 1 are laid out alike.
std::optional<Offer> read_offer(std::string_view body, std::string_view vendor) {
    if (body.size() < 2 || pair_at(body, 0) != 1) return std::nullopt;
    body.remove_prefix(2);
    Offer offer;
    if (!body.empty() && body.size() < 4) return std::nullopt;
    body.remove_prefix(std::min<std::size_t>(4, body.size()));
    if (!take_suites(body, vendor, offer.pairwise, offer.foreign)) return std::nullopt;
    if (!take_suites(body, vendor, offer.keys, offer.foreign)) return std::nullopt;
    if (offer.pairwise == 0 && !offer.foreign) offer.pairwise = 1u << 4;  // left out: CCMP and 802.1X
    if (offer.keys == 0 && !offer.foreign) offer.keys = 1u << 1;
    return offer;
}

constexpr std::uint64_t bits(std::initializer_list<unsigned> numbers) {
    std::uint64_t all = 0;
    for (unsigned const number : numbers) all |= std::uint64_t{1} << number;
    return all;
}

// Tables 9-149 (ciphers) and 9-151 (ways of proving oneself) of IEEE 802.11-2020.
constexpr std::uint64_t strong_ciphers = bits({4, 8, 9, 10}), tkip = bits({2}), wep_ciphers = bits({1, 5});
constexpr std::uint64_t shared_key = bits({2, 4, 6, 19, 20}), sae = bits({8, 9, 24, 25}), owe = bits({18});
constexpr std::uint64_t by_server = bits({1, 3, 5, 11, 12, 13, 14, 15, 16, 17, 22, 23});

AirCipher judge_rsn(Offer const& offer) {
    if (!(offer.pairwise & strong_ciphers)) {
        if (offer.pairwise & tkip) return AirCipher::wpa1;
        if (offer.pairwise & wep_ciphers) return AirCipher::wep;
    }
    if (offer.keys & shared_key) return AirCipher::wpa2;
    if (offer.keys & sae) return AirCipher::wpa3;
    if (offer.keys & by_server) return AirCipher::enterprise;
    if (offer.keys & owe) return AirCipher::owe;
    return AirCipher::unknown;
}

// Whether one of the words is `word`; blanks, commas and semicolons part them.
bool says(std::string_view all, std::string_view word) {
    while (!all.empty()) {
        std::size_t const end = std::min(all.find_first_of(" ,;\t"), all.size());
        if (equal_ascii_case(all.substr(0, end), word)) return true;
        all.remove_prefix(std::min(end + 1, all.size()));
    }
    return false;
}

bool says_any(std::string_view all, std::initializer_list<std::string_view> list) {
    for (std::string_view const word : list) {
        if (says(all, word)) return true;
    }
    return false;
}

}  // namespace

AirSecurity judge_elements(std::uint64_t capability, std::string_view elements) {
    AirSecurity found;
    std::optional<Offer> rsn;
    bool wpa = false, wapi = false, bad_rsn = false;
    while (!elements.empty()) {
        if (elements.size() < 2 || static_cast<unsigned char>(elements[1]) > elements.size() - 2) {
            found.damaged = true;
            break;
        }
        auto const id = static_cast<unsigned char>(elements[0]);
        std::string_view const body = elements.substr(2, static_cast<unsigned char>(elements[1]));
        elements.remove_prefix(2 + body.size());
        if (id == element_ssid && found.ssid.empty()) found.ssid = body.substr(0, 32);
        if (id == element_rsn && !rsn) {
            rsn = read_offer(body, rsn_vendor);
            bad_rsn = bad_rsn || !rsn;
        }
        if (id == element_wapi) wapi = true;
        if (id == element_vendor && body.size() >= 4 && body.substr(0, 3) == wpa_vendor && body[3] == 1) wpa = true;
    }
    if (found.ssid.find_first_not_of('\0') == std::string::npos) found.ssid.clear();  // hidden
    found.damaged = found.damaged || (bad_rsn && !rsn);
    if (rsn) found.cipher = judge_rsn(*rsn);
    else if (found.damaged) found.cipher = AirCipher::unknown;
    else if (wpa) found.cipher = AirCipher::wpa1;
    else if (wapi) found.cipher = AirCipher::wapi;
    else found.cipher = capability & privacy_bit ? AirCipher::wep : AirCipher::open;
    return found;
}

AirCipher judge_words(AirWords const& given) {
    std::string_view const keys = given.key_management;
    bool const only_wpa1 = says_any(given.protocol, {"wpa"}) && !says_any(given.protocol, {"rsn", "wpa2"});
    bool const only_tkip =
        says(given.pairwise, "tkip") && !says_any(given.pairwise, {"ccmp", "gcmp", "gcmp-256", "ccmp-256"});
    if (!given.secured && keys.empty()) return AirCipher::open;
    if (says(keys, "none")) return given.wep_key ? AirCipher::wep : AirCipher::open;
    if (says_any(keys, {"wapi-psk", "wapi-cert"})) return AirCipher::wapi;
    bool const psk = says_any(keys, {"wpa-psk", "psk", "ft-psk", "wpa-psk-sha256", "wpa-none"});
    bool const server = says_any(keys, {"wpa-eap", "eap", "802.1x", "ieee8021x", "ft-eap", "wpa-eap-sha256",
                                        "wpa-eap-suite-b", "wpa-eap-suite-b-192", "eap-sha256", "eap-suite-b-192"});
    if (given.wep_key || (says(keys, "ieee8021x") && !says(keys, "wpa-eap"))) return AirCipher::wep;  // dynamic WEP, LEAP
    if ((psk || server) && (only_wpa1 || only_tkip)) return AirCipher::wpa1;
    if (psk || keys.empty()) return AirCipher::wpa2;
    if (says_any(keys, {"sae", "ft-sae", "sae-ext-key"})) return AirCipher::wpa3;
    if (server) return AirCipher::enterprise;
    if (says(keys, "owe")) return AirCipher::owe;
    return AirCipher::unknown;
}

std::string_view word(AirCipher cipher) {
    switch (cipher) {
    case AirCipher::unknown: return "?";
    case AirCipher::open: return "open";
    case AirCipher::owe: return "OWE";
    case AirCipher::wep: return "WEP";
    case AirCipher::wpa1: return "WPA1";
    case AirCipher::wpa2: return "WPA2";
    case AirCipher::wpa3: return "WPA3";
    case AirCipher::enterprise: return "802.1X";
    case AirCipher::wapi: return "WAPI";
    }
    return "?";
}

}  // namespace keepmum::linux_host
