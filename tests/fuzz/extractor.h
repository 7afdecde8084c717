// What must hold of every extractor whatever it is fed: valid UTF-8, maps and marks that stay inside,
// and nothing unread without a gap.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

#include "base/utf8.h"
#include "core/extractor.h"

namespace keepmum {

class CheckingOutlet final : public Outlet {
  public:
    explicit CheckingOutlet(std::uint64_t size) : size_(size) {}
    void put(Evidence evidence) override {
        if (evidence.kind == Kind::bytes) return;
        std::string_view const text = evidence.content.view();
        if (!is_utf8(text)) std::abort();
        if (!evidence.map.is_identity() && evidence.map.to_source({0, text.size()}).end > size_) std::abort();
        for (Mark const& mark : evidence.marks) {
            if (mark.at > text.size()) std::abort();
        }
    }
    void gap(Gap gap) override {
        ++gaps_;
        if (gap.place.steps.empty() && gap.bytes > size_) std::abort();
    }
    void progress() override {}
    bool enough() const override { return false; }
    std::uint64_t allowance() const override { return 64u << 20; }
    int gaps() const { return gaps_; }

  private:
    std::uint64_t size_;
    int gaps_ = 0;
};

// The extractor of that id; its family's rows name it.
inline Extractor const& extractor_named(std::span<ExtractorRow const> rows, std::string_view id) {
    for (ExtractorRow const& row : rows) {
        if (row.id == id) return *row.instance();
    }
    std::abort();
}

enum class Unread : std::uint8_t { needs_gap, is_allowed };

inline int fuzz_extractor(Extractor const& extractor, std::string_view bytes, Unread unread = Unread::needs_gap) {
    Evidence input;
    input.content = Blob::copy(bytes);
    CheckingOutlet outlet(bytes.size());
    Result<Done> const done = extractor.extract(input, outlet);
    if (done && done->read > bytes.size()) std::abort();
    if (unread == Unread::needs_gap && done && done->read < bytes.size() && outlet.gaps() == 0) std::abort();
    return 0;
}

}  // namespace keepmum
