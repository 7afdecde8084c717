// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <string>

#include "base/utf8.h"
#include "extract/claims.h"
#include "extract/registry.h"
#include "format/drawing/svg.h"
#include "format/text/charset.h"
#include "match/byte_set.h"

namespace keepmum {

namespace {

Claim sure_if(bool condition) { return condition ? Claim::sure : Claim::none; }

bool starts_with_case(std::string_view text, std::string_view lower) {
    return text.size() >= lower.size() && equal_ascii_case(text.substr(0, lower.size()), lower);
}

// Lower-case text behind comments, declarations and processing instructions of markup.
std::string_view first_element(std::string_view text) {
    for (int rounds = 0; rounds < 64; ++rounds) {
        std::size_t const start = text.find_first_not_of(" \t\r\n\f");
        if (start == std::string_view::npos) return {};
        text.remove_prefix(start);
        std::string_view end;
        if (text.starts_with("<!--")) {
            end = "-->";
        } else if (text.starts_with("<?")) {
            end = ">";
        } else {
            return text;
        }
        std::size_t const close = text.find(end);
        if (close == std::string_view::npos) return {};
        text.remove_prefix(close + end.size());
    }
    return {};
}

constexpr std::array<std::string_view, 26> html_elements = {
    "<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<script", "<style", "<table", "<div", "<p>",
    "<br", "<h1", "<h2", "<a ", "<span", "<font", "<center", "<iframe", "<img", "<form", "<b>", "<ul", "<ol", "<pre", "<link"};

constexpr std::array<std::string_view, 22> mail_headers = {
    "from", "to", "subject", "date", "received", "return-path", "message-id", "mime-version", "content-type",
    "delivered-to", "dkim-signature", "cc", "bcc", "reply-to", "sender", "in-reply-to", "references",
    "content-transfer-encoding", "thread-topic", "x-mailer", "authentication-results", "user-agent"};

// The header field name that a line begins with, or "".
std::string_view header_name(std::string_view line) {
    std::size_t const colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > 60) return {};
    std::string_view const name = line.substr(0, colon);
    bool const fine = std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7F; });
    return fine ? name : std::string_view();
}

std::string_view take_line(std::string_view& text) {
    std::size_t const end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

// How many different fields known from mail stand in the header block at the start; 0 where the
// first line is none.
int count_mail_headers(std::string_view text) {
    std::array<bool, mail_headers.size()> seen = {};
    bool first = true;
    while (!text.empty()) {
        std::string_view const line = take_line(text);
        if (line.empty()) break;
        if (!first && (line[0] == ' ' || line[0] == '\t')) continue;
        std::string_view const name = header_name(line);
        if (name.empty()) {
            if (first) return 0;
            break;
        }
        first = false;
        for (std::size_t i = 0; i < mail_headers.size(); ++i) {
            if (equal_ascii_case(name, mail_headers[i])) seen[i] = true;
        }
    }
    return static_cast<int>(std::count(seen.begin(), seen.end(), true));
}

// Delimiters of a line outside quotes; -1 where a quote stays open.
int count_delimiters(std::string_view line, char delimiter) {
    int count = 0;
    bool quoted = false;
    for (char const c : line) {
        if (c == '"') quoted = !quoted;
        if (c == delimiter && !quoted) ++count;
    }
    return quoted ? -1 : count;
}

bool has_name_ending(Head const& head, std::initializer_list<std::string_view> endings) {
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) {
        return head.name.size() >= ending.size() && equal_ascii_case(head.name.substr(head.name.size() - ending.size()), ending);
    });
}

// Length of the longest prefix without control characters but for those that texts have. Nearly all text passes whole.
std::size_t plain_prefix(std::string_view text) { return find_member(unusual_controls, text); }

}  // namespace

Head head_of(std::string_view first, std::string_view last, std::uint64_t size, std::string_view name) {
    Head head{first, last, size, name};
    head.plain = plain_prefix(first);
    bool const same = first.data() == last.data() && first.size() == last.size();
    head.plain_last = same ? head.plain == last.size() : plain_prefix(last) == last.size();
    return head;
}

AsciiHead::AsciiHead(Head const& head, std::size_t limit) {
    std::string_view first = head.first.substr(0, limit);
    bool const plain = head.plain >= first.size();
    if (first.starts_with("\xEF\xBB\xBF")) first.remove_prefix(3);
    if (first.starts_with("\xFF\xFE") || first.starts_with("\xFE\xFF")) first.remove_prefix(2);
    if (plain || plain_prefix(first) == first.size()) {
        auto const begin = std::find_if(first.begin(), first.end(), [](char c) { return static_cast<unsigned char>(c) > 0x20; });
        text_ = first.substr(static_cast<std::size_t>(begin - first.begin()));
        return;
    }
    std::size_t nuls = 0;
    for (char const c : first) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte == 0) {
            ++nuls;
            continue;
        }
        if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' && byte != '\x1B') return;
        if (made_.empty() && (byte == ' ' || byte < 0x20)) continue;
        made_ += c;
    }
    // UTF-16 has one NUL for each ASCII character, UTF-32 three; anything in between is binary.
    if (nuls != 0 && (nuls * 8 < first.size() || nuls * 5 > first.size() * 4)) return;
    text_ = made_;
}

Claim claims_rtf(Head const& head) { return sure_if(AsciiHead(head, 64).text().starts_with("{\\rt")); }

Claim claims_pdf(Head const& head) {
    std::size_t const at = head.first.find("%PDF-");
    if (at == std::string_view::npos) return Claim::none;
    if (at == 0) return Claim::sure;
    // Behind other bytes it is a PDF where objects follow; a text that speaks of PDF has none.
    bool const objects = head.first.find(" obj", at) != std::string_view::npos;
    bool const near = at < 1024;
    bool const ended = head.last.find("%%EOF") != std::string_view::npos || head.last.find("startxref") != std::string_view::npos;
    if (near) return sure_if(objects || ended);
    // Further in, it is as likely a file inside another that will hand it out itself.
    return objects && ended ? Claim::maybe : Claim::none;
}

Claim claims_mail(Head const& head) {
    AsciiHead const start(head, 16 * 1024);
    std::string_view const text = start.text();
    int const count = count_mail_headers(text);
    if (count >= 3) return Claim::sure;
    // A saved web page (MHTML) or a bare part: few fields, but the ones that only mail has.
    bool const telling = starts_with_case(text, "mime-version:") || starts_with_case(text, "message-id:") ||
                         starts_with_case(text, "received:") || starts_with_case(text, "return-path:");
    return sure_if(count == 2 && telling);
}

Claim claims_mbox(Head const& head) {
    if (!AsciiHead(head, 64).text().starts_with("From ")) return Claim::none;
    AsciiHead const start(head, 16 * 1024);
    std::string_view text = start.text();
    std::string_view const line = take_line(text);
    bool const time = line.find(':') != std::string_view::npos && line.size() > 20;
    return sure_if(time && count_mail_headers(text) >= 1);
}

Claim claims_pgp_message(Head const& head) {
    if (AsciiHead(head, 256).text().starts_with("-----BEGIN PGP MESSAGE")) return Claim::sure;
    // A public-key encrypted session key packet: tag 1, version 3, a key number, an algorithm in use.
    std::string_view const b = head.first;
    if (b.size() < 16) return Claim::none;
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(b[i]); };
    bool const old_form = (byte(0) == 0x85 || byte(0) == 0x84) && byte(byte(0) == 0x85 ? 3 : 2) == 3;
    bool const new_form = byte(0) == 0xC1 && byte(byte(1) < 192 ? 2 : 3) == 3;
    if (!old_form && !new_form) return Claim::none;
    std::size_t const algorithm = old_form ? (byte(0) == 0x85 ? 12 : 11) : (byte(1) < 192 ? 11 : 12);
    return sure_if(byte(algorithm) == 1 || byte(algorithm) == 16 || byte(algorithm) == 18);
}

Claim claims_html(Head const& head) {
    AsciiHead const start(head, 8192);
    std::string_view const element = first_element(start.text());
    if (element.empty() || element[0] != '<') return Claim::none;
    for (std::string_view const known : html_elements) {
        if (starts_with_case(element, known)) return Claim::sure;
    }
    return Claim::none;
}

// The root element is `document` of the office namespace (OASIS ODF 1.3 part 3, 3.1.2), whatever its prefix.
Claim claims_flat_odf(Head const& head) {
    constexpr std::string_view office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    AsciiHead const start(head, 16 * 1024);
    std::string_view tag = first_element(start.text());
    if (!tag.starts_with('<')) return Claim::none;
    tag = tag.substr(1, tag.find('>') - 1);
    std::string_view const name = tag.substr(0, tag.find_first_of(" \t\r\n/"));
    std::size_t const colon = name.find(':');
    bool const prefixed = colon != std::string_view::npos;
    if ((prefixed ? name.substr(colon + 1) : name) != "document") return Claim::none;
    std::string const declaration = prefixed ? "xmlns:" + std::string(name.substr(0, colon)) : "xmlns";
    for (std::size_t at = tag.find(declaration); at != std::string_view::npos; at = tag.find(declaration, at + 1)) {
        std::string_view rest = tag.substr(at + declaration.size());
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n="), rest.size()));
        if (!rest.empty() && (rest[0] == '"' || rest[0] == '\'') && rest.substr(1).starts_with(office)) return Claim::sure;
    }
    return Claim::none;
}

Claim claims_svg(Head const& head) {
    AsciiHead const start(head, 64 * 1024);
    return sure_if(is_svg(start.text()));
}

Claim claims_xml(Head const& head) {
    AsciiHead const ascii(head, 8192);
    std::string_view const start = ascii.text();
    if (start.empty() || start[0] != '<' || claims_html(head) == Claim::sure || claims_flat_odf(head) == Claim::sure ||
        claims_svg(head) == Claim::sure) {
        return Claim::none;
    }
    if (starts_with_case(start, "<?xml")) return Claim::sure;
    std::string_view const element = first_element(start);
    if (starts_with_case(element, "<!doctype")) return Claim::sure;
    if (element.size() < 3 || element[0] != '<' || !is_alpha(element[1])) return Claim::none;
    std::size_t const end = element.find_first_of(" \t\r\n/>");
    bool const name = end != std::string_view::npos &&
                      std::all_of(element.begin() + 1, element.begin() + static_cast<std::ptrdiff_t>(end),
                                  [](char c) { return is_alnum(c) || c == ':' || c == '-' || c == '_' || c == '.'; });
    // "<name>" alone may be a line of a chat; markup closes.
    bool const closes = start.find("</") != std::string::npos || start.find("/>") != std::string::npos;
    return sure_if(name && closes);
}

namespace {
// Whether the first character that is no blank is one of `any`; cheaper than taking the head out.
bool head_starts_with(Head const& head, std::string_view any) {
    AsciiHead const ascii(head, 4096);
    std::string_view const start = ascii.text();
    return !start.empty() && any.find(start[0]) != std::string_view::npos;
}
}  // namespace

Claim claims_notebook(Head const& head) {
    if (!head_starts_with(head, "{")) return Claim::none;
    AsciiHead const ascii(head, 64 * 1024);
    std::string_view const start = ascii.text();
    bool const cells = start.find("\"cells\"") != std::string::npos && start.find("\"cell_type\"") != std::string::npos;
    bool const format = start.find("\"nbformat\"") != std::string::npos || head.last.find("\"nbformat\"") != std::string_view::npos;
    return sure_if(cells && format);
}

Claim claims_json(Head const& head) {
    AsciiHead const ascii(head, 1024);
    std::string_view const start = ascii.text();
    if (start.empty() || claims_notebook(head) == Claim::sure) return Claim::none;
    std::size_t const next = start.find_first_not_of(" \t\r\n", 1);
    char const second = next == std::string::npos ? '\0' : start[next];
    if (start[0] == '{') return sure_if(second == '"' || second == '}');
    if (start[0] != '[') return Claim::none;
    bool const value = second == '{' || second == '[' || second == ']' || second == '"' || second == '-' || is_digit(second);
    // "[section]" of a settings file or "[1] Author, Title": a list goes on with a comma or closes.
    std::size_t const end = start.find_first_of(",]}", next == std::string::npos ? 1 : next);
    return sure_if(value && (second == '{' || second == '"' || second == '[' ||
                             (end != std::string::npos && (start[end] == ',' || head.last.ends_with(']') || head.last.ends_with("]\n")))));
}

Claim claims_calendar(Head const& head) {
    if (!head_starts_with(head, "Bb")) return Claim::none;
    AsciiHead const ascii(head, 64);
    std::string const start = ascii_upper(ascii.text());
    return sure_if(start.starts_with("BEGIN:VCALENDAR") || start.starts_with("BEGIN:VCARD"));
}

Claim claims_latex(Head const& head) {
    if (!head_starts_with(head, "\\%")) return Claim::none;
    AsciiHead const ascii(head, 16 * 1024);
    std::string_view const start = ascii.text();
    return sure_if(start.find("\\documentclass") != std::string::npos || start.find("\\begin{") != std::string::npos ||
                   start.find("\\usepackage") != std::string::npos || start.find("\\documentstyle") != std::string::npos);
}

Claim claims_csv(Head const& head) {
    AsciiHead const ascii(head, 8192);
    std::string_view const start = ascii.text();
    if (start.empty() || start[0] == '<' || start[0] == '{' || start[0] == '\\') return Claim::none;
    bool const named = has_name_ending(head, {".csv", ".tsv", ".tab"});
    for (char const delimiter : {',', '\t', ';', '|'}) {
        std::string_view text = start;
        // A table has its delimiter in the first line; prose seldom has the same number of any in each.
        if (start.substr(0, start.find('\n')).find(delimiter) == std::string::npos) continue;
        int lines = 0, alike = 0, width = -1;
        while (!text.empty() && lines < 24) {
            bool const whole = text.find('\n') != std::string_view::npos || head.size <= 8192;
            std::string_view const line = take_line(text);
            if (line.empty() || !whole) continue;
            int const count = count_delimiters(line, delimiter);
            if (width < 0) width = count;
            ++lines;
            alike += count == width;
            if (!named && count != width) break;
        }
        if (width < 1) continue;
        if (named && alike * 10 >= lines * 6) return Claim::sure;
        if (!named && lines >= 3 && alike == lines && width >= 2) return Claim::sure;
    }
    return Claim::none;
}

Claim claims_plain(Head const& head) {
    if (head.size == 0) return Claim::sure;
    if (head.plain == head.first.size() && is_ascii(head.first)) return Claim::maybe;
    std::optional<CharsetGuess> const guess =
        guess_charset(head.first, head.size > head.first.size() ? Ending::cut : Ending::whole);
    return guess ? Claim::maybe : Claim::none;
}

}  // namespace keepmum
