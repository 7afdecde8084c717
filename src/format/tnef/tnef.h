// winmail.dat: the Transport Neutral Encapsulation Format (MS-OXTNEF), and compressed RTF (MS-OXRTFCP).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

// A MAPI property; string values as UTF-8, binary ones as they are.
struct MapiProperty {
    std::uint16_t id = 0;
    std::uint16_t type = 0;
    std::string name;   // of a named property, UTF-8, or ""
    std::string value;
};

struct TnefAttachment {
    std::string title;  // UTF-8
    std::string data;
    std::vector<MapiProperty> properties;
    std::vector<std::string> embedded;  // contents by property: TNEF streams of messages, or files
};

struct Tnef {
    std::vector<MapiProperty> properties;           // of the message; old-style attributes are told as properties too
    std::vector<TnefAttachment> attachments;
    std::uint64_t read = 0;      // bytes that make sense
    bool damaged = false;        // a length or checksum does not hold
};

constexpr std::uint16_t mapi_subject = 0x0037, mapi_body = 0x1000, mapi_rtf = 0x1009, mapi_html = 0x1013,
                        mapi_attach_name = 0x3704, mapi_attach_long_name = 0x3707, mapi_attach_object = 0x3701;

// What can be read; nothing where the signature is missing.
std::optional<Tnef> parse_tnef(std::string_view bytes);

struct DecompressedRtf {
    std::string bytes;
    std::uint64_t read = 0;  // packed bytes used, header included
    bool cut = false;        // there would be more than `most`
};

// Compressed RTF undone, at most `most` bytes; nothing where the header does not hold. The declared
// size is not believed: the end mark or the end of the data ends it.
std::optional<DecompressedRtf> decompress_rtf(std::string_view bytes, std::uint64_t most);

}  // namespace keepmum
