// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/photo/fact_reader.h"

#include <algorithm>

#include "base/utf8.h"
#include "core/photo.h"

namespace keepmum {

namespace {

// Of all values of one name together, in bytes: a report is no dump.
constexpr std::size_t most_told = 600;

std::vector<FactLine> lines_of(std::string_view text) {
    std::vector<FactLine> lines;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const end = std::min(text.find('\n', at), text.size());
        std::string_view const line = text.substr(at, end - at);
        std::size_t const colon = line.find(": ");
        if (colon != std::string_view::npos)
            lines.push_back({line.substr(0, colon), line.substr(colon + 2), {at + colon + 2, end}});
        at = end + 1;
    }
    return lines;
}

// "place.position" is told as "position".
std::string key_of(std::string_view name) {
    std::size_t const point = name.rfind('.');
    return std::string(point == std::string_view::npos ? name : name.substr(point + 1));
}

class FactDetector final : public TreeDetector {
  public:
    FactDetector(About const& about, FactRules const& rules) : TreeDetector(about), rules_(rules) {}

    void examine(Reading const& reading, Sink& sink) const override {
        if (reading.evidence.media != photo_media || reading.evidence.content.empty()) return;
        std::vector<FactLine> const lines = lines_of(reading.text);
        Finding finding;
        finding.certainty = rule().certainty;
        bool any = false;
        for (std::string_view const name : rules_.wanted) {
            auto const line =
                std::find_if(lines.begin(), lines.end(), [&](FactLine const& one) { return one.name == name; });
            if (line == lines.end()) continue;
            if (!any) finding.span = line->span;
            any = true;
            tell(lines, name, finding);
        }
        if (!any) return;
        for (std::string_view const name : rules_.besides) tell(lines, name, finding);
        finding.reasons.push_back("the file says so itself");
        if (rules_.judge && !rules_.judge(lines, finding)) return;
        sink.found(std::move(finding));
    }

  private:
    void tell(std::vector<FactLine> const& lines, std::string_view name, Finding& finding) const {
        if (rules_.values == FactRules::Values::kept) return;
        std::string joined;
        for (FactLine const& line : lines) {
            if (line.name != name) continue;
            if (joined.size() + line.value.size() > most_told && !joined.empty()) {
                joined += "; …";
                break;
            }
            std::string_view const value = line.value.substr(0, most_told);
            joined += (joined.empty() ? "" : "; ") + std::string(value.substr(0, valid_utf8_prefix(value)));
        }
        if (!joined.empty()) finding.facts.push_back({key_of(name), std::move(joined)});
    }

    FactRules const& rules_;
};

}  // namespace

std::unique_ptr<Detector> make_fact_detector(About const& about, FactRules const& rules) {
    return std::make_unique<FactDetector>(about, rules);
}

std::string_view value_of(std::span<FactLine const> facts, std::string_view name) {
    for (FactLine const& fact : facts) {
        if (fact.name == name) return fact.value;
    }
    return {};
}

}  // namespace keepmum
