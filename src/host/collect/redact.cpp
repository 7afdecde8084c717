// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/collect/redact.h"

#include <algorithm>

#include "base/hex.h"
#include "base/utf8.h"
#include "format/gvdb/gvdb.h"

namespace keepmum {

namespace {

constexpr std::string_view gvdb_magic = "GVariant";

// A name is about a secret where one of these stands in it, separators left out.
constexpr std::string_view secret_words[] = {
    "password", "passwd", "passphrase", "passwort", "secret", "token", "psk", "presharedkey", "privatekey", "apikey",
    "wepkey", "linkkey", "identityresolvingkey", "longtermkey", "authkey", "accesskey", "encryptionkey", "masterkey", "sharedkey",
    "credential", "cookie", "keymaterial", "saept", "userkey", "clientkey", "signingkey", "sessionkey", "obscured",
};
// Or where it is one of these as a whole.
constexpr std::string_view secret_names[] = {"pass", "pwd", "pin", "pw", "bearer", "sae", "authorization", "puk", "auth"};
// Names that contain one of the words above and say how, not what.
constexpr std::string_view harmless_ends[] = {"flags", "type", "keyidx", "file", "path", "mgmt", "format", "length", "auth",
                                              "authentication", "rawflags"};
// Settings that only say whether.
constexpr std::string_view harmless_values[] = {"yes", "no", "true", "false", "on", "off", "none", "null", "0", "1", "2", "never",
                                                "prompt", "ask", "psk", "sae", "prohibit-password", "without-password"};

bool is_name_byte(char c) { return is_alnum(c) || c == '_' || c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80; }

std::string squeezed(std::string_view name) {
    std::string out;
    for (char const c : name) {
        if (is_alnum(c)) out += to_lower(c);
    }
    return out;
}

template <class List>
bool holds(List const& list, std::string_view word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

bool is_secret_name(std::string_view path, std::string_view name) {
    if (name.size() > 100) name.remove_prefix(name.size() - 100);
    std::string const plain = squeezed(name);
    if (plain == "key") return path.starts_with("/var/lib/bluetooth/");
    if (holds(secret_names, plain)) return true;
    bool const harmless = std::any_of(std::begin(harmless_ends), std::end(harmless_ends), [&](auto end) { return plain.ends_with(end); });
    if (harmless) return false;
    return std::any_of(std::begin(secret_words), std::end(secret_words),
                       [&](auto word) { return plain.find(word) != std::string::npos; });
}

// "WPA-PSK WPA-EAP", "SAE": ways of proving oneself, where a name of a secret may be the first of the list.
bool are_methods(std::string_view value) {
    constexpr std::string_view beginnings[] = {"wpa-", "ft-", "sae", "owe", "rsn", "none", "ieee8021x", "psk", "publickey",
                                               "keyboard-"};
    while (!value.empty()) {
        std::size_t const end = std::min(value.find_first_of(" ,;"), value.size());
        std::string const word = ascii_lower(value.substr(0, std::min<std::size_t>(end, 24)));
        bool const known = std::any_of(std::begin(beginnings), std::end(beginnings),
                                       [&](auto begin) { return word.starts_with(begin); });
        if (end > 0 && (!known || end > 24)) return false;
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return true;
}

// Only says whether or how.
bool is_harmless_value(std::string_view value) {
    return (value.size() < 40 && holds(harmless_values, ascii_lower(value))) || are_methods(value);
}

// Files that hold names alone, where a person or a package may be called anything.
bool holds_no_secret(std::string_view path) {
    constexpr std::string_view whole[] = {"/etc/passwd", "/etc/group", "/etc/sudoers", "/var/lib/dpkg/status"};
    constexpr std::string_view below[] = {"/etc/sudoers.d/", "/proc/net/", "/proc/asound/", "/sys/", "/etc/usbguard/"};
    return holds(whole, path) ||
           std::any_of(std::begin(below), std::end(below), [&](auto begin) { return path.starts_with(begin); });
}

// ---- Blocks that are secret as a whole.

std::size_t end_of_line(std::string_view text, std::size_t at) {
    std::size_t const end = text.find('\n', at);
    return end == std::string_view::npos ? text.size() : end;
}

// Where a PEM key or an OpenVPN block that begins at `at` ends; `at` where none begins there. Unended: the end of the text.
std::size_t end_of_block(std::string_view text, std::size_t at) {
    if (text[at] != '-' && text[at] != '<') return at;
    constexpr std::size_t longest = 100;
    std::string_view line = text.substr(at, longest);
    line = line.substr(0, line.find('\n'));
    std::string_view close;
    bool const key = line.find("KEY") != std::string_view::npos && line.find("PUBLIC") == std::string_view::npos;
    if (line.starts_with("-----BEGIN") && key) close = "-----END";
    else if (line.starts_with("<key>")) close = "</key>";
    else if (line.starts_with("<tls-auth>")) close = "</tls-auth>";
    else if (line.starts_with("<tls-crypt")) close = "</tls-crypt";
    else if (line.starts_with("<secret>")) close = "</secret>";
    else if (line.starts_with("<pkcs12>")) close = "</pkcs12>";
    else if (line.starts_with("<auth-user-pass>")) close = "</auth-user-pass>";
    else return at;
    std::size_t const end = text.find(close, at + 5);
    return end == std::string_view::npos ? text.size() : end_of_line(text, end);
}

// ---- Values.

// The end of a value that is in brackets; strings inside may hold brackets. Unended: the end of the text.
std::size_t end_of_brackets(std::string_view text, std::size_t at) {
    std::size_t depth = 0;
    for (char quote = 0; at < text.size(); ++at) {
        char const c = text[at];
        if (quote) {
            if (c == '\\') ++at;
            else if (c == quote) quote = 0;
        } else if (c == '"') {
            quote = c;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return at + 1;
        }
    }
    return text.size();
}

std::size_t end_of_quotes(std::string_view text, std::size_t at) {
    char const quote = text[at];
    for (++at; at < text.size() && text[at] != quote && text[at] != '\n'; ++at) {
        if (text[at] == '\\') ++at;
    }
    return std::min(at, text.size());
}

struct Extent {
    std::size_t begin = 0, end = 0;
};

// Whether "name value", parted by a blank alone, is a setting: not within the value of another one.
enum class Bare : std::uint8_t { taken, left };

// The value behind the name that ends at `at`; empty where none follows.
Extent value_behind(std::string_view text, std::size_t at, Bare bare) {
    bool assigned = false, markup = false;
    for (; at < text.size(); ++at) {
        char const c = text[at];
        if (c == '=' || c == ':' || c == ',') assigned = true;
        else if (c == '>') markup = true;
        else if (c == '"' || c == '\'') {
            // The quote that ends the name, or the one that begins the value.
            bool const more = at + 1 < text.size() && std::string_view(":=, \t").find(text[at + 1]) != std::string_view::npos;
            if (assigned || markup || !more) break;
        } else if (c != ' ' && c != '\t') {
            break;
        }
    }
    if (at >= text.size() || text[at] == '\n' || text[at] == '\r') return {at, at};
    if (!assigned && !markup && bare == Bare::left) return {at, at};
    if (text[at] == '{' || text[at] == '[') return {at, end_of_brackets(text, at)};
    if (text[at] == '"' || text[at] == '\'') return {at + 1, end_of_quotes(text, at)};
    std::size_t const end_of_value = text.find_first_of(markup ? "\n<" : assigned ? "\n" : " \t\n", at);
    std::size_t end = std::min(end_of_value, text.size());
    while (end > at && (text[end - 1] == '\r' || text[end - 1] == ' ')) --end;
    return {at, end};
}

// "scheme://name:password@host": the password, where `at` is behind "://". Passwords with a slash in them are no proper
// addresses and are met all the same; where the text ends too early to tell, what is no port is taken for a password.
Extent password_in_address(std::string_view text, std::size_t at) {
    constexpr std::size_t longest = 300;
    std::string_view host = text.substr(at, longest);
    host = host.substr(0, host.find_first_of(" \t\r\n\"'<>"));
    std::size_t const colon = host.find(':'), slash = host.find('/'), sign = host.rfind('@');
    if (colon == std::string_view::npos || slash < colon || host.starts_with('[')) return {at, at};
    if (sign != std::string_view::npos && sign > colon) return {at + colon + 1, at + sign};
    std::string_view const port = host.substr(colon + 1, slash == std::string_view::npos ? slash : slash - colon - 1);
    bool const number = std::all_of(port.begin(), port.end(), is_digit);
    return number ? Extent{at, at} : Extent{at + colon + 1, at + host.size()};
}

std::string redact_shadow(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const end = end_of_line(text, at);
        std::string_view const line = text.substr(at, end - at);
        std::size_t const first = line.find(':');
        std::size_t const second = first == std::string_view::npos ? first : line.find(':', first + 1);
        if (second == std::string_view::npos) {
            out += line.substr(0, std::min(first, line.size()));  // cut within the password
            if (first != std::string_view::npos) out += ":" + std::string(redacted);
        } else {
            std::string_view const word = line.substr(first + 1, second - first - 1);
            out += line.substr(0, first + 1);
            out += word.empty() || word.find_first_not_of("!*") == std::string_view::npos ? word : redacted;
            out += line.substr(second);
        }
        if (end < text.size()) out += '\n';
        at = end + 1;
    }
    return out;
}

// dconf's file, where lengths and offsets must stay: secrets become as many 'x'.
std::string redact_gvdb(std::string_view path, std::string_view bytes) {
    std::optional<std::vector<GvdbEntry>> const entries = read_gvdb(bytes);
    if (!entries) return std::string(bytes.substr(0, gvdb_magic.size()));  // damaged, and its reader will say so
    std::string out(bytes);
    auto const blot = [&](std::string_view part) {
        auto const at = static_cast<std::size_t>(part.data() - bytes.data());
        for (std::size_t i = at; i < at + part.size(); ++i) out[i] = out[i] == '\0' ? '\0' : 'x';
    };
    for (GvdbEntry const& entry : *entries) {
        std::string_view const name = std::string_view(entry.key).substr(entry.key.find_last_of("/!") + 1);
        if (entry.type != "b" && is_secret_name(path, name)) blot(entry.value);
        for (std::size_t at = 0; (at = entry.value.find("://", at)) != std::string_view::npos; at += 3) {
            Extent const found = password_in_address(entry.value, at + 3);
            blot(entry.value.substr(found.begin, found.end - found.begin));
        }
    }
    return out;
}

class Redactor {
  public:
    Redactor(std::string_view path, std::string_view text) : path_(path), text_(text) {}

    std::string run() {
        for (std::size_t at = 0; at < text_.size();) {
            std::size_t const block = end_of_block(text_, at);
            if (block > at) {
                blot({at, block});
                at = block;
            } else if (text_.substr(at).starts_with("://")) {
                blot(password_in_address(text_, at + 3));
                at = std::max(at + 3, done_);
            } else if (!is_name_byte(text_[at])) {
                if (text_[at] == '\n') in_value_ = false;
                if (text_[at] == '=') in_value_ = true;
                ++at;
            } else {
                at = name(at);
            }
        }
        out_ += text_.substr(done_);
        return std::move(out_);
    }

  private:
    // A name that begins at `at`; returns where to go on.
    std::size_t name(std::size_t at) {
        std::size_t end = at;
        while (end < text_.size() && is_name_byte(text_[end])) ++end;
        if (!is_secret_name(path_, text_.substr(at, end - at))) return end;
        Extent const value = value_behind(text_, end, in_value_ && text_[at] != '-' ? Bare::left : Bare::taken);
        if (!is_harmless_value(text_.substr(value.begin, value.end - value.begin))) blot(value);
        return std::max({end, value.begin, done_});
    }

    void blot(Extent extent) {
        if (extent.end <= extent.begin || extent.begin < done_) return;
        out_ += text_.substr(done_, extent.begin - done_);
        out_ += redacted;
        done_ = extent.end;
    }

    std::string_view path_, text_;
    std::string out_;
    std::size_t done_ = 0;  // of text_, written to out_
    bool in_value_ = false;  // a '=' stands before, on this line
};

}  // namespace

std::string redact(std::string_view path, std::string_view bytes) {
    if (path == "/etc/shadow") return redact_shadow(bytes);
    if (bytes.starts_with(gvdb_magic)) return redact_gvdb(path, bytes);
    if (holds_no_secret(path)) return std::string(bytes);
    return Redactor(path, bytes).run();
}

std::string hide_addresses(std::string_view text, Key const& key) {
    constexpr std::size_t size = 17;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        bool fits = at + size <= text.size() && (at == 0 || !is_alnum(text[at - 1]));
        char const between = fits ? text[at + 2] : 0;
        fits = fits && (at < 3 || text[at - 1] != between || hex_value(text[at - 2]) < 0 || hex_value(text[at - 3]) < 0);
        fits = fits && (between == ':' || between == '-' || between == '_') && (at + size == text.size() || !is_alnum(text[at + size])) &&
               (at + size == text.size() || text[at + size] != between);
        for (std::size_t i = 0; fits && i < size; ++i) fits = i % 3 == 2 ? text[at + i] == between : hex_value(text[at + i]) >= 0;
        if (!fits) {
            out += text[at++];
            continue;
        }
        std::string const old = ascii_lower(text.substr(at, size));
        std::string plain;
        for (char const c : old) {
            if (is_alnum(c)) plain += c;
        }
        if (plain == "000000000000" || plain == "ffffffffffff") {
            out += text.substr(at, size);
        } else {
            // 02: an address that nobody was given by the registry.
            std::string const made = "02" + fingerprint(key, "address", plain).substr(0, 10);
            for (std::size_t i = 0; i < 12; i += 2) out += (i ? std::string(1, between) : "") + made.substr(i, 2);
        }
        at += size;
    }
    return out;
}

}  // namespace keepmum
