// The four formats, without the redaction that make_writer() (writer.h) puts before them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "report/writer.h"

namespace keepmum {

std::unique_ptr<Writer> make_text_writer(std::unique_ptr<ByteSink> sink, WriterOptions options);
std::unique_ptr<Writer> make_jsonl_writer(std::unique_ptr<ByteSink> sink, WriterOptions options);
std::unique_ptr<Writer> make_sarif_writer(std::unique_ptr<ByteSink> sink, WriterOptions options);
std::unique_ptr<Writer> make_html_writer(std::unique_ptr<ByteSink> sink, WriterOptions options);

// What the directive says about one finding or gap: the worst clause that fired on it, or "" where
// none did.
struct ClauseStanding {
    Outcome outcome = Outcome::pass;
    std::string_view clause;  // lives as long as the verdict
};

struct Standings {
    std::vector<ClauseStanding> findings;  // as many as the verdict has
    std::vector<ClauseStanding> gaps;
};

Standings standings_of(Verdict const& verdict);

}  // namespace keepmum
