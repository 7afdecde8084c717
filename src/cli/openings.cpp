// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/openings.h"

#include "base/json_writer.h"
#include "base/seal.h"
#include "io/clock.h"
#include "io/file.h"
#include "io/lock.h"

namespace keepmum {

namespace {

Result<std::string> read_secret(std::string const& path) {
    std::string text = TRY(read_file(path, 4096));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

}  // namespace

Result<std::string> open_sealed(std::string const& data, Opening const& opening) {
    std::string const name = TRY(unseal(opening.sealed, TRY(read_secret(opening.one_key)), TRY(read_secret(opening.other_key))));
    FileLock const lock = TRY(FileLock::take(data + "/permits.lock"));
    std::string const path = data + "/openings.jsonl";
    std::string log = exists(path) ? TRY(read_file(path)) : std::string();
    JsonWriter(log).begin_object().field(opening.kind, opening.id).field("opened", today()).field("reason", opening.reason).end_object();
    TRY(write_file(path, log + "\n", 0600));
    return name;
}

}  // namespace keepmum
