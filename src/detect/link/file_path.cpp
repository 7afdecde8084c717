// Paths that lead into someone's computer or file server: file: URLs (RFC 8089) and \\server\share.
// In a link they are meant as one; in text they are often code or an example, so no more than a hint.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/utf8.h"
#include "core/detector.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"link", "network"};
constexpr Trigger triggers[] = {{.what = Trigger::What::word, .text = "file:/"}, {.what = Trigger::What::literal, .text = "\\\\"}};
constexpr About about{
    .id = "link.file-path",
    .title = {"Link into a computer or file server", "指向本机或文件服务器的链接"},
    .why = {"It names a server, a share or a person's folder: the inside of the house.",
            "它会暴露服务器、共享目录或个人文件夹的名称，也就是单位内部的情况。"},
    .defined_by = "RFC 8089; [MS-DTYP] 2.2.57 (UNC)",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};

bool ends_path(char32_t c) {
    if (c >= 0x80) return !is_word(c);  // Chinese prose goes on without a blank
    return c < 0x20 || std::string_view("\"'<>|*?,;)]}").find(static_cast<char>(c)) != std::string_view::npos;
}

std::size_t end_of_path(std::string_view text, std::size_t at, Role role) {
    // A link is a line of its own, and names of folders have blanks.
    std::size_t const most = std::min(text.size(), at + 1024);
    while (at < most) {
        CodePoint const point = decode_utf8(text, at);
        if (ends_path(point.value) || (role != Role::link && point.value == ' ')) break;
        at += point.length;
    }
    while (text[at - 1] == ' ' || text[at - 1] == '.') --at;
    return at;
}

// Without the file's own name: the folder is what should not be known, and the name of a file is often
// that of the document itself.
std::size_t end_of_folder(std::string_view text, std::size_t begin, std::size_t end) {
    std::size_t last = end - 1;
    while (last > begin && text[last] != '/' && text[last] != '\\') --last;
    while (last > begin && (text[last - 1] == '/' || text[last - 1] == '\\')) --last;
    return last > begin + 7 ? last : end;
}

bool is_host(char c) { return is_alnum(c) || c == '-' || c == '.' || c == '_' || static_cast<unsigned char>(c) >= 0x80; }

// \\server\share, also with each backslash doubled as field codes and programs write it.
bool is_share(std::string_view text, std::size_t begin) {
    if (begin > 0 && (is_alnum(text[begin - 1]) || text[begin - 1] == '\\')) return false;
    std::size_t slashes = 0;
    while (begin + slashes < text.size() && text[begin + slashes] == '\\') ++slashes;
    if (slashes != 2 && slashes != 4) return false;
    std::size_t at = begin + slashes;
    std::size_t const host = at;
    bool named = false;
    for (; at < text.size() && is_host(text[at]); ++at) named |= text[at] != '-' && text[at] != '.' && text[at] != '_';
    if (!named || at - host < 2 || at - host > 255) return false;
    std::size_t parts = 0;
    while (at < text.size() && text[at] == '\\') ++at, ++parts;
    return parts == slashes / 2 && at + 1 < text.size() && is_host(text[at]) && is_host(text[at + 1]);
}

class FilePath final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;
    void examine(Reading const& reading, Sink& sink) const override {
        std::string_view const text = reading.text;
        Role const role = reading.evidence.role;
        std::uint64_t done = 0;
        for (Candidate const& candidate : reading.candidates) {
            if (candidate.begin < done) continue;
            bool const url = candidate.trigger == 0;
            if (url ? candidate.begin > 0 && is_alnum(text[candidate.begin - 1]) : !is_share(text, candidate.begin)) continue;
            std::size_t const end = end_of_path(text, candidate.end, role);
            // file:///x is the least that names anything.
            if (url && end < candidate.begin + 9) continue;
            done = end;
            Finding finding;
            finding.certainty = role == Role::link ? Certainty::likely : Certainty::hint;
            finding.span = {candidate.begin, end_of_folder(text, candidate.begin, end)};
            finding.facts = {{"kind", url ? "file-url" : "share"}};
            finding.reasons = {role == Role::link ? "a link's target" : "has the form of a path"};
            sink.found(std::move(finding));
        }
    }
};

}  // namespace

extern DetectorRow const row_link_file_path{&about, [] { return std::unique_ptr<Detector>(new FilePath(about)); }};

}  // namespace keepmum
