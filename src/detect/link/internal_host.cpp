// URLs to hosts that only exist inside a network: names under .local, .internal, .corp and the like
// and private addresses. Names of one label are left out: manuals are full of them. A link to one is likely meant; in text it is a hint.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/utf8.h"
#include "core/detector.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"link", "network"};
constexpr Trigger triggers[] = {{.what = Trigger::What::literal, .text = "://"}};
constexpr About about{
    .id = "link.internal-host",
    .title = {"Address of an internal system", "内部系统的网址"},
    .why = {"It names a system that only exists inside your network.", "它会暴露只在内网存在的系统。"},
    .defined_by = "RFC 1918, RFC 6762, RFC 8375; ICANN resolution 2024.07.29 (.internal)",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};

constexpr std::string_view inner_domains[] = {".corp",     ".home.arpa", ".internal",    ".intra",  ".intranet",
                                              ".lan",      ".local",     ".localdomain", ".private"};

bool is_host(char c) { return is_alnum(c) || c == '-' || c == '.' || c == '_'; }

enum class Host : std::uint8_t { outer, inner_name, inner_address };

Host judge_address(std::string_view host) {
    int octets[4] = {};
    std::size_t at = 0;
    for (int i = 0; i < 4; ++i) {
        std::size_t const begin = at;
        while (at < host.size() && at < begin + 3 && is_digit(host[at])) octets[i] = octets[i] * 10 + (host[at++] - '0');
        if (at == begin || octets[i] > 255) return Host::outer;
        if (i < 3 && (at == host.size() || host[at++] != '.')) return Host::outer;
    }
    int const a = octets[0], b = octets[1];
    bool const inner = a == 10 || (a == 172 && b >= 16 && b <= 31) || (a == 192 && b == 168);
    return at == host.size() && inner ? Host::inner_address : Host::outer;
}

Host judge(std::string_view given) {
    std::string const host = ascii_lower(given);
    if (is_digit(host.front())) return judge_address(host);
    bool const named = std::any_of(std::begin(inner_domains), std::end(inner_domains), [&](std::string_view domain) {
        return host.size() > domain.size() && host.ends_with(domain);
    });
    return named ? Host::inner_name : Host::outer;
}

bool is_scheme_before(std::string_view text, std::size_t at) {
    return at > 0 && is_alnum(text[at - 1]);
}

class InternalHost final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;
    void examine(Reading const& reading, Sink& sink) const override {
        std::string_view const text = reading.text;
        for (Candidate const& candidate : reading.candidates) {
            if (!is_scheme_before(text, candidate.begin)) continue;
            std::size_t begin = candidate.end, end = begin;
            std::size_t const most = std::min(text.size(), begin + 255);
            while (end < most && is_host(text[end])) ++end;
            if (end < text.size() && text[end] == '@') {  // user@host; with a password it is another rule's
                begin = ++end;
                while (end < most && is_host(text[end])) ++end;
            }
            while (end > begin && !is_alnum(text[end - 1])) --end;
            if (end == begin) continue;
            Host const host = judge(text.substr(begin, end - begin));
            if (host == Host::outer) continue;
            bool const meant = reading.evidence.role == Role::link;
            Finding finding;
            finding.certainty = meant ? Certainty::likely : Certainty::hint;
            finding.span = {begin, end};
            finding.facts = {{"kind", host == Host::inner_name ? "name" : "address"}};
            finding.reasons = {host == Host::inner_name ? "a domain that exists inside networks only" : "an address in a private range"};
            sink.found(std::move(finding));
        }
    }
};

}  // namespace

extern DetectorRow const row_link_internal_host{&about, [] { return std::unique_ptr<Detector>(new InternalHost(about)); }};

}  // namespace keepmum
