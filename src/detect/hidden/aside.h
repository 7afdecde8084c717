// Text that its sender easily overlooks: one finding for a whole text, told by the role that the
// extractor gave it. What such a text says is for the other detectors.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/detector.h"

namespace keepmum {

struct Aside {
    // How sure a text of this evidence is worth telling; nothing where it is none of this rule's.
    std::optional<Certainty> (*weigh)(Evidence const& evidence);
    std::size_t least_letters = 2;  // letters and digits; less is layout
};

// A detector that finds the whole of each text that `aside` weighs, so that a report masks all of it;
// facts: characters,
// and how it is hidden, where the extractor says so. Views of a text are passed over: they would
// tell the same thing again.
std::unique_ptr<Detector> make_aside(About const& about, Aside const& aside);

// The trigger of all of them.
inline constexpr Trigger whole_text[] = {{.what = Trigger::What::always}};

}  // namespace keepmum
