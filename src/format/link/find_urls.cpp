// Web addresses in a running text, Chinese text without spaces included.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "format/link/suffix.h"
#include "format/link/url.h"

namespace keepmum {

namespace {

constexpr std::size_t longest = 8000;

// Ends an address wherever it stands: blanks, quotes, brackets of markup, Chinese punctuation.
bool parts(char32_t c) {
    if (c <= ' ' || c == 0x7f) return true;
    if (c < 0x80) return c == '<' || c == '>' || c == '"' || c == '`' || c == '{' || c == '}' || c == '|' || c == '^';
    return c == 0xa0 || c == 0xab || c == 0xbb || (c >= 0x2000 && c <= 0x206f) ||
           (c >= 0x3000 && c <= 0x303f && c != 0x3002) ||
           (c >= 0xff00 && c <= 0xff20 && c != 0xff0e && c != 0xff0d && c != 0xff0f && !(c >= 0xff10 && c <= 0xff19));
}

// Where the path of an address ends that Chinese text follows directly.
std::string_view without_tail(std::string_view token) {
    std::size_t const scheme = token.find("://");
    std::size_t const slash = token.find_first_of("/?#", scheme == std::string_view::npos ? 0 : scheme + 3);
    if (slash != std::string_view::npos) {
        for (std::size_t at = slash; at < token.size();) {
            CodePoint const c = decode_utf8(token, at);
            if (is_cjk(c.value) || c.value == 0x3002) {
                token = token.substr(0, at);
                break;
            }
            at += c.length;
        }
    }
    while (!token.empty() && std::string_view(".,;:!?'*_~]").find(token.back()) != std::string_view::npos)
        token.remove_suffix(1);
    if (token.ends_with(')') && token.find('(') == std::string_view::npos) token.remove_suffix(1);
    return token;
}

// Endings under which names are written without any path or "www.", and files seldom are.
bool is_common_ending(std::string_view host) {
    constexpr std::array<std::string_view, 18> common = {"com", "net",  "org",    "info", "cn",  "top",
                                                         "xyz", "io",   "edu",    "gov",  "me",  "co",
                                                         "cc",  "site", "online", "club", "vip", "ru"};
    std::string_view const last = host.substr(host.rfind('.') + 1);
    return std::find(common.begin(), common.end(), last) != common.end();
}

std::size_t scheme_begin(std::string_view token, std::size_t colon) {
    std::size_t begin = colon;
    while (begin > 0 && is_alpha(token[begin - 1])) --begin;
    std::string const scheme = ascii_lower(token.substr(begin, colon - begin));
    for (std::string_view const known : {"https", "http", "ftp", "hxxps", "hxxp"}) {
        if (scheme.ends_with(known)) return colon - known.size();
    }
    return std::string_view::npos;
}

// The address in a token, if there is one: where it begins, and what it says.
std::optional<FoundUrl> read_token(std::string_view token, std::size_t offset) {
    std::size_t begin = 0;
    std::size_t const colon = token.find("://");
    bool const whole =
        colon != std::string_view::npos && (begin = scheme_begin(token, colon)) != std::string_view::npos;
    if (!whole) {
        // Without a scheme nothing tells a Chinese host from the sentence around it.
        begin = 0;
        for (CodePoint c;
             begin < token.size() && (c = decode_utf8(token, begin), !is_word(c.value) || is_cjk(c.value));)
            begin += c.length;
        for (std::size_t at = begin; at < token.size();) {
            CodePoint const c = decode_utf8(token, at);
            if (is_cjk(c.value) || c.value == 0x3002) token = token.substr(0, at);
            at += c.length;
        }
    }
    token = without_tail(token.substr(begin, longest));
    if (token.size() < 4 || token.find('.') == std::string_view::npos) return std::nullopt;
    if (!whole) {
        std::size_t const slash = token.find('/');
        std::string_view const host = token.substr(0, slash);
        if (host.find_first_of("@\\:=&%(),;") != std::string_view::npos || host.find("..") != std::string_view::npos)
            return std::nullopt;
        std::string const low = ascii_lower(host);
        bool const path = slash != std::string_view::npos && slash + 1 < token.size();
        if (!low.starts_with("www.") && !(path && is_alpha(low.back())) && !is_common_ending(low))
            return std::nullopt;
    }
    std::optional<Url> url = read_url(token);
    if (!url) return std::nullopt;
    return FoundUrl{{offset + begin, offset + begin + token.size()}, std::move(*url)};
}

}  // namespace

std::vector<FoundUrl> find_urls(std::string_view text, std::size_t most) {
    std::vector<FoundUrl> found;
    for (std::size_t at = 0; at < text.size() && found.size() < most;) {
        std::size_t end = at;
        bool dot = false;
        while (end < text.size()) {
            CodePoint const c = decode_utf8(text, end);
            if (parts(c.value)) break;
            dot = dot || c.value == '.' || c.value == 0x3002 || c.value == 0xff0e;
            end += c.length;
        }
        if (dot) {
            if (std::optional<FoundUrl> url = read_token(text.substr(at, end - at), at))
                found.push_back(std::move(*url));
        }
        at = end == text.size() ? end : end + decode_utf8(text, end).length;
    }
    return found;
}

}  // namespace keepmum
