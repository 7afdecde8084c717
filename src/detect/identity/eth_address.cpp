// Ethereum addresses: 0x and 40 hexadecimal digits. Mixed case carries a check (EIP-55, Keccak-256) that one
// random string in 10 000 passes; without it a word nearby is needed, since hashes look alike.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <bit>
#include <cstdint>

#include "base/utf8.h"
#include "core/detector.h"
#include "detect/context.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "bank"};
constexpr Trigger triggers[] = {{.what = Trigger::What::literal, .text = "0x"}};
constexpr About about{
    .id = "identity.eth-address",
    .title = {"Ethereum address", "以太坊地址"},
    .why = {"All payments to and from it are public for ever.",
        "与它有关的所有收支永久公开可查。"},
    .defined_by = "EIP-55",
    .labels = labels,
    .triggers = triggers,
};

constexpr std::string_view words[] = {"eth", "ethereum", "wallet", "erc20", "usdt", "metamask", "token",
    "钱包", "以太坊", "地址", "contract"};

void permute(std::array<std::uint64_t, 25>& state) {
    static constexpr int rotations[] = {1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62,
        18, 39, 61, 20, 44};
    static constexpr int lanes[] = {10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14,
        22, 9, 6, 1};
    std::uint8_t shift = 1;  // the register that yields the round constants
    for (int round = 0; round < 24; ++round) {
        std::uint64_t column[5];
        for (int x = 0; x < 5; ++x) column[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
        for (int i = 0; i < 25; ++i) state[i] ^= column[(i + 4) % 5] ^ std::rotl(column[(i + 1) % 5], 1);
        std::uint64_t moved = state[1];
        for (int i = 0; i < 24; ++i) {
            std::uint64_t const next = state[lanes[i]];
            state[lanes[i]] = std::rotl(moved, rotations[i]);
            moved = next;
        }
        for (int y = 0; y < 25; y += 5) {
            std::uint64_t const row[5] = {state[y], state[y + 1], state[y + 2], state[y + 3], state[y + 4]};
            for (int x = 0; x < 5; ++x) state[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
        }
        for (int bit = 0; bit < 7; ++bit) {
            if (shift & 1) state[0] ^= 1ull << ((1 << bit) - 1);
            shift = static_cast<std::uint8_t>(shift << 1 ^ (shift & 0x80 ? 0x71 : 0));
        }
    }
}

// Keccak-256 (before FIPS 202 changed the padding) of at most 135 bytes; the first 20 bytes of it.
std::array<std::uint8_t, 20> keccak(std::string_view text) {
    std::array<std::uint64_t, 25> state{};
    auto const mix = [&](std::size_t at,
        std::uint8_t byte) { state[at / 8] ^= std::uint64_t(byte) << at % 8 * 8; };
    for (std::size_t at = 0; at < text.size(); ++at) mix(at, static_cast<std::uint8_t>(text[at]));
    mix(text.size(), 0x01);
    mix(135, 0x80);
    permute(state);
    std::array<std::uint8_t, 20> out{};
    for (std::size_t at = 0; at < out.size(); ++at) out[at] = static_cast<std::uint8_t>(state[at / 8] >> at % 8 * 8);
    return out;
}

bool case_agrees(std::string_view digits) {
    auto const hash = keccak(ascii_lower(digits));
    for (std::size_t i = 0; i < digits.size(); ++i) {
        bool const high = (i % 2 ? hash[i / 2] & 0x08 : hash[i / 2] & 0x80) != 0;
        if (is_alpha(digits[i]) && is_upper(digits[i]) != high) return false;
    }
    return true;
}

bool is_hex(char c) { return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f'); }

class EthAddress final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;
    void examine(Reading const& reading, Sink& sink) const override {
        std::string_view const text = reading.text;
        for (Candidate const& candidate : reading.candidates) {
            std::size_t end = candidate.end;
            while (end < text.size() && end < candidate.end + 41 && is_hex(text[end])) ++end;
            bool const glued = (candidate.begin > 0 && is_alnum(text[candidate.begin - 1])) ||
                (end < text.size() && is_alnum(text[end]));
            if (end != candidate.end + 40 || glued) continue;
            std::string_view const digits = text.substr(candidate.end, 40);
            bool const mixed = ascii_lower(digits) != digits && ascii_upper(digits) != digits;
            bool const agrees = mixed && case_agrees(digits);
            std::string_view const word = agrees ? std::string_view{} : find_near(reading, {candidate.begin,
                end}, words);
            bool const empty = digits.find_first_not_of(digits[0]) == std::string_view::npos;
            if ((!agrees && (word.empty() || mixed)) || empty) continue;
            Finding finding;
            finding.certainty = agrees ? Certainty::certain : Certainty::likely;
            finding.span = {candidate.begin, end};
            finding.reasons = {agrees ? "letter case agrees with the checksum"
                : "\"" + std::string(word) + "\" stands nearby"};
            sink.found(std::move(finding));
        }
    }
};

}  // namespace

extern DetectorRow const row_identity_eth_address{&about,
    [] { return std::unique_ptr<Detector>(new EthAddress(about)); }};

}  // namespace keepmum
