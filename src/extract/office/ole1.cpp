// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/ole1.h"

#include <cstdint>

namespace keepmum {

namespace {

// Reads forward; `good` turns false at the first thing that is not there.
struct Cursor {
    std::string_view bytes;
    std::size_t at = 0;
    bool good = true;

    std::uint32_t number(std::size_t count) {
        if (bytes.size() - at < count) {
            good = false;
            return 0;
        }
        std::uint32_t value = 0;
        for (std::size_t i = count; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
        at += count;
        return value;
    }
    std::string_view take(std::size_t count) {
        if (bytes.size() - at < count) {
            good = false;
            return {};
        }
        at += count;
        return bytes.substr(at - count, count);
    }
    std::string counted() {
        std::string_view text = take(number(4));
        return std::string(text.substr(0, text.find('\0')));
    }
    std::string terminated() {
        std::size_t const end = bytes.find('\0', at);
        if (end == std::string_view::npos) {
            good = false;
            return {};
        }
        std::string text(bytes.substr(at, end - at));
        at = end + 1;
        return text;
    }
};

// A file dropped into a document: label, path it came from, path of the temporary copy, the bytes.
bool parse_package(Ole1Object& object) {
    Cursor cursor{object.data};
    if (cursor.number(2) != 2) return false;
    std::string label = cursor.terminated();
    std::string origin = cursor.terminated();
    cursor.number(4);
    std::string copy = cursor.counted();
    std::string_view const data = cursor.take(cursor.number(4));
    if (!cursor.good) return false;
    object.names.emplace_back("Embedded file", std::move(label));
    object.names.emplace_back("Path of an embedded file", std::move(origin));
    object.names.emplace_back("Path of an embedded file", std::move(copy));
    object.around = object.data.substr(cursor.at);
    object.data = data;
    return true;
}

}  // namespace

std::optional<Ole1Object> parse_ole1(std::string_view bytes) {
    Cursor cursor{bytes};
    cursor.number(4);  // version, any
    std::uint32_t const format = cursor.number(4);
    if (!cursor.good || (format != 1 && format != 2)) return std::nullopt;
    Ole1Object object;
    std::string kind = cursor.counted();
    std::string topic = cursor.counted();
    std::string item = cursor.counted();
    if (!cursor.good) return std::nullopt;
    bool const package = kind == "Package" || kind == "package";
    object.names.emplace_back("Object class", std::move(kind));
    object.names.emplace_back("Object topic", std::move(topic));
    object.names.emplace_back("Object item", std::move(item));
    if (format == 1) {
        object.around = bytes.substr(cursor.at);
        return object;
    }
    std::uint32_t const size = cursor.number(4);
    if (!cursor.good) return std::nullopt;
    object.data = bytes.substr(cursor.at, size);
    object.around = bytes.substr(cursor.at + object.data.size());
    if (package) parse_package(object);
    return object;
}

}  // namespace keepmum
