// The whole of a cleaning: what is written is proved, or it was refused. Faults in the picture libraries show here too.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "clean/cleaner.h"

#include <cstdlib>

#include "clean/canary.h"
#include "clean/proof.h"
#include "format/photo/byte_map.h"
#include "format/pixels/album/album.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    using namespace keepmum;
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    if (size > 1u << 16) return 0;
    harvest(walk_picture(input, 1u << 22), {}, input);
    auto const done = clean_picture(input, {});
    Cleaned const* const cleaned = std::get_if<Cleaned>(&done);
    if (cleaned && cleaned->bytes.size() < 1u << 22 && prove(cleaned->bytes, {}, Kept::nothing).unexplained != 0) std::abort();
    return 0;
}
