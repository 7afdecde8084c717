// Pictures in the HTML report, and what photos tell together: a map and a timeline, drawn by us from what the photos
// say, with no map data and nothing loaded.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/bilingual.h"
#include "base/earth/geo.h"
#include "core/verdict.h"
#include "report/exhibit.h"

namespace keepmum {

// A picture with the boxes of what was found in it; "" where the exhibit shows none. `outcomes` holds one for each
// finding of the verdict, `label` is plain text for those who cannot see it.
std::string html_picture(Exhibit const& exhibit, std::vector<Exhibit> const& all, std::vector<Outcome> const& outcomes,
                         std::string_view label);

// Takes the photos of a run one by one.
class PhotoChart final {
  public:
    explicit PhotoChart(Language language) : language_(language) {}

    void take(Verdict const& verdict);
    // Map, timeline and the list that both number; "" where no photo tells place or time.
    std::string html() const;

  private:
    struct Shot {
        std::string name;                 // of the source
        std::optional<Position> position;
        std::optional<double> direction;  // degrees
        std::optional<double> seconds;    // local, as if it were universal time
        std::string taken;                // "2024-05-03T14:22:07"
        Outcome outcome = Outcome::pass;
    };

    std::string map() const;
    std::string timeline() const;
    std::string list() const;

    Language language_;
    std::vector<Shot> shots_;
    std::size_t untold_ = 0;
};

}  // namespace keepmum
