// Exports of the Windows registry: what "reg export" and regedit write (.reg), as plain data.
//
// Text of lines, UTF-16LE with its mark ("Windows Registry Editor Version 5.00") or in the code page of the computer
// ("REGEDIT4"). [KEY] begins a key, "name"=value or @=value stands below it:
//   "text"              REG_SZ; \\ and \" are undone, line ends may stand in it
//   dword:0000000a      REG_DWORD, 32 bits
//   hex:01,02,\         REG_BINARY; "\" at the end of a line goes on in the next
//   hex(2):…            REG_EXPAND_SZ, UTF-16LE (one byte a letter in REGEDIT4)
//   hex(7):…            REG_MULTI_SZ, texts that end in a zero each
//   hex(b):…            REG_QWORD;  hex(ffff0010):… a property of that type (FILETIME)
//   -                   the value is to be deleted
// Source: learn.microsoft.com, "How to add, modify, or delete registry subkeys and values by using a .reg file".
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

struct RegistryValue {
    enum class Kind : std::uint8_t { text, number, binary, texts };
    std::string name;  // "" is the key's own value (@)
    Kind kind = Kind::text;
    std::string text;                // of text
    std::uint64_t number = 0;        // of number
    std::string bytes;               // of binary
    std::vector<std::string> texts;  // of texts
};

struct RegistryKey {
    std::string path;  // "HKLM\…", "HKCU\…", "HKU\…", "HKCR\…", "HKCC\…": the short names of the roots
    std::vector<RegistryValue> values;

    // Names in any case; null where it has none.
    RegistryValue const* find(std::string_view name) const;
    // "" and nothing where it is absent or of another kind.
    std::string_view text(std::string_view name) const;
    std::optional<std::uint64_t> number(std::string_view name) const;
};

struct RegistryFile {
    std::vector<RegistryKey> keys;   // as they stand; a key may come twice
    std::uint64_t faults = 0;        // lines that make no sense
    bool cut = false;                // more keys or values than anybody reads (2,000,000)
};

// Whether the text begins as such an export does.
bool is_registry_file(std::string_view text);

// `text` is UTF-8 (any bytes do no harm). Linear.
RegistryFile read_registry_file(std::string_view text);

// 100-nanosecond steps since 1601 (FILETIME), and the 16 bytes of a SYSTEMTIME, as "2026-05-04T10:20:30Z" (SYSTEMTIME
// without the Z: it is local). "" for what is no time between 1980 and 2200.
std::string time_of_filetime(std::uint64_t filetime);
std::string time_of_systemtime(std::string_view bytes);

// The first eight bytes, low first; 0 where there are less.
std::uint64_t quad_of(std::string_view bytes);

// UTF-16LE up to its end or its first zero, as UTF-8.
std::string text_of_utf16(std::string_view bytes);

}  // namespace keepmum
