// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/link/url.h"

#include <algorithm>

#include "base/confusable.h"
#include "base/utf8.h"
#include "format/link/suffix.h"

namespace keepmum {

namespace {

constexpr std::size_t longest = 8192;
constexpr std::string_view special[] = {"http", "https", "ftp", "ws", "wss", "hxxp", "hxxps"};

bool is_special(std::string_view scheme) {
    return std::find(std::begin(special), std::end(special), scheme) != std::end(special);
}

int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    char const low = to_lower(c);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

// The length of "scheme:" without the colon; 0 where there is none. "example.org:8080" has none.
std::size_t scheme_length(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size() && at < 40 &&
           (is_alnum(text[at]) || text[at] == '+' || text[at] == '-' || text[at] == '.'))
        ++at;
    if (at == 0 || at >= text.size() || text[at] != ':' || !is_alpha(text[0])) return 0;
    std::string_view const scheme = text.substr(0, at);
    bool const port = at + 1 < text.size() && is_digit(text[at + 1]) && !is_special(ascii_lower(scheme));
    return port ? 0 : at;
}

// What is not there for a browser: spaces around it, line ends and tabs within it.
std::string without_blanks(std::string_view text, bool& disguised) {
    auto const blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    std::string out;
    for (char const c : text) {
        if (c == '\t' || c == '\n' || c == '\r') {
            disguised = true;
        } else {
            out += c;
        }
    }
    return out;
}

void read_port(std::string_view text, Url& url) {
    std::uint32_t port = 0;
    for (char const c : text) {
        if (!is_digit(c) || port > 65'535) return;
        port = port * 10 + static_cast<std::uint32_t>(c - '0');
    }
    if (port <= 65'535) url.port = port;
}

void read_host(std::string_view written, Url& url) {
    url.written = made_valid(written);
    std::string const plain = undo_percent(written, url.escaped_host);
    if (plain.starts_with('[')) {
        url.address = read_ip_literal(plain);
        url.host = url.wire = url.address ? url.address->plain : ascii_lower(made_valid(plain));
        return;
    }
    HostForms forms = read_host_name(plain);
    while (forms.shown.ends_with('.')) forms.shown.pop_back();
    while (forms.wire.ends_with('.')) forms.wire.pop_back();
    url.host = std::move(forms.shown);
    url.wire = std::move(forms.wire);
    url.address = read_ip_literal(url.wire);
    if (url.address) url.host = url.address->plain;
}

bool looks_like_host(Url const& url) {
    // A bare "12.5" is a number, though a browser takes it for an address.
    if (url.address) return url.address->plain == url.written || url.written.find("0x") != std::string::npos;
    return url.host.find('.') != std::string::npos && is_known_ending(url.host) &&
           url.host.find(' ') == std::string::npos;
}

}  // namespace

std::string undo_percent(std::string_view text, bool& undone) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%' && at + 2 < text.size() && hex_value(text[at + 1]) >= 0 && hex_value(text[at + 2]) >= 0) {
            out += static_cast<char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2]));
            at += 2;
            undone = true;
        } else {
            out += text[at];
        }
    }
    return out;
}

std::optional<Url> read_url(std::string_view text) {
    if (text.size() > longest) return std::nullopt;
    Url url;
    std::string const plain = without_blanks(text, url.disguised);
    std::string_view rest = plain;
    if (std::size_t const length = scheme_length(rest); length > 0) {
        url.scheme = ascii_lower(rest.substr(0, length));
        rest.remove_prefix(length + 1);
    } else {
        url.scheme = "https";
        url.assumed = true;
    }
    bool const web = is_special(url.scheme);
    if (web) {
        std::size_t slashes = 0;
        while (slashes < rest.size() && (rest[slashes] == '/' || rest[slashes] == '\\')) {
            if (rest[slashes] == '\\') url.disguised = true;
            ++slashes;
        }
        if (url.assumed && slashes != 0 && slashes != 2) return std::nullopt;  // a path
        rest.remove_prefix(slashes);
    } else {
        if (!rest.starts_with("//")) return std::nullopt;
        rest.remove_prefix(2);
    }
    std::size_t const end = std::min(rest.find_first_of(web ? "/?#\\" : "/?#"), rest.size());
    if (end < rest.size() && rest[end] == '\\') url.disguised = true;
    url.path = made_valid(rest.substr(end));
    std::string_view authority = rest.substr(0, end);
    if (std::size_t const at = authority.rfind('@'); at != std::string_view::npos) {
        bool undone = false;
        url.user = made_valid(undo_percent(authority.substr(0, at), undone));
        url.has_user = true;
        authority.remove_prefix(at + 1);
    }
    std::size_t const after = authority.starts_with('[') ? std::min(authority.find(']'), authority.size()) : 0;
    if (std::size_t const colon = authority.find(':', after); colon != std::string_view::npos) {
        read_port(authority.substr(colon + 1), url);
        authority = authority.substr(0, colon);
    }
    if (authority.empty()) return std::nullopt;
    read_host(authority, url);
    if (url.host.empty() || (url.assumed && !looks_like_host(url))) return std::nullopt;
    return url;
}

}  // namespace keepmum
