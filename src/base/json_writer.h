// JSON (RFC 8259) written front to back into a string: no tree, no copies.
//
// Only ASCII control characters need escaping by the standard. We escape more: bidirectional
// controls, zero-width characters, line separators and DEL, so that a line of JSON shown on a
// terminal cannot disguise itself. Invalid UTF-8 becomes U+FFFD, so the output is always valid.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace keepmum {

// `text` as a JSON string with its quotes.
void append_json_string(std::string& out, std::string_view text);

// Commas and nesting are kept here; the caller keeps the order: inside an object a key before each
// value, and every begin with its end.
class JsonWriter {
  public:
    explicit JsonWriter(std::string& out) : out_(out) {}

    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array() { return open('['); }
    JsonWriter& end_array() { return close(']'); }
    JsonWriter& key(std::string_view name);
    JsonWriter& value(std::string_view text);
    JsonWriter& value(char const* text) { return value(std::string_view(text)); }
    JsonWriter& value(std::string const& text) { return value(std::string_view(text)); }
    template <std::integral T>
    JsonWriter& value(T number) {
        if constexpr (std::same_as<T, bool>) return plain(number ? "true" : "false");
        else return plain(std::to_string(number));
    }

    template <class T>
    JsonWriter& field(std::string_view name, T const& content) {
        key(name);
        return value(content);
    }

  private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    JsonWriter& plain(std::string_view token);
    void separate();

    std::string& out_;
    bool comma_ = false;  // a value stands before this point on the same level
};

}  // namespace keepmum
