// Writes zip files: plain ones, and with its knobs turned, odd ones for tests and samples.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "format/zip/layout.h"

namespace keepmum {

// What may be unusual about one member; the defaults are an ordinary one.
struct ZipAddition {
    std::string_view name;
    std::string_view bytes;
    ZipMethod method = ZipMethod::deflate;
    std::string_view comment = {};
    std::string_view extra = {};          // whole extra block, in both headers
    std::string_view local_name = {};     // a different name in the local header
    std::uint16_t flags = 0;              // 1 encrypted, 8 descriptor, 0x800 UTF-8 name
    std::uint16_t declared_method = 0xFFFF;  // a method number that is not what was done
    std::uint32_t attributes = 0;
    std::uint32_t crc_error = 0;          // XORed into the checksum
    bool unlisted = false;                // leave it out of the directory
};

class ZipWriter final {
  public:
    void add(ZipAddition const& addition);
    void add(std::string_view name, std::string_view bytes) { add(ZipAddition{name, bytes}); }

    // Bytes as they are, between members.
    void add_raw(std::string_view bytes) { out_ += bytes; }

    // The whole file. The writer is spent after it.
    std::string finish(std::string_view comment = {});

  private:
    std::string out_;
    std::string directory_;
    std::uint16_t entries_ = 0;
};

}  // namespace keepmum
