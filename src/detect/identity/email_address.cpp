// E-mail addresses as people and machines write them (RFC 5321 without quoted local parts). The
// domain must end in letters, so that icon@2x.png and user@host are none.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "base/utf8.h"
#include "core/detector.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal", "network"};
constexpr Trigger triggers[] = {{.what = Trigger::What::literal, .text = "@"}};
constexpr About about{
    .id = "identity.email-address",
    .title = {"E-mail address", "电子邮件地址"},
    .why = {"It names a person and is where attacks on them begin.",
        "它指向具体的人，也是针对其攻击的入口。"},
    .defined_by = "RFC 5321",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::hint,
};

bool is_local(char c) { return is_alnum(c) || std::string_view("._%+-").find(c) != std::string_view::npos; }
bool is_domain(char c) { return is_alnum(c) || c == '.' || c == '-'; }

// Endings that are file names and code rather than domains.
bool is_file_ending(std::string_view ending) {
    static constexpr std::string_view endings[] = {"png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css",
        "html", "json",
        "xml", "service", "socket", "timer", "target", "mount", "so", "dll", "exe", "conf", "local",
            "example", "invalid", "test", "localhost"};
    for (std::string_view one : endings) {
        if (equal_ascii_case(one, ending)) return true;
    }
    return false;
}

// The domain that begins at `begin` ends at the result; 0 where none does.
std::size_t end_of_domain(std::string_view text, std::size_t begin) {
    std::size_t end = begin;
    while (end < text.size() && end < begin + 255 && is_domain(text[end])) ++end;
    while (end > begin && !is_alnum(text[end - 1])) --end;
    std::string_view const domain = text.substr(begin, end - begin);
    std::size_t const dot = domain.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || domain.find("..") != std::string_view::npos) return 0;
    std::string_view const ending = domain.substr(dot + 1);
    if (ending.size() < 2 || ending.size() > 24 || is_file_ending(ending)) return 0;
    for (char c : ending) {
        if (!is_alpha(c) && !ending.starts_with("xn--")) return 0;
    }
    return end;
}

// Addresses that stand for nobody: examples in manuals, and senders that take no mail.
bool is_nobody(std::string_view local, std::string_view domain) {
    std::string const lower = ascii_lower(domain);
    for (std::string_view example : {"example.com", "example.org", "example.net"}) {
        if (lower == example || lower.ends_with(std::string(".") + std::string(example))) return true;
    }
    return equal_ascii_case(local, "noreply") || equal_ascii_case(local, "no-reply");
}

// What stands before the @ at `at` is user:password of a URL: a credential and no address.
bool is_user_of_url(std::string_view text, std::size_t at) {
    std::size_t const from = at > 100 ? at - 100 : 0;
    std::string_view const before = text.substr(from, at - from);
    std::size_t const scheme = before.rfind("://");
    return scheme != std::string_view::npos && before.find_first_of("/?# \n\t\"'<>",
        scheme + 3) == std::string_view::npos;
}

class EmailAddress final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;
    void examine(Reading const& reading, Sink& sink) const override {
        std::string_view const text = reading.text;
        for (Candidate const& candidate : reading.candidates) {
            std::size_t begin = candidate.begin;
            while (begin > 0 && candidate.begin - begin < 64 && is_local(text[begin - 1])) --begin;
            while (begin < candidate.begin && !is_alnum(text[begin])) ++begin;
            std::size_t const end = end_of_domain(text, candidate.end);
            if (begin == candidate.begin || !is_alnum(text[candidate.begin - 1]) || !end) continue;
            if (is_user_of_url(text, candidate.begin)) continue;
            if (is_nobody(text.substr(begin, candidate.begin - begin), text.substr(candidate.end,
                end - candidate.end))) continue;
            Finding finding;
            finding.certainty = Certainty::hint;
            finding.span = {begin, end};
            finding.reasons = {"form of an e-mail address"};
            sink.found(std::move(finding));
        }
    }
};

}  // namespace

extern DetectorRow const row_identity_email_address{&about,
    [] { return std::unique_ptr<Detector>(new EmailAddress(about)); }};

}  // namespace keepmum
