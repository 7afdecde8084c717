// Examples whose secrets are made up when the pack is read: no text in a pack looks like a token to
// other people's scanners, and nobody can paste a real one in by mistake.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>

#include "base/utf8.h"
#include "packs/checksum.h"
#include "packs/pack_rule.h"

namespace keepmum {
namespace {

// SplitMix64: small, and the same on every machine.
class Dice {
  public:
    explicit Dice(std::string_view seed) {
        for (char c : seed) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
    }
    std::size_t below(std::size_t bound) {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return static_cast<std::size_t>((z ^ (z >> 31)) % bound);
    }

  private:
    std::uint64_t state_ = 0xcbf29ce484222325ull;
};

struct Letters {
    std::string_view kind;
    std::string_view letters;
};
constexpr Letters alphabets[] = {
    {"digit", "0123456789"},
    {"hex", "0123456789abcdef"},
    {"HEX", "0123456789ABCDEF"},
    {"lower", "abcdefghijklmnopqrstuvwxyz"},
    {"upper", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    {"base32", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"},
    {"low36", "abcdefghijklmnopqrstuvwxyz0123456789"},
    {"up36", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"},
    {"alnum", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"},
    {"base64", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"},
    {"url64", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"},
};

// {{name}} of a template is text; {{hex:32}} is an order.
bool is_order(std::string_view inside) {
    std::size_t const colon = inside.find(':');
    if (colon == 0 || colon == std::string_view::npos || colon + 1 == inside.size()) return false;
    return std::all_of(inside.begin(), inside.begin() + static_cast<std::ptrdiff_t>(colon), is_alnum) &&
           std::all_of(inside.begin() + static_cast<std::ptrdiff_t>(colon) + 1, inside.end(), is_digit);
}

// What stands between {{ and }}: "KIND:N", or "checked:N" for N letters and their check sum.
Result<std::string> make_up(std::string_view order, Dice& dice) {
    std::size_t const colon = order.find(':');
    std::size_t count = 0;
    if (colon != std::string_view::npos)
        std::from_chars(order.data() + colon + 1, order.data() + order.size(), count);
    std::string_view const kind = order.substr(0, colon);
    bool const checked = kind == "checked";
    for (Letters const& row : alphabets) {
        if (row.kind != (checked ? "alnum" : kind) || count == 0 || count > 4096) continue;
        std::string made;
        for (std::size_t i = 0; i < count; ++i) made += row.letters[dice.below(row.letters.size())];
        return checked ? made + crc32_base62(made) : made;
    }
    return fail(Fault::invalid, "{{" + std::string(order) + "}} is no known kind of letters");
}

}  // namespace

Result<Example> expand_example(std::string_view text, std::string_view seed) {
    constexpr std::string_view opening = "«", closing = "»";
    Dice dice(seed);
    Example example;
    Span secret;
    bool opened = false, closed = false;
    for (std::size_t at = 0; at < text.size();) {
        std::string_view const rest = text.substr(at);
        std::size_t const end = rest.starts_with("{{") ? rest.find("}}") : std::string_view::npos;
        if (end != std::string_view::npos && is_order(rest.substr(2, end - 2))) {
            example.text += TRY(make_up(rest.substr(2, end - 2), dice));
            at += end + 2;
        } else if (rest.starts_with(opening) && !opened) {
            secret.begin = example.text.size();
            opened = true;
            at += opening.size();
        } else if (rest.starts_with(closing) && opened && !closed) {
            secret.end = example.text.size();
            closed = true;
            at += closing.size();
        } else {
            example.text += text[at++];
        }
    }
    if (opened != closed) return fail(Fault::invalid, "an example opens « without »");
    if (opened) example.secret = secret;
    return example;
}

}  // namespace keepmum
