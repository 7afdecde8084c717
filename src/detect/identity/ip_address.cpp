// Addresses of machines inside a network: private (RFC 1918, RFC 4193), link-local and shared ranges. Public
// addresses say little by themselves, version numbers look just like them, and both are left out.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "core/detector.h"
#include "match/confirm.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "network"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::literal, .text = "10."},     {.what = Trigger::What::literal, .text = "192.168."},
    {.what = Trigger::What::literal, .text = "172."},    {.what = Trigger::What::literal, .text = "100."},
    {.what = Trigger::What::literal, .text = "169.254."}, {.what = Trigger::What::pattern,
        .text = "(?i)\\bf[cd][0-9a-f]{2}:[0-9a-f:]{2,36}"},
};
constexpr About about{
    .id = "identity.ip-address",
    .title = {"Internal network address", "内网 IP 地址"},
    .why = {"It shows how the inside of the network is laid out.", "它会暴露内部网络的结构。"},
    .defined_by = "RFC 1918, RFC 4193, RFC 6598",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::hint,
};

constexpr std::uint16_t local_trigger = 5;

struct Address {
    int octets[4] = {};
    std::size_t end = 0;  // 0: no address begins here
};

Address address_at(std::string_view text, std::size_t at) {
    Address address;
    for (int i = 0; i < 4; ++i) {
        std::size_t const begin = at;
        while (at < text.size() && at < begin + 3 && is_digit(text[at])) {
            address.octets[i] = address.octets[i] * 10 + (text[at++] - '0');
        }
        bool const padded = at > begin + 1 && text[begin] == '0';
        if (at == begin || address.octets[i] > 255 || padded) return {};
        if (i < 3 && (at >= text.size() || text[at++] != '.')) return {};
    }
    address.end = at;
    return address;
}

bool is_internal(int const (&octets)[4]) {
    int const a = octets[0], b = octets[1];
    return a == 10 || (a == 172 && b >= 16 && b <= 31) || (a == 192 && b == 168) || (a == 169 && b == 254) ||
           (a == 100 && b >= 64 && b <= 127);
}

// Part of a version, a longer dotted number or a name.
bool is_part(std::string_view text, std::size_t begin, std::size_t end) {
    if (begin > 0 && (is_alnum(text[begin - 1]) ||
        std::string_view(".-_").find(text[begin - 1]) != std::string_view::npos)) return true;
    if (end >= text.size()) return false;
    if (is_alnum(text[end]) || text[end] == '_' || text[end] == '-') return true;
    return text[end] == '.' && end + 1 < text.size() && is_alnum(text[end + 1]);
}

class IpAddress final : public TreeDetector {
  public:
    explicit IpAddress(About const& about) : TreeDetector(about),
        confirmer_(about.triggers[local_trigger].text) {}
    void examine(Reading const& reading, Sink& sink) const override {
        for (Candidate const& candidate : reading.candidates) {
            if (candidate.trigger == local_trigger) continue;
            Span const span = private_at(reading.text, candidate.begin);
            if (span.size() > 0) state(span, sink);
        }
        look_for_local(reading, sink);
    }

  private:
    static Span private_at(std::string_view text, std::size_t begin) {
        Address const address = address_at(text, begin);
        bool const all_zero = address.octets[2] == 0 && address.octets[3] == 0;
        if (!address.end || !is_internal(address.octets) || all_zero || is_part(text, begin,
            address.end)) return {};
        return {begin, address.end};
    }

    // IPv6 unique local addresses: at least three groups and a "::", or all eight.
    void look_for_local(Reading const& reading, Sink& sink) const {
        std::array<Span, 1> groups;
        Occurrences each(confirmer_, reading, local_trigger);
        while (each.next(groups)) {
            std::string_view const found = reading.text.substr(groups[0].begin, groups[0].size());
            std::size_t colons = 0, digits = 0, most = 0;
            for (char c : found) {
                digits = c == ':' ? 0 : digits + 1;
                colons += c == ':';
                most = std::max(most, digits);
            }
            bool const doubled = found.find("::") != std::string_view::npos &&
                found.find(":::") == std::string_view::npos;
            bool const whole = colons == 7 || (doubled && colons >= 3 && colons < 7);
            if (whole && most <= 4 && !is_part(reading.text, groups[0].begin, groups[0].end)) state(groups[0],
                sink);
        }
    }

    static void state(Span span, Sink& sink) {
        Finding finding;
        finding.certainty = Certainty::hint;
        finding.span = span;
        finding.facts = {{"kind", "internal"}};
        finding.reasons = {"lies in a private range"};
        sink.found(std::move(finding));
    }

    Confirmer confirmer_;
};

}  // namespace

extern DetectorRow const row_identity_ip_address{&about,
    [] { return std::unique_ptr<Detector>(new IpAddress(about)); }};

}  // namespace keepmum
