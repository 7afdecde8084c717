// The record reader: byte 0 says how large the pieces are, the rest is the stream.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/isolate/record.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/utf8.h"

namespace {

// Stops the run where something got through that must not.
class Critic final : public keepmum::Outlet {
  public:
    void put(keepmum::Evidence evidence) override {
        bool const text =
            evidence.kind != keepmum::Kind::bytes && evidence.kind != keepmum::Kind::image;
        if (text && !keepmum::is_utf8(evidence.content.view())) std::abort();
        if (!text && !evidence.marks.empty()) std::abort();
        if (evidence.kind > keepmum::Kind::records || evidence.place.steps.size() > 64)
            std::abort();
        if (!evidence.content.empty()) evidence.map.to_source({0, evidence.content.size()});
        std::uint32_t last = 0;
        for (keepmum::Mark const& mark : evidence.marks) {
            if (mark.at < last || mark.at > evidence.content.size()) std::abort();
            last = mark.at;
        }
        bytes += evidence.size();
        if (bytes > 1 << 20) std::abort();
    }
    void gap(keepmum::Gap gap) override {
        if (gap.cause > keepmum::Cause::killed || !keepmum::is_utf8(gap.detail)) std::abort();
    }
    void progress() override {}
    bool enough() const override { return false; }
    std::uint64_t allowance() const override { return 0; }
    std::uint64_t bytes = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    std::size_t const piece = data[0] == 0 ? size : data[0];
    std::string_view stream(reinterpret_cast<char const*>(data) + 1, size - 1);
    keepmum::Evidence input;
    input.content = keepmum::Blob::take(std::string(1000, 'i'));
    Critic critic;
    keepmum::RecordReader reader({1 << 20, 1000, 1 << 20}, input, critic);
    while (!stream.empty()) {
        std::span<char> const room = reader.room();
        std::size_t const next = std::min({room.size(), stream.size(), piece});
        if (next == 0) std::abort();
        std::memcpy(room.data(), stream.data(), next);
        stream.remove_prefix(next);
        if (!reader.accept(next)) break;
    }
    if (reader.done() && reader.refusal()) std::abort();
    return 0;
}
