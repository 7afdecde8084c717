// What a Store holds; for it and its writer.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "index/manifest.h"
#include "index/segment/segment.h"
#include "index/store.h"

namespace keepmum {

struct Store::Inside {
    Inside(std::string folder_path, RegisterKey const& own)
        : folder(std::move(folder_path)), key(own), keys(std::make_shared<SegmentKeys const>(own)), selector(own) {}
    std::string folder;
    RegisterKey key;
    std::shared_ptr<SegmentKeys const> keys;
    GramSelector selector;
    Manifest manifest;
    std::vector<std::shared_ptr<Segment const>> segments;
    std::vector<Damage> damage;
};

}  // namespace keepmum
