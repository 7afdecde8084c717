// Character references of HTML and XML: &amp; &#65; &#x41;
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace keepmum {

struct CharacterReference {
    char32_t value = 0;
    std::uint8_t length = 0;  // bytes taken, with the semicolon; 0 where none begins here
};

// The reference that begins at `at`, where text[at] is '&'. Numbers for C1 controls are read as
// windows-1252, as browsers do; numbers that are no character give U+FFFD.
CharacterReference decode_reference(std::string_view text, std::size_t at);

}  // namespace keepmum
