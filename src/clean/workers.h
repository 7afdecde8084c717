// The two jobs of the worker family `clean`; account.h has what they say.
//
//   clean.picture   in: a file, its reason print(Wishes). Out: an account (account.h), canaries, and the cleaned
//                   file as bytes; or a gap with the reason of the refusal. A drawing comes with its picture (drawn_media).
//   clean.proof     in: proof_job(), its reason `kept_facts` where facts were kept. Out: a proof's lines.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/extractor.h"

namespace keepmum {

std::span<ExtractorRow const> extractors_clean();

}  // namespace keepmum
