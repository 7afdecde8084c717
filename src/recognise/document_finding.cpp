// SPDX-License-Identifier: GPL-3.0-or-later
#include "recognise/document_finding.h"

#include "core/recogniser.h"
#include "recognise/level.h"

namespace keepmum {

Finding begin_finding(std::string_view rule, Certainty certainty, DocumentFacts const& document, std::string_view today) {
    Finding finding;
    finding.rule = rule;
    finding.certainty = certainty;
    finding.labels = {label_of_level(document.level)};
    finding.facts = {{"document", document.name}, {"level", document.level}};
    if (!document.until.empty() && document.until < today) {
        finding.certainty = Certainty::hint;
        finding.facts.push_back({"until", document.until});
        finding.reasons.push_back("its last day as a protected document was " + document.until);
    }
    return finding;
}

Gap gap_of_damage(std::string_view file, std::string_view what) {
    Gap gap;
    gap.cause = Cause::unreadable;
    gap.stage = Stage::detect;
    gap.media = register_media;
    std::string const name(file.substr(file.rfind('/') + 1));
    gap.detail = "the register of protected documents is damaged: " + name + ": " + std::string(what);
    return gap;
}

}  // namespace keepmum
