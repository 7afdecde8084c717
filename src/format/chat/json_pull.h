// Walks JSON member by member on top of the flat scanner: no tree, and each value is read or skipped where it stands.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/utf8.h"
#include "format/chat/readers.h"
#include "format/text/json_scanner.h"

namespace keepmum {

class JsonPull {
  public:
    using What = JsonEvent::What;

    explicit JsonPull(std::string_view text) : text_(text), scanner_(text) {}

    bool next(JsonEvent& event) {
        if (!scanner_.next(event)) return false;
        if (begins(event)) depth_ = event.depth + 1;
        if (ends(event)) depth_ = event.depth;
        last_ = event.span.end;
        return true;
    }

    static bool begins(JsonEvent const& event) { return event.what == What::begin_object || event.what == What::begin_array; }
    static bool ends(JsonEvent const& event) { return event.what == What::end_object || event.what == What::end_array; }

    std::string_view raw(JsonEvent const& event) const { return text_.substr(event.span.begin, event.span.size()); }
    // A string's text, a number's digits; "" for null and containers.
    std::string text(JsonEvent const& event) const {
        if (event.what == What::string) return json_text(raw(event));
        // What stands there without quotes may be half a character.
        return event.what == What::other && raw(event) != "null" ? made_valid(raw(event)) : std::string();
    }

    // Behind the end of the container that `begun` opened.
    void skip(JsonEvent const& begun) {
        JsonEvent event;
        while (depth_ > begun.depth && next(event)) {}
    }

    // Calls use(key, value) for each member of the object that `begun` opened. A container that `use` leaves open is
    // skipped. Ends behind the object's end, or where the input ends.
    template <class Use>
    void each_member(JsonEvent const& begun, Use&& use) {
        JsonEvent event, value;
        bool pending = false;
        while (pending || next(event)) {
            pending = false;
            if (depth_ <= begun.depth) return;
            if (event.what != What::key) {
                if (begins(event)) skip(event);
                continue;
            }
            if (!next(value) || depth_ <= begun.depth) return;
            if (value.what == What::key) {
                event = value;
                pending = true;
                continue;
            }
            use(raw(event), value);
            if (begins(value)) skip(value);
        }
    }

    // Likewise for the values of an array.
    template <class Use>
    void each_item(JsonEvent const& begun, Use&& use) {
        JsonEvent value;
        while (next(value)) {
            if (depth_ <= begun.depth) return;
            if (ends(value)) continue;
            use(value);
            if (begins(value)) skip(value);
        }
    }

    bool is_open() const { return depth_ > 0; }
    std::size_t last() const { return last_; }  // the end of the last event

  private:
    std::string_view text_;
    JsonScanner scanner_;
    std::size_t depth_ = 0, last_ = 0;
};

// A whole number in a JSON value, quoted or not; 0 where it is none.
inline std::int64_t whole_number(std::string_view digits) {
    bool const negative = digits.starts_with('-');
    std::int64_t value = 0;
    for (char const c : digits.substr(negative)) {
        if (c < '0' || c > '9' || value > 922'337'203'685'477'579) return 0;
        value = value * 10 + (c - '0');
    }
    return negative ? -value : value;
}

}  // namespace keepmum
