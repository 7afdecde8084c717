// The two jobs of the worker family `clean`.
//
//   clean.picture   in: a file, its reason print(Wishes). Out: an account (account.h), canaries, and the cleaned
//                   file as bytes; or a gap with the reason of the refusal.
//   clean.proof     in: proof_job(), its reason `kept_facts` where facts were kept. Out: a proof's lines.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/extractor.h"

namespace keepmum {

inline constexpr std::string_view kept_facts = "kept";

// Size of the canaries (8 bytes, little endian), canaries as write_canaries() has them, the output.
std::string proof_job(std::string_view canaries, std::string_view output);

std::span<ExtractorRow const> extractors_clean();

}  // namespace keepmum
