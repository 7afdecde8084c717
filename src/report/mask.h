// Masks: what may be shown of a secret so that its owner knows it again and nobody else gains it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace keepmum {

// `value` with all but its ends as bullets: 3501••••••••••002X. Of 16 characters or more at most
// four stay at each end, of 8 to 15 two, of 3 to 7 the first alone, of less none. Characters other than
// printable ASCII: at most one at each end, and only of four or more. At most 12 bullets are written.
// Never six consecutive bytes of the value. `value` is UTF-8; invalid bytes count as characters.
std::string mask(std::string_view value);

// A passage of running text as its mere shape: each word "•••" whatever its length, a Chinese clause "••••", with
// the spaces, line ends and sentence marks between them. At most 24 words are written, then "…". Nothing of the
// wording can be told from it. `value` is UTF-8.
std::string mask_passage(std::string_view value);

}  // namespace keepmum
