// Bitcoin addresses: Base58Check (first four bytes of a double SHA-256 as check) and Bech32 (BIP
// 173, BIP 350), whose
// checks let next to nothing through.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cstdint>

#include "base/hash.h"
#include "base/utf8.h"
#include "core/detector.h"
#include "match/confirm.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "bank"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::pattern, .text = "\\b[13][1-9A-HJ-NP-Za-km-z]{25,34}\\b"},
    {.what = Trigger::What::pattern, .text = "(?i)\\bbc1[02-9ac-hj-np-z]{11,71}\\b"},
};
constexpr About about{
    .id = "identity.btc-address",
    .title = {"Bitcoin address", "比特币地址"},
    .why = {"All payments to and from it are public for ever.",
        "与它有关的所有收支永久公开可查。"},
    .defined_by = "Base58Check; BIP 173, BIP 350",
    .labels = labels,
    .triggers = triggers,
};

// The bytes of a hexadecimal SHA-256.
std::array<unsigned char, 32> digest_of(std::string_view bytes) {
    std::string const hex = sha256_hex(bytes);
    std::array<unsigned char, 32> out{};
    for (std::size_t i = 0; i < 32; ++i) {
        auto const nibble = [&](char c) { return is_digit(c) ? c - '0' : c - 'a' + 10; };
        out[i] = static_cast<unsigned char>(nibble(hex[2 * i]) * 16 + nibble(hex[2 * i + 1]));
    }
    return out;
}

bool is_base58_check(std::string_view text) {
    static constexpr std::string_view alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    std::array<unsigned char, 25> bytes{};
    for (char c : text) {
        std::size_t carry = alphabet.find(c);
        if (carry == std::string_view::npos) return false;
        for (std::size_t i = bytes.size(); i-- > 0;) {
            carry += bytes[i] * 58u;
            bytes[i] = static_cast<unsigned char>(carry & 0xFF);
            carry >>= 8;
        }
        if (carry) return false;
    }
    if (bytes[0] != 0 && bytes[0] != 5) return false;
    auto const first = digest_of({reinterpret_cast<char const*>(bytes.data()), 21});
    auto const second = digest_of({reinterpret_cast<char const*>(first.data()), 32});
    return std::equal(second.begin(), second.begin() + 4, bytes.begin() + 21);
}

bool is_bech32(std::string_view text) {
    static constexpr std::string_view alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    static constexpr std::uint32_t generators[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    std::string const lower = ascii_lower(text);
    if (lower != text && ascii_upper(text) != text) return false;
    std::uint32_t check = 1;
    auto const feed = [&](std::uint32_t value) {
        std::uint32_t const top = check >> 25;
        check = (check & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < 5; ++i) check ^= (top >> i & 1) ? generators[i] : 0;
    };
    // The prefix "bc" as the standard expands it: high bits, zero, low bits.
    for (std::uint32_t value : {3u, 3u, 0u, 2u, 3u}) feed(value);
    for (char c : std::string_view(lower).substr(3)) {
        std::size_t const value = alphabet.find(c);
        if (value == std::string_view::npos) return false;
        feed(static_cast<std::uint32_t>(value));
    }
    return check == 1 || check == 0x2bc830a3;
}

class BtcAddress final : public TreeDetector {
  public:
    explicit BtcAddress(About const& about)
        : TreeDetector(about), base58_(about.triggers[0].text), bech32_(about.triggers[1].text) {}
    void examine(Reading const& reading, Sink& sink) const override {
        look(reading, base58_, 0, is_base58_check, sink);
        look(reading, bech32_, 1, is_bech32, sink);
    }

  private:
    static void look(Reading const& reading, Confirmer const& confirmer, std::uint16_t trigger,
                     bool (*agrees)(std::string_view), Sink& sink) {
        std::array<Span, 1> groups;
        Occurrences each(confirmer, reading, trigger);
        while (each.next(groups)) {
            if (!agrees(reading.text.substr(groups[0].begin, groups[0].size()))) continue;
            Finding finding;
            finding.certainty = Certainty::certain;
            finding.span = groups[0];
            finding.reasons = {"checksum agrees"};
            sink.found(std::move(finding));
        }
    }
    Confirmer base58_, bech32_;
};

}  // namespace

extern DetectorRow const row_identity_btc_address{&about,
    [] { return std::unique_ptr<Detector>(new BtcAddress(about)); }};

}  // namespace keepmum
