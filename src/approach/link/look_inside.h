// What a picture or a mail brings: the codes to be scanned and the files in it, found by the engine and its workers. Nothing that
// is foreign is decoded in this process.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/budget.h"
#include "core/gap.h"
#include "core/source.h"
#include "engine/showing.h"
#include "io/folders.h"

namespace keepmum {

struct SeenCode {
    std::string symbology;  // "QR code"
    std::string payload;
    Place place;
};

struct SeenFile {
    std::string name;   // the last step to it
    Place place;        // with the source
    unsigned depth = 0; // 1: in the source itself
};

struct SeenInside {
    std::vector<SeenCode> codes;  // in the order of the source, each payload once
    std::vector<SeenFile> files;  // in it, at any depth
    std::vector<Gap> gaps;
    std::uint64_t bytes = 0, read = 0;
};

class InsideLooker final {
  public:
    // `workers`: where the worker programs lie.
    static Result<InsideLooker> make(WorkerFolders const& workers, Limits const& limits);

    // Never fails: what cannot be read is a gap.
    SeenInside look(Item const& item);

  private:
    explicit InsideLooker(Showing showing);
    Showing showing_;
};

}  // namespace keepmum
