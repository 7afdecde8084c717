// What the program says to people, from messages/en.toml and messages/zh.toml.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/bilingual.h"
#include "base/result.h"

namespace keepmum {

enum class Message {
#define MESSAGE(key, en, zh) key,
#include "messages.inc"
#undef MESSAGE
};

Bilingual text_of(Message message);
// The message of that key in the catalogue ("fact_country"), if there is one.
std::optional<Message> message_named(std::string_view key);

struct Value {
    std::string_view name;
    std::string value;
};

// The message with each {name} replaced by its value.
std::string say(Language language, Message message, std::initializer_list<Value> values = {});

// An error that speaks the reader's language.
Error error_of(Fault fault, Message message, std::initializer_list<Value> values = {}, std::string where = {});
tl::unexpected<Error> fail(Fault fault, Message message, std::initializer_list<Value> values = {}, std::string where = {});

// "WHERE: WHAT". What was never translated stands in English behind what kind of error it is.
std::string say_error(Language language, Error const& error);

}  // namespace keepmum
