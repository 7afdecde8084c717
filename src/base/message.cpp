// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/message.h"

#include <utility>

namespace keepmum {

namespace {
constexpr Bilingual table[] = {
#define MESSAGE(key, en, zh) {en, zh},
#include "messages.inc"
#undef MESSAGE
};
}  // namespace

std::optional<Message> message_named(std::string_view key) {
    static constexpr std::string_view keys[] = {
#define MESSAGE(key, en, zh) #key,
#include "messages.inc"
#undef MESSAGE
    };
    for (std::size_t i = 0; i < std::size(keys); ++i) {
        if (keys[i] == key) return static_cast<Message>(i);
    }
    return std::nullopt;
}

Bilingual text_of(Message message) { return table[static_cast<int>(message)]; }

std::string say(Language language, Message message, std::initializer_list<Value> values) {
    std::string_view const pattern = text_of(message).in(language);
    std::string out;
    for (std::size_t at = 0; at < pattern.size();) {
        std::size_t const open = pattern.find('{', at);
        std::size_t const close = open == std::string_view::npos ? open : pattern.find('}', open);
        if (close == std::string_view::npos) return out.append(pattern.substr(at));
        out.append(pattern.substr(at, open - at));
        std::string_view const name = pattern.substr(open + 1, close - open - 1);
        for (Value const& value : values) {
            if (value.name == name) out += value.value;
        }
        at = close + 1;
    }
    return out;
}

Error error_of(Fault fault, Message message, std::initializer_list<Value> values, std::string where) {
    return {fault, say(Language::en, message, values), std::move(where), say(Language::zh, message, values)};
}

tl::unexpected<Error> fail(Fault fault, Message message, std::initializer_list<Value> values, std::string where) {
    return tl::unexpected<Error>(error_of(fault, message, values, std::move(where)));
}

std::string say_error(Language language, Error const& error) {
    if (language == Language::en) return (error.where.empty() ? "" : error.where + ": ") + error.what;
    std::string const where = error.where.empty() ? "" : error.where + "：";
    if (!error.zh.empty()) return where + error.zh;
    Message kind = Message::fault_internal;
    switch (error.fault) {
        case Fault::not_found: kind = Message::fault_not_found; break;
        case Fault::denied: kind = Message::fault_denied; break;
        case Fault::invalid: kind = Message::fault_invalid; break;
        case Fault::io: kind = Message::fault_io; break;
        case Fault::full: kind = Message::fault_full; break;
        case Fault::unsupported: kind = Message::fault_unsupported; break;
        case Fault::internal: break;
    }
    return where + say(language, kind) + "（" + error.what + "）";
}

}  // namespace keepmum
