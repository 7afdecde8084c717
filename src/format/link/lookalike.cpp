// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/link/lookalike.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/confusable.h"
#include "base/icu.h"
#include "base/utf8.h"
#include "format/link/suffix.h"
#include "format/link/url.h"
#include "format/text/han.h"

namespace keepmum {

namespace {

constexpr std::size_t longest_host = 253;   // bytes, RFC 1035
constexpr std::size_t least_for_slip = 5;   // letters of a name: shorter ones are one slip from too many others
constexpr std::size_t least_in_pieces = 4;  // of a name between hyphens, unless a lure stands beside it
constexpr std::size_t least_glued = 4, least_within = 8;

// Words around a name in hosts that want a password, money or a file.
constexpr auto lures = std::to_array<std::string_view>({
    "access",  "account",  "accounts", "active",   "admin",        "alert",    "app",      "auth",     "bank",
    "billing", "bonus",    "card",     "career",   "careers",      "cdn",      "center",   "check",    "claim",
    "client",  "cloud",    "com",      "confirm",  "connect",      "customer", "docs",     "document", "download",
    "drive",   "email",    "file",     "files",    "gift",         "group",    "help",     "home",     "hr",
    "id",      "info",     "invoice",  "job",      "jobs",         "live",     "log",      "login",    "logon",
    "mail",    "member",   "mobile",   "my",       "net",          "office",   "official", "online",   "page",
    "pass",    "password", "pay",      "payment",  "portal",       "recovery", "refund",   "renew",    "reset",
    "reward",  "safe",     "secure",   "security", "service",      "services", "share",    "shop",     "sign",
    "signin",  "sso",      "store",    "support",  "survey",       "team",     "test",     "tracking", "transfer",
    "unlock",  "update",   "user",     "verify",   "verification", "vip",      "wallet",   "web",      "webmail",
    "www",     "登录",     "登陆",     "客服",     "官网",         "官方",     "验证",     "支付",     "招聘",
    "安全",    "中心",     "在线",
});

std::u32string points_of(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const c = decode_utf8(text, at);
        out += c.value;
        at += c.length;
    }
    return out;
}

// ICU reads some letters apart that fonts draw alike; and each for itself, so that no pair is one letter.
char32_t look_alike(char32_t c) {
    switch (c) {
        case U'0':
            return U'o';
        case U'1':
        case U'i':
        case U'|':
        case 0x131:
        case 0x4cf:
            return U'l';
        case U'3':
            return U'e';
        case U'4':
            return U'a';
        case U'5':
            return U's';
        case U'7':
            return U't';
        case U'8':
        case 0x44c:
            return U'b';
        case U'9':
            return U'g';
        default:
            return c;
    }
}

void replace_pairs(std::u32string& text) {
    struct Pair {
        char32_t first, second, one;
    };
    constexpr Pair pairs[] = {{U'r', U'n', U'm'}, {U'v', U'v', U'w'}, {U'c', U'l', U'd'}};
    std::size_t to = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        text[to++] = text[at];
        for (Pair const& pair : pairs) {
            if (to < 2 || text[to - 2] != pair.first || text[to - 1] != pair.second) continue;
            text[to - 2] = pair.one;
            --to;
        }
    }
    text.resize(to);
}

std::u32string without_hyphens(std::u32string text) {
    std::erase(text, U'-');
    return text;
}

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> out;
    for (std::size_t begin = 0; begin <= text.size();) {
        std::size_t const end = std::min(text.find(at, begin), text.size());
        if (end > begin) out.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return out;
}

// Damerau-Levenshtein distance of exactly one.
bool is_one_slip(std::u32string_view left, std::u32string_view right) {
    if (left.size() > right.size()) std::swap(left, right);
    if (right.size() - left.size() > 1) return false;
    std::size_t same = 0;
    while (same < left.size() && left[same] == right[same]) ++same;
    std::u32string_view const a = left.substr(same), b = right.substr(same);
    if (a.size() != b.size()) return a == b.substr(1);
    if (a.empty()) return false;
    if (a.substr(1) == b.substr(1)) return true;
    return a.size() > 1 && a[0] == b[1] && a[1] == b[0] && a.substr(2) == b.substr(2);
}

// A label of the host that is judged, in all the forms that comparing wants.
struct Label {
    std::string_view text;
    std::u32string plain, look, joined;  // joined: without hyphens
    std::vector<std::u32string> pieces;  // looks between hyphens
    bool lures = false;                  // one of the pieces is a lure
};

Label read_label(std::string_view text) {
    Label label;
    label.text = text;
    label.plain = points_of(text);
    label.look = look_of(text);
    label.joined = without_hyphens(label.look);
    for (std::string_view piece : split(text, '-')) {
        label.pieces.push_back(look_of(piece));
        label.lures = label.lures || is_lure(piece);
    }
    return label;
}

// Whether pieces next to each other, taken together, are `look`; not all of them.
bool holds_in_pieces(Label const& label, std::u32string_view look) {
    for (std::size_t begin = 0; begin < label.pieces.size(); ++begin) {
        std::u32string together;
        for (std::size_t end = begin; end < label.pieces.size() && together.size() < look.size(); ++end) {
            together += label.pieces[end];
            if (together == look) return true;
        }
    }
    return false;
}

bool is_cjk_name(std::u32string_view look) {
    return look.size() >= 3 && std::all_of(look.begin(), look.end(), is_cjk);
}

bool is_glued(Label const& label, TrustedName const& name) {
    std::u32string_view const text = label.joined, look = name.look;
    if (look.size() < least_glued || text.size() <= look.size()) return false;
    std::u32string_view rest;
    if (text.starts_with(look)) {
        rest = text.substr(look.size());
    } else if (text.ends_with(look)) {
        rest = text.substr(0, text.size() - look.size());
    } else {
        return look.size() >= least_within && text.find(look) != std::u32string_view::npos;
    }
    if (look.size() >= least_within) return true;
    std::string word;
    for (char32_t const c : rest) append_utf8(word, c);
    auto const same = [&](std::string_view lure) { return lure.size() > 1 && look_of(lure) == rest; };
    return std::any_of(lures.begin(), lures.end(), same);
}

// The registered label against a name.
NameLikeness compare_label(Label const& label, TrustedName const& name, bool other_ending) {
    if (label.text == name.label) return other_ending ? NameLikeness::other_ending : NameLikeness::uses_name;
    if (label.look == look_of(name.label)) return NameLikeness::same_look;
    if (label.joined == name.look) return NameLikeness::hyphens;
    std::u32string const plain = points_of(name.label);
    bool const slip = is_one_slip(label.plain, plain) || is_one_slip(label.look, look_of(name.label));
    if (slip && plain.size() >= least_for_slip) return NameLikeness::one_slip;
    if (label.text.starts_with("www") && label.look == look_of("www" + name.label)) return NameLikeness::added_word;
    bool const apart = name.look.size() >= least_in_pieces || label.lures;
    if (apart && label.pieces.size() > 1 && holds_in_pieces(label, name.look)) return NameLikeness::added_word;
    if (!name.whole.empty() && holds_in_pieces(label, name.whole)) return NameLikeness::as_beginning;
    if (is_glued(label, name)) return NameLikeness::added_word;
    if (is_cjk_name(name.look) && label.joined.find(name.look) != std::u32string::npos) return NameLikeness::uses_name;
    return NameLikeness::none;
}

// What stands before the registered domain.
NameLikeness compare_beginning(std::vector<Label> const& labels, std::string_view beginning, bool lures_around,
                           TrustedName const& name) {
    if (!name.host.empty()) {
        std::string const dotted = "." + std::string(beginning) + ".", wanted = "." + name.registrable + ".";
        if (dotted.find(wanted) != std::string::npos) return NameLikeness::as_beginning;
    }
    for (Label const& label : labels) {
        if (!name.whole.empty() && label.pieces.size() > 1 && holds_in_pieces(label, name.whole))
            return NameLikeness::as_beginning;
        bool const there =
            label.look == name.look || (name.look.size() >= least_in_pieces && holds_in_pieces(label, name.look));
        if (there && (lures_around || label.lures)) return NameLikeness::as_beginning;
        if (name.look.size() >= least_for_slip && label.text != name.label && label.look == name.look)
            return NameLikeness::same_look;
    }
    return NameLikeness::none;
}

bool is_under(std::string_view host, std::string_view domain) {
    return host == domain ||
           (host.size() > domain.size() && host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

}  // namespace

bool is_lure(std::string_view word) { return std::find(lures.begin(), lures.end(), word) != lures.end(); }

std::u32string look_of(std::string_view label) {
    std::string before;
    for (char32_t const c : points_of(label)) append_utf8(before, look_alike(fold_han(c)));
    std::u32string out;
    for (char32_t const c : points_of(skeleton_of(before))) {
        if (c >= 0x300 && c <= 0x36f) continue;  // marks above, below and through letters
        out += look_alike(base_letter(fold_case(c)));
    }
    replace_pairs(out);
    return out;
}

TrustedName read_trusted_name(std::string_view written) {
    TrustedName name;
    name.written = made_valid(written);
    std::optional<Url> const url = read_url(written);
    if (url && !url->address && url->host.find('.') != std::string::npos) {
        name.host = url->host.starts_with("www.") ? url->host.substr(4) : url->host;
        name.registrable = registrable_domain(name.host);
        // Of a name below somebody else's domain ("weixin.qq.com") its own label tells it.
        std::string_view const own = name.host;
        name.label = own.substr(0, own.find('.'));
        std::string joined = std::string(own);
        std::replace(joined.begin(), joined.end(), '.', '-');
        name.whole = without_hyphens(look_of(joined));
    } else {
        for (char32_t const c : points_of(name.written)) {
            if (!is_blank(c)) append_utf8(name.label, fold_case(c));
        }
    }
    name.look = without_hyphens(look_of(name.label));
    return name;
}

Resemblance compare_host(std::string_view host, std::vector<TrustedName> const& names) {
    host = host.substr(0, longest_host);
    std::string_view const registrable = registrable_domain(host);
    for (TrustedName const& name : names) {
        if (!name.host.empty() && (is_under(host, name.host) || registrable == name.registrable))
            return {NameLikeness::own, name.written};
    }
    std::string_view beginning = host.substr(0, host.size() - registrable.size());
    if (beginning.ends_with('.')) beginning.remove_suffix(1);
    Label const own = read_label(registrable.substr(0, registrable.find('.')));
    std::vector<Label> before;
    bool lures_around = own.lures;
    for (std::string_view label : split(beginning, '.')) {
        before.push_back(read_label(label));
        lures_around = lures_around || (before.back().lures && label != "www" && label != "my" && label != "web");
    }
    Resemblance best;
    for (TrustedName const& name : names) {
        if (name.look.empty()) continue;
        NameLikeness how = compare_label(own, name, !name.host.empty());
        if (how == NameLikeness::none) how = compare_beginning(before, beginning, lures_around, name);
        if (how != NameLikeness::none && (best.how == NameLikeness::none || how < best.how)) best = {how, name.written};
    }
    return best;
}

Scripts scripts_of(std::string_view host) {
    host = host.substr(0, longest_host);
    std::vector<std::string_view> const labels = split(host, '.');
    bool posing = false;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        bool latin = false, other = false, all_alike = true;
        for (char32_t const c : points_of(labels[i])) {
            Script const script = script_of(c);
            if (script == Script::latin) latin = true;
            if (script != Script::cyrillic && script != Script::greek && script != Script::other) continue;
            if (!is_letter(c)) continue;
            other = true;
            std::string letter;
            append_utf8(letter, c);
            std::u32string const look = look_of(letter);
            all_alike = all_alike && look.size() == 1 && look[0] < 0x80;
        }
        if (latin && other) return Scripts::mixed;
        if (other && all_alike && i + 1 < labels.size() && is_ascii(labels.back())) posing = true;
    }
    return posing ? Scripts::posing : Scripts::plain;
}

}  // namespace keepmum
