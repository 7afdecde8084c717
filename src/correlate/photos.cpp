// SPDX-License-Identifier: GPL-3.0-or-later
#include "correlate/photos.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>

#include "base/earth/geo.h"
#include "base/earth/sun.h"
#include "core/photo.h"

namespace keepmum {
namespace {

constexpr double one_place = 250;          // metres: what a walk around a building site spans
constexpr double shortest_series = 7 * 86400.0;  // seconds
constexpr std::size_t least_series = 3;    // photos
constexpr std::size_t most_told = 100;     // findings of each rule
constexpr std::size_t most_named = 5;      // sources that a finding names

struct Link {
    std::string_view rule;
    std::string_view by;
};
// The surest first: photos that share a serial number are not told again for their owner.
constexpr Link links[] = {{"photo.serial", "serial number"}, {"photo.owner", "owner"}, {"photo.document-id", "document number"}};

std::vector<Rule> photo_rules() {
    Rule linked, series;
    linked.id = "photo.linked";
    linked.title_en = "Photos that belong together";
    linked.title_zh = "能看出出自同一来源的照片";
    linked.why_en = "They carry the same serial number, owner or document number: whoever gets them knows that they come from one hand.";
    linked.why_zh = "这些照片带有相同的序列号、所有者或文档编号，拿到的人就知道它们出自同一人之手。";
    series.id = "photo.series";
    series.title_en = "Photos of one place over time";
    series.title_zh = "同一地点不同时间的照片";
    series.why_en = "Taken at one place over weeks, they show together what none shows alone: what is built there, and how fast.";
    series.why_zh = "在同一地点隔了一段时间拍摄，合起来能看出单张看不出的内容：那里在建什么、进展多快。";
    for (Rule* rule : {&linked, &series}) {
        rule->defined_by = "docs/photos.md";
        rule->labels = {"together"};
        rule->certainty = Certainty::likely;
        rule->showable = true;
        rule->origin = {"correlate/photos", "", 0};
    }
    return {linked, series};
}

std::string_view fact(Finding const& finding, std::string_view key) {
    for (Fact const& fact : finding.facts) {
        if (fact.key == key) return fact.value;
    }
    return {};
}

// A source's file name: the whole path would fill the screen.
std::string short_name(Finding const& finding) {
    std::string_view const source = finding.place.source;
    return std::string(source.substr(source.rfind('/') + 1));
}

// States that the photos of `group` belong together, at the first of them.
Finding state(std::string_view rule, std::vector<Finding const*> const& group) {
    Finding finding;
    finding.rule = rule;
    finding.certainty = Certainty::likely;
    finding.place = group.front()->place;
    finding.role = group.front()->role;
    finding.position = group.front()->position;
    finding.facts.push_back({"photos", std::to_string(group.size())});
    for (std::size_t i = 0; i < group.size() && i < most_named; ++i) finding.excerpt += (i > 0 ? ", " : "") + short_name(*group[i]);
    if (group.size() > most_named) finding.excerpt += ", …";
    return finding;
}

class PhotoLinks final : public Correlator {
  public:
    PhotoLinks() : rules_(photo_rules()) {}

    std::span<Rule const> rules() const override { return rules_; }

    bool wants(std::string_view rule) const override {
        return rule == "photo.place" || rule == "photo.time" ||
               std::any_of(std::begin(links), std::end(links), [&](Link const& link) { return link.rule == rule; });
    }

    std::vector<Finding> join(std::span<Finding const> findings) const override {
        std::vector<Finding> joined;
        join_links(findings, joined);
        join_series(findings, joined);
        return joined;
    }

  private:
    static void join_links(std::span<Finding const> findings, std::vector<Finding>& joined) {
        std::vector<std::vector<std::string>> told;  // the sources of each group
        for (Link const& link : links) {
            std::map<std::string_view, std::vector<Finding const*>> groups;
            std::vector<std::string_view> order;
            for (Finding const& finding : findings) {
                if (finding.rule != link.rule || finding.fingerprint.empty()) continue;
                std::vector<Finding const*>& group = groups[finding.fingerprint];
                if (group.empty()) order.push_back(finding.fingerprint);
                if (group.empty() || group.back()->place.source != finding.place.source) group.push_back(&finding);
            }
            for (std::string_view const key : order) {
                std::vector<Finding const*> const& group = groups[key];
                if (group.size() < 2 || joined.size() >= most_told) continue;
                std::vector<std::string> sources;
                for (Finding const* one : group) sources.push_back(one->place.source);
                std::sort(sources.begin(), sources.end());
                bool const known = std::any_of(told.begin(), told.end(), [&](std::vector<std::string> const& others) {
                    return std::includes(others.begin(), others.end(), sources.begin(), sources.end());
                });
                if (known) continue;
                Finding finding = state("photo.linked", group);
                finding.facts.push_back({"by", std::string(link.by)});
                finding.fingerprint = group.front()->fingerprint;
                finding.reasons.push_back("the same " + std::string(link.by) + " in each of them");
                joined.push_back(std::move(finding));
                told.push_back(std::move(sources));
            }
        }
    }

    struct Shot {
        Finding const* finding;
        Position position;
        double seconds;
        std::string_view taken;
    };

    // Each photo that tells place and time goes to the first series whose first photo is near: linear in most folders, and
    // bounded by the number of places in any.
    static void join_series(std::span<Finding const> findings, std::vector<Finding>& joined) {
        std::map<std::string_view, std::string_view> taken;  // by source
        for (Finding const& finding : findings) {
            if (finding.rule == "photo.time") taken.emplace(finding.place.source, fact(finding, "taken"));
        }
        std::vector<std::vector<Shot>> series;
        std::string_view last;
        for (Finding const& finding : findings) {
            if (finding.rule != "photo.place" || finding.place.source == last) continue;
            std::optional<Position> const position = read_position(fact(finding, "position"));
            auto const when = taken.find(finding.place.source);
            std::optional<double> const seconds = when == taken.end() ? std::nullopt : seconds_of(when->second);
            if (!position || !seconds) continue;
            last = finding.place.source;
            auto near = std::find_if(series.begin(), series.end(), [&](std::vector<Shot> const& shots) {
                Position const& first = shots.front().position;
                return std::abs(first.north - position->north) < 0.01 && course_between(first, *position).metres <= one_place;
            });
            if (near == series.end()) {
                if (series.size() >= most_places) continue;
                near = series.emplace(series.end());
            }
            near->push_back({&finding, *position, *seconds, when->second});
        }
        std::size_t told = 0;
        for (std::vector<Shot>& shots : series) {
            auto const by_time = [](Shot const& one, Shot const& other) { return one.seconds < other.seconds; };
            std::stable_sort(shots.begin(), shots.end(), by_time);
            bool const long_enough = shots.back().seconds - shots.front().seconds >= shortest_series;
            if (shots.size() < least_series || !long_enough || told++ >= most_told) continue;
            std::vector<Finding const*> group;
            for (Shot const& shot : shots) group.push_back(shot.finding);
            Finding finding = state("photo.series", group);
            finding.facts.push_back({"from", std::string(shots.front().taken.substr(0, 10))});
            finding.facts.push_back({"to", std::string(shots.back().taken.substr(0, 10))});
            finding.fingerprint = group.front()->fingerprint;
            finding.reasons.push_back("taken within 250 m of each other, over a week and more");
            joined.push_back(std::move(finding));
        }
    }

    static constexpr std::size_t most_places = 2000;

    std::vector<Rule> rules_;
};

}  // namespace

std::unique_ptr<Correlator> make_photo_links() { return std::make_unique<PhotoLinks>(); }

}  // namespace keepmum
