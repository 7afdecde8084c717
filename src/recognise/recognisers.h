// The recognisers of a check: what the register holds, opened for reading.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/recogniser.h"

namespace keepmum {

// Where the register lies: a folder, and its key, which may be kept apart.
struct RegisterPlace {
    std::string folder;
    std::string key;  // file
};

// DATA/register, and `key` or else DATA/register.key.
RegisterPlace register_place(std::string const& data, std::string const& key);

struct Recognisers {
    std::vector<std::unique_ptr<Recogniser>> all;
    std::string described;  // what may change a verdict, for the hash of the set-up; "" where there is no register
};

// The rules of all recognisers that there can be, for lists and the reference.
std::vector<Rule> register_rules();

// None where there is no register: that costs one look at the folder. Never reads what it can leave for later, so
// that it takes no longer with a large register. Errors: a key that is missing or another register's; a
// manifest that is damaged. `today` as YYYY-MM-DD.
Result<Recognisers> open_recognisers(RegisterPlace const& place, std::string const& today);

}  // namespace keepmum
