// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/photo_words.h"

#include <algorithm>
#include <optional>

#include "base/message.h"
#include "base/utf8.h"
#include "core/photo.h"

namespace keepmum {

namespace {

std::optional<Message> message_of_words(std::string_view front, std::string_view words) {
    std::string key = std::string(front) + ascii_lower(words);
    for (char& c : key) {
        if (!is_alnum(c)) c = '_';
    }
    return message_named(key);
}

// "thumbnail: 160x120: differs", several parted by "; ".
std::string say_hidden(Language language, std::string_view all) {
    std::string out;
    while (!all.empty()) {
        std::string_view const one = all.substr(0, std::min(all.find("; "), all.size()));
        all.remove_prefix(std::min(one.size() + 2, all.size()));
        std::size_t const is = one.rfind(": "), size = is == std::string_view::npos || is == 0 ? is : one.rfind(": ", is - 1);
        if (size == std::string_view::npos || is == 0) return out + std::string(one);
        std::string_view const how = one.substr(is + 2);
        Message const message = how == hidden_is::differs ? Message::sheet_hidden_differs
                                : how == hidden_is::same  ? Message::sheet_hidden_same
                                                          : Message::sheet_hidden_unknown;
        std::string const name = name_piece(language, one.substr(0, size)), pixels(one.substr(size + 2, is - size - 2));
        if (!out.empty()) out += language == Language::zh ? "；" : "; ";
        if (pixels == "?" && message == Message::sheet_hidden_unknown)
            out += say(language, Message::sheet_hidden_sizeless, {{"name", name}});
        else out += say(language, message, {{"name", name}, {"size", pixels}});
    }
    return out;
}

// "13068 between the parts, after the end"
std::string say_unknown(Language language, std::string_view value) {
    std::size_t const blank = value.find(' ');
    if (blank == std::string_view::npos || !std::all_of(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(blank), is_digit))
        return std::string(value);
    std::string out(value.substr(0, blank + 1));
    for (std::string_view names = value.substr(blank + 1); !names.empty();) {
        std::string_view const one = names.substr(0, std::min(names.find(", "), names.size()));
        names.remove_prefix(std::min(one.size() + 2, names.size()));
        out += name_piece(language, one) + (names.empty() ? "" : ", ");
    }
    return out;
}

// "picture", "speech: 252 s"
std::string say_judged(Language language, std::string_view value) {
    std::size_t const colon = std::min(value.find(": "), value.size());
    return name_piece(language, value.substr(0, colon)) + std::string(value.substr(colon));
}

}  // namespace

std::string name_piece(Language language, std::string_view name) {
    std::size_t end = name.size();
    while (end > 0 && (is_digit(name[end - 1]) || name[end - 1] == ' ')) --end;
    std::optional<Message> const known = message_of_words("piece_", name.substr(0, end));
    return known ? say(language, *known) + std::string(name.substr(end)) : std::string(name);
}

std::string name_photo_fact(Language language, std::string_view name) {
    namespace fact = photo_fact;
    static constexpr std::string_view known[] = {fact::taken, fact::zone, fact::utc, fact::changed, fact::position, fact::altitude,
        fact::direction, fact::speed, fact::place_name, fact::make, fact::model, fact::serial, fact::lens, fact::lens_serial, fact::owner,
        fact::software, fact::document_id, fact::image_id, fact::history, fact::caption, fact::exposure, fact::focal_35mm, fact::focal,
        fact::tags, fact::hidden_picture, fact::unknown_bytes, fact::provenance, fact::not_judged};
    if (std::find(std::begin(known), std::end(known), name) == std::end(known)) return std::string(name);
    std::optional<Message> const message = message_of_words("named_", name);
    return message ? say(language, *message) : std::string(name);
}

std::string say_photo_value(Language language, std::string_view key, std::string_view value) {
    if (key == "picture") return say_hidden(language, value);
    if (key == "unknown") return say_unknown(language, value);
    if (key == "judged") return say_judged(language, value);
    return std::string(value);
}

std::string say_photo_excerpt(Language language, std::string_view rule, std::string_view excerpt) {
    if (rule == "hidden.picture") return say_hidden(language, excerpt);
    if (rule == "photo.unknown-bytes") return say_unknown(language, excerpt);
    if (rule == "photo.not-judged") return say_judged(language, excerpt);
    return std::string(excerpt);
}

}  // namespace keepmum
