// The file in which a register travels: named parts one behind the other, and a keyed check over all of them.
//
//   "keepmum register export 2\n"
//   parts   name's length (u16), size (u64), name, bytes
//   end     a part without a name: 8 bytes of SipHash over the head of each part and SipHash of its bytes
//
// The check comes last, so that the file is written front to back; who reads it checks all of it before he uses any of it.
// Numbers are little endian.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "index/key.h"
#include "io/file_writer.h"

namespace keepmum {

inline constexpr std::string_view carry_heading = "keepmum register export 2\n";
inline constexpr std::string_view segment_part = "segment", tables_part = "tables/";
inline constexpr std::size_t most_parts = 1u << 16;

struct CarriedPart {
    std::string_view name;  // "segment", "pictures", "copies" or "tables/…", each once
    std::string_view bytes;
};

// Nobody sees the file before commit().
class CarryWriter final {
  public:
    static Result<CarryWriter> create(std::string const& path, RegisterKey const& key);
    // Errors: io, full, invalid (more parts than a reader takes).
    Result<> add(std::string_view name, std::string_view bytes);
    Result<> commit();

  private:
    CarryWriter(FileWriter file, RegisterKey const& key) : file_(std::move(file)), key_(key) {}
    FileWriter file_;
    RegisterKey key_;
    std::string checked_;  // heads, and hashes of what they announce
    std::size_t parts_ = 0;
};

// The parts of a file, into `bytes`; nothing of them is given before every byte fitted the check. `file` is what errors call it.
// Errors: invalid (cut short, changed, or written under another key).
Result<std::vector<CarriedPart>> read_carried(std::string_view bytes, RegisterKey const& key, std::string const& file);

}  // namespace keepmum
