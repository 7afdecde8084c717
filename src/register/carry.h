// A register on its way to another machine with the same key: documents, their pictures and copies, and tables, in one file.
//
// The file (register/carry_file.h) is what the folder holds, each part as it lies there, so that nothing in it can be read without the
// key: "segment" first, then "pictures", "copies", "tables/…".
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "index/key.h"
#include "recognise/recognisers.h"

namespace keepmum {

struct Carried {
    std::uint64_t documents = 0, tables = 0;
};

// Writes all of the register to `file`, beside it first, once all of it was read and found whole. Errors: invalid (damaged),
// io, full.
Result<Carried> export_register(RegisterPlace const& place, RegisterKey const& key, std::string const& file);

// Takes in what `file` has and the register has not: documents by their id, with their pictures and copies; tables by their
// name. What is there already stays as it is. Nothing is taken, and nothing of the register changes, where a byte of the file was
// changed or it was written under another key (invalid), or where the register itself is damaged. How much came in.
Result<Carried> import_register(RegisterPlace const& place, RegisterKey const& key, std::string const& file);

}  // namespace keepmum
