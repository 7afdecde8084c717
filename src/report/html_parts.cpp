// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/html_parts.h"

#include <algorithm>

#include "base/utf8.h"
#include "report/words.h"

namespace keepmum {

std::string escape_html(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const code = decode_utf8(text, at);
        switch (code.value) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            case '\n': out += '\n'; break;
            case '\r': break;
            case '\t': out += ' '; break;
            default:
                if (!code.valid || is_disguising(code.value)) out += "\uFFFD";
                else out.append(text.substr(at, code.length));
        }
        at += code.length;
    }
    return out;
}

std::string html_name(std::string_view name) {
    std::string out = "<bdi>";
    std::string const safe = escape_html(show_name(name));
    for (char const c : safe) {
        out += c;
        if (c == '/') out += "<wbr>";
    }
    return out + "</bdi>";
}

std::string_view outcome_icon(Outcome outcome) {
    switch (outcome) {
        case Outcome::hold:
            return R"(<svg viewBox="0 0 48 48" aria-hidden="true"><path d="M15 3h18l12 12v18L33 45H15L3 33V15z" fill="currentColor" )"
                   R"(fill-opacity=".16" stroke="currentColor" stroke-width="2.6" stroke-linejoin="round"/>)"
                   R"(<path d="M14 24h20" stroke="currentColor" stroke-width="5" stroke-linecap="round"/></svg>)";
        case Outcome::warn:
            return R"(<svg viewBox="0 0 48 48" aria-hidden="true"><path d="M3 24s8-14 21-14 21 14 21 14-8 14-21 14S3 24 3 24z" )"
                   R"(fill="currentColor" fill-opacity=".16" stroke="currentColor" stroke-width="2.6" stroke-linejoin="round"/>)"
                   R"(<circle cx="24" cy="24" r="6.5" fill="currentColor"/></svg>)";
        case Outcome::pass: break;
    }
    return R"(<svg viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="21" fill="currentColor" fill-opacity=".16" )"
           R"(stroke="currentColor" stroke-width="2.6"/><path d="M14 25l7 7 14-15" fill="none" stroke="currentColor" stroke-width="4.4" )"
           R"(stroke-linecap="round" stroke-linejoin="round"/></svg>)";
}

std::string html_coverage_bar(std::uint64_t bytes, std::uint64_t read) {
    read = std::min(read, bytes);
    // 100 stands for the last byte only: what is nearly all is not all.
    std::uint64_t const percent = read == bytes ? 100 : std::min<std::uint64_t>(99, read / (bytes / 100 + 1));
    return std::string("<span class=\"bar") + (percent < 100 ? " part" : "") + "\"><i style=\"width:" +
           std::to_string(percent) + "%\"></i></span>";
}

namespace {

// Tenths of a point are fine enough for a page two inches wide.
std::string append_box(std::string path, Exhibit::Box const& box) {
    auto const tenth = [](std::int32_t value) { return std::to_string(value / 10); };
    path += "M" + tenth(box.left) + " " + tenth(box.top) + "h" + tenth(box.width) + "v" + tenth(box.height) + "h-" +
            tenth(box.width) + "z";
    return path;
}

}  // namespace

std::string html_page_map(Exhibit const& exhibit, std::vector<Outcome> const& outcomes, std::string_view label) {
    if (exhibit.boxes.empty() || exhibit.page_width <= 0 || exhibit.page_height <= 0) return "";
    std::string words, found;
    for (Exhibit::Box const& box : exhibit.boxes) {
        if (box.finding < 0 || static_cast<std::size_t>(box.finding) >= outcomes.size()) {
            words = append_box(std::move(words), box);
            continue;
        }
        std::string const outcome(word(outcomes[static_cast<std::size_t>(box.finding)]));
        found += "<path class=\"" + outcome + "\" d=\"" + append_box("", box) + "\"/>";
        Exhibit::Box const ring{box.left - 700, box.top - 700, box.width + 1400, box.height + 1400};
        found += "<path class=\"ring " + outcome + "\" d=\"" + append_box("", ring) + "\"/>";
    }
    return "<svg viewBox=\"0 0 " + std::to_string(exhibit.page_width / 10) + " " + std::to_string(exhibit.page_height / 10) +
           "\" role=\"img\" aria-label=\"" + escape_html(label) + "\"><path class=\"words\" d=\"" + words + "\"/>" + found + "</svg>";
}

}  // namespace keepmum
