// No secret gets through: byte 0 is its length, the rest holds it somewhere or not. A mask never shows
// six bytes in a row of what it masks.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/redactor.h"

#include <cstdint>
#include <cstdlib>

#include "base/utf8.h"
#include "report/mask.h"

namespace {

bool shows(std::string_view text, std::string_view secret) {
    constexpr std::size_t window = keepmum::Redactor::window;
    for (std::size_t at = 0; at + window <= secret.size(); ++at) {
        if (text.find(secret.substr(at, window)) != std::string_view::npos) return true;
    }
    return false;
}

// What a detector can take for a secret: letters and digits of any script, and the signs of a keyboard.
// Controls and wide spaces never reach a report as they are.
bool is_writable(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        keepmum::CodePoint const point = keepmum::decode_utf8(text, at);
        if (!point.valid || !(keepmum::is_word(point.value) || (point.value >= 0x20 && point.value < 0x7F))) return false;
        at += point.length;
    }
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    if (size < 2) return 0;
    std::string_view const bytes(reinterpret_cast<char const*>(data + 1), size - 1);
    std::string_view const secret = bytes.substr(0, data[0]), rest = bytes.substr(secret.size());
    if (!is_writable(secret) || !keepmum::is_utf8(rest)) return 0;
    if (shows(keepmum::mask(secret), secret)) std::abort();
    keepmum::Redactor redactor;
    redactor.add(secret);
    std::string const text = std::string(rest) + " " + std::string(secret) + std::string(rest);
    std::string const shown = redactor.redact(text);
    if (shows(shown, secret)) std::abort();
    if (keepmum::is_utf8(text) && !keepmum::is_utf8(shown)) std::abort();
    if (!keepmum::is_utf8(secret.substr(0, secret.size() / 2))) return 0;
    auto const parts = redactor.redact_parts({rest, secret.substr(0, secret.size() / 2), secret.substr(secret.size() / 2)});
    if (parts.size() != 3) std::abort();
    if (shows(parts[0] + parts[1] + parts[2], secret)) std::abort();
    return 0;
}
