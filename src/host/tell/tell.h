// What `keepmum host` says to people: the answer first, then why, what to do, what would change it. One screen, or one
// page of HTML. Programs get the findings and gaps by the writers that all commands share (report/writer.h).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"
#include "host/judge/diff.h"
#include "host/judge/verdict.h"
#include "report/glossary.h"
#include "report/writer.h"

namespace keepmum {

struct HostTelling {
    Language language = Language::en;
    Detail detail = Detail::brief;   // full: every answer, with its proof
    Colour colour = Colour::none;
    std::uint32_t columns = 80, rows = 40;  // of the terminal
    std::string version, made_at;
    enum class Seen : std::uint8_t { live, snapshot } seen = Seen::snapshot;
    enum class Folders : std::uint8_t { scanned, left_alone } folders = Folders::left_alone;
    Glossary const* glossary = nullptr;  // of rules that carried files were found by
};

std::string tell_host_text(HostTelling const& telling, HostVerdict const& host);
std::string tell_host_html(HostTelling const& telling, HostVerdict const& host);

std::string tell_difference_text(HostTelling const& telling, HostDifference const& difference);
std::string tell_difference_html(HostTelling const& telling, HostDifference const& difference);
// One JSON object a line: "change" lines, then one "difference".
std::string tell_difference_lines(HostDifference const& difference);

}  // namespace keepmum
