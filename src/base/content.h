// Bytes that may be too large for memory: a file, or a Blob behind the same face.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "base/blob.h"
#include "base/result.h"

namespace keepmum {

class Content {
  public:
    virtual ~Content() = default;
    virtual std::uint64_t size() const = 0;
    // Up to `size` bytes from `offset`; shorter only at the end, or where the file shrank.
    virtual Result<Blob> read(std::uint64_t offset, std::size_t size) const = 0;
    // An open read-only descriptor of the whole content, owned by this object, or -1.
    virtual int descriptor() const { return -1; }
};

}  // namespace keepmum
