// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/house/sites.h"

#include <charconv>
#include <cmath>
#include <optional>

#include "core/photo.h"

namespace keepmum {
namespace {

constexpr std::string_view position_line = "place.position: ";
constexpr double compass_error = 12;  // degrees either way: compasses of phones are off by ten and more
constexpr double usual_half = 33;     // where the focal length is not told: a phone's, 28 mm

Rule site_rule() {
    Rule rule;
    rule.id = "photo.site";
    rule.title_en = "Photo at or of a protected site";
    rule.title_zh = "照片拍摄于或拍到受保护场所";
    rule.why_en = "The photo tells where it was taken, and that is at, near or in view of a place that your organisation protects.";
    rule.why_zh = "照片带有拍摄位置，而该位置就在本单位受保护的场所内、附近，或能拍到该场所。";
    rule.defined_by = "the sites files of this computer (docs/formats/sites.md)";
    rule.labels = {"site"};
    rule.certainty = Certainty::certain;
    rule.showable = true;
    rule.origin = {"sites", "", 0};
    return rule;
}

std::optional<double> number(std::string_view text) {
    double value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end == text.data() || !std::isfinite(value)) return std::nullopt;
    return value;
}

// What the photo says of its view besides the place.
struct Look {
    std::optional<double> direction;
    double half = usual_half;
    double pixels = 0;  // across the picture as it is looked at; 0: not told
};

Look look_of(std::string_view facts) {
    Look look;
    look.direction = number(photo_value(facts, photo_fact::direction));
    std::string_view const size = photo_value(facts, photo_fact::size), turned = photo_value(facts, photo_fact::orientation);
    double width = number(size).value_or(0), height = 0;
    if (std::size_t const by = size.find('x'); by != size.npos) height = number(size.substr(by + 1)).value_or(0);
    if (turned.size() == 1 && turned[0] >= '5' && turned[0] <= '8') std::swap(width, height);
    look.pixels = width;
    // A frame of 36 × 24 millimetres, held as the picture is.
    if (std::optional<double> const focal = number(photo_value(facts, photo_fact::focal_35mm)); focal && *focal >= 1 && *focal < 10000) {
        look.half = half_angle(height > width ? 24 : 36, *focal);
    }
    return look;
}

// "850 m", "12.3 km": no finer than people think.
std::string metres(double distance) {
    if (distance >= 10000) return std::to_string(static_cast<long>(std::lround(distance / 1000))) + " km";
    if (distance >= 1000) {
        long const hundreds = std::lround(distance / 100);
        return std::to_string(hundreds / 10) + "." + std::to_string(hundreds % 10) + " km";
    }
    return std::to_string(std::lround(distance)) + " m";
}

// How much of the site a pixel shows: "4 cm", "1.2 m".
std::string pixel_size(double distance, Look const& look) {
    double const centimetres = 2 * distance * std::tan(look.half * 3.14159265358979 / 180) / look.pixels * 100;
    if (centimetres < 1) return "1 cm";
    if (centimetres < 100) return std::to_string(std::lround(centimetres)) + " cm";
    long const tenths = std::lround(centimetres / 10);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " m";
}

// How the photo stands to the site; a finding without a label says nothing of it.
Finding compare(Site const& site, Position from, Look const& look) {
    Finding finding;
    double const distance = distance_to(from, site.border);
    auto tell = [&](std::string_view label, Certainty certainty, std::string reason) {
        finding.certainty = certainty;
        finding.labels = {std::string(label)};
        finding.facts = {{"site", site.name}, {"level", std::string(word(site.level))}, {"distance", metres(distance)}};
        finding.reasons.push_back(std::move(reason));
    };
    if (distance == 0) {
        tell("site-inside", Certainty::certain, "its place lies inside the site");
        return finding;
    }
    if (look.direction && distance <= site.seen) {
        std::optional<double> const surely = distance_in_view({from, *look.direction, look.half}, site.border);
        std::optional<double> const perhaps = distance_in_view({from, *look.direction, look.half + compass_error}, site.border);
        std::optional<double> const seen = surely ? surely : perhaps;
        if (seen && *seen <= site.seen) {
            tell("site-in-view", surely ? Certainty::certain : Certainty::likely,
                 surely ? "it looks towards the site" : "it looks past the site by less than a compass may be off");
            if (look.pixels >= 1) finding.facts.push_back({"pixel", pixel_size(*seen, look)});
            return finding;
        }
    }
    if (distance <= site.near) {
        tell("site-near", Certainty::certain, look.direction ? "its place is near the site, though it looks elsewhere"
                                                             : "its place is near the site; the direction in which it looks is not told");
    }
    return finding;
}

class Sites final : public Detector {
  public:
    explicit Sites(std::vector<Site> sites) : sites_(std::move(sites)), rule_(site_rule()) {}

    Rule const& rule() const override { return rule_; }
    std::span<Trigger const> triggers() const override {
        static constexpr Trigger triggers[] = {{.what = Trigger::What::literal, .text = position_line}};
        return triggers;
    }

    void examine(Reading const& reading, Sink& sink) const override {
        if (reading.evidence.media != photo_media) return;
        Look const look = look_of(reading.text);
        for (Candidate const& candidate : reading.candidates) {
            std::size_t const end = std::min(reading.text.find('\n', candidate.end), reading.text.size());
            std::optional<Position> const from = read_position(reading.text.substr(candidate.end, end - candidate.end));
            if (!from) continue;
            for (Site const& site : sites_) {
                Finding finding = compare(site, *from, look);
                if (finding.labels.empty()) continue;
                finding.span = {candidate.end, static_cast<std::uint32_t>(end)};
                sink.found(std::move(finding));
            }
        }
    }

  private:
    std::vector<Site> sites_;
    Rule rule_;
};

}  // namespace

std::unique_ptr<Detector> make_sites(std::vector<Site> sites) { return std::make_unique<Sites>(std::move(sites)); }

}  // namespace keepmum
