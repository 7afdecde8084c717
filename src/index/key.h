// The key of a register: who has the register's files and not the key learns nothing from them.
//
// One file, `register.key`, two lines: "keepmum register key 1" and 64 hexadecimal digits. It may lie
// apart from the register, on the officer's stick. Whatever needs a key derives its own from this one
// by a purpose (BLAKE2b), so that no two uses ever share one.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/result.h"

namespace keepmum {

class RegisterKey {
  public:
    static RegisterKey draw();  // a new one, from the system's random source

    // Errors: not_found, denied, invalid (no such file's content).
    static Result<RegisterKey> load(std::string const& path);
    // With mode 0600; beside first, then renamed. Refuses to replace a file that is there.
    Result<> save(std::string const& path) const;

    // The 32 bytes for one purpose ("grams", "records", …). Same purpose, same bytes.
    Key derive(std::string_view purpose) const;

    // What may be written down to tell later whether a key is the same: 32 hex digits.
    std::string check() const;

  private:
    explicit RegisterKey(Key const& key) : key_(key) {}
    Key key_;
};

}  // namespace keepmum
