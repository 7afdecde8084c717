// Keys for tests: the same on every run, so that what a test finds does not depend on the day.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "index/key.h"

namespace keepmum {

// The key of a number; two numbers have two keys. Throws where /tmp cannot be written.
inline RegisterKey made_key(unsigned number) {
    std::string path = "/tmp/keepmum-made-key-XXXXXX";
    int const file = mkstemp(path.data());
    if (file >= 0) dprintf(file, "keepmum register key 1\n%064u\n", number), close(file);
    Result<RegisterKey> const key = RegisterKey::load(path);
    std::remove(path.c_str());
    return key.value();
}

}  // namespace keepmum
