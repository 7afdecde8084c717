// Puts evidence out, and remembers what was said: of earlier revisions only what differs is put.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/extractor.h"
#include "extract/pdf/page_reader.h"

namespace keepmum::pdf {

struct Line {
    std::string name;  // of a property or field; may be empty
    std::string text;
};

class Scribe final {
  public:
    enum class Memory : std::uint8_t { none, lines };  // lines: earlier revisions will follow
    Scribe(Outlet& outlet, Memory memory) : outlet_(outlet), memory_(memory) {}

    // From now on all is of that revision (from 1, the oldest): role `earlier`, and only what no later
    // revision says.
    void enter_revision(int number);

    void put_passage(Place place, Role role, std::string_view reason, Passage passage);
    // "Name: value" lines with a field mark each.
    void put_fields(Place place, Role role, std::string_view reason, std::vector<Line> const& lines);
    // Lines without names.
    void put_lines(Place place, Role role, std::string_view reason, std::vector<Line> const& lines);
    void put_file(Place place, std::string media, Blob content, std::uint64_t stored);
    void gap(Place place, Cause cause, std::uint64_t bytes, std::string media, std::string detail);
    Outlet& outlet() { return outlet_; }
    bool enough() const { return outlet_.enough(); }

  private:
    bool is_news(std::string_view line);
    void put(Place place, Kind kind, Role role, std::string_view reason, Passage passage,
             std::vector<std::string> names);

    Outlet& outlet_;
    Memory memory_;
    int revision_ = 0;
    std::unordered_set<std::uint64_t> said_;   // content hashes under this process's seed
    std::unordered_set<std::uint64_t> files_;
};

}  // namespace keepmum::pdf
