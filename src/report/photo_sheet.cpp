// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/photo_sheet.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/earth/sun.h"
#include "base/utf8.h"
#include "core/photo.h"
#include "report/photo_words.h"
#include "report/words.h"

namespace keepmum {

namespace {

std::string_view first_of(std::string_view values) { return values.substr(0, values.find("; ")); }

std::optional<double> number(std::string_view text) {
    double value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end != text.data() && std::isfinite(value) ? std::optional(value)
                                                                              : std::nullopt;
}

std::string whole(double value) { return std::to_string(std::lround(value)); }

// "2024-05-03T14:22:07" as people write it.
std::string say_time(std::string_view time) {
    std::string out(time.substr(0, 19));
    if (std::size_t const t = out.find('T'); t != std::string::npos) out[t] = ' ';
    return out;
}

class Sheet final {
  public:
    Sheet(Language language, Verdict const& verdict) : language_(language), verdict_(verdict) {}

    std::vector<SheetLine> tell() {
        if (!is_picture()) return {};
        put(SheetLine::What::answer, Message::sheet_label_post, text(message_of_answer()), {});
        tell_looks();
        tell_site();
        tell_place();
        tell_view();
        tell_time();
        tell_camera();
        tell_owner();
        tell_edited();
        tell_caption();
        tell_hidden();
        tell_besides();
        tell_end();
        return std::move(lines_);
    }

  private:
    struct Told {
        std::string value;
        std::uint32_t finding = 0;
    };

    std::string text(Message message) const { return std::string(text_of(message).in(language_)); }
    std::string fill(Message message, std::initializer_list<Value> values) const {
        return say(language_, message, values);
    }

    bool is_picture() const { return finding_of("photo.not-judged").has_value(); }

    std::optional<std::uint32_t> finding_of(std::string_view rule) const {
        for (std::uint32_t i = 0; i < verdict_.findings.size(); ++i) {
            Finding const& finding = verdict_.findings[i];
            if (finding.rule == rule && finding.place.steps.empty()) return i;
        }
        return {};
    }

    std::string fact(std::string_view rule, std::string_view key) const {
        std::optional<std::uint32_t> const finding = finding_of(rule);
        if (!finding) return {};
        for (Fact const& one : verdict_.findings[*finding].facts) {
            if (one.key == key) return show_text(one.value);
        }
        return {};
    }

    void put(SheetLine::What what, Message label, std::string sentence,
             std::initializer_list<std::string_view> rules) {
        SheetLine line{what, text(label), std::move(sentence), {}};
        for (std::string_view const rule : rules) {
            if (auto const finding = finding_of(rule)) line.findings.push_back(*finding);
        }
        lines_.push_back(std::move(line));
    }

    // The parts that are there, as one sentence.
    std::string join(std::vector<std::string> const& parts) const {
        std::string out;
        for (std::string const& part : parts) {
            if (part.empty()) continue;
            if (!out.empty()) out += text(Message::sheet_comma);
            out += part;
        }
        return out;
    }

    Message message_of_answer() const {
        bool const tells = tells_more();
        if (verdict_.outcome == Outcome::hold) return tells ? Message::sheet_post_no : Message::sheet_post_no_shown;
        if (verdict_.outcome == Outcome::warn) return tells ? Message::sheet_post_look : Message::sheet_post_look_shown;
        return Message::sheet_post_yes;
    }

    // Whether the file says something, or hides something, that its picture does not show.
    bool tells_more() const {
        return std::any_of(verdict_.findings.begin(), verdict_.findings.end(), [](Finding const& one) {
            return is_told_by_sheet(one.rule) && one.rule != "photo.not-judged" && one.rule != "photo.object";
        });
    }

    // What is not told in a file of which a part could not be read, may have stood there.
    std::string or_unread(Message unknown) const {
        bool const unread = std::any_of(verdict_.gaps.begin(), verdict_.gaps.end(), [](Gap const& gap) {
            return gap.place.steps.empty() && gap.rule.empty() && gap.stage != Stage::decode;
        });
        return text(unread ? Message::sheet_unread : unknown);
    }

    // What the picture itself looks like, not one that is hidden in it: likeliest first.
    void tell_looks() {
        std::vector<std::string> parts;
        SheetLine line{SheetLine::What::looks, text(Message::sheet_label_looks), {}, {}};
        for (std::uint32_t i = 0; i < verdict_.findings.size(); ++i) {
            Finding const& finding = verdict_.findings[i];
            if (!is_seen_in_it(finding)) continue;
            std::string what, chance;
            for (Fact const& fact : finding.facts) {
                if (fact.key == "object") what = in_words(language_, fact).value;
                if (fact.key == "chance") chance = fact.value;
            }
            parts.push_back(fill(Message::sheet_looks, {{"what", what}, {"chance", chance}}));
            line.findings.push_back(i);
        }
        if (parts.empty()) return;
        line.sentence = join(parts) + text(Message::sheet_looks_err);
        lines_.push_back(std::move(line));
    }

    static bool is_seen_in_it(Finding const& finding) {
        auto const& steps = finding.place.steps;
        return finding.rule == "photo.object" && !steps.empty() && steps.back().how == How::region &&
               (steps.size() == 1 || (steps.size() == 2 && steps.front().how == How::page));
    }

    void tell_site() {
        std::string const site = fact("photo.site", "site"), distance = fact("photo.site", "distance");
        if (!site.empty())
            put(SheetLine::What::site, Message::sheet_label_where,
                fill(Message::sheet_site, {{"site", site}, {"distance", distance}}), {"photo.site"});
    }

    void tell_place() {
        std::string const position(first_of(fact("photo.place", "position")));
        std::vector<std::string> parts;
        if (!position.empty()) {
            std::size_t const comma = std::min(position.find(','), position.size() - 1);
            parts.push_back(say_degrees(position.substr(0, comma), Message::sheet_north, Message::sheet_south));
            parts.push_back(say_degrees(position.substr(comma + 1), Message::sheet_east, Message::sheet_west));
        }
        parts.push_back(fact("photo.place", "name"));
        if (auto const metres = number(first_of(fact("photo.place", "altitude"))))
            parts.push_back(fill(Message::sheet_altitude, {{"metres", whole(*metres)}}));
        if (auto const degrees = number(first_of(fact("photo.place", "direction")))) {
            parts.push_back(fill(Message::sheet_direction,
                                 {{"way", say_direction(*degrees)}, {"degrees", whole(*degrees)}}));
        }
        if (auto const speed = number(first_of(fact("photo.place", "speed"))); speed && *speed >= 1) {
            parts.push_back(fill(Message::sheet_speed, {{"speed", whole(*speed)}}));
        }
        std::string const sentence = join(parts);
        put(SheetLine::What::place, Message::sheet_label_where,
            sentence.empty() ? or_unread(Message::sheet_where_unknown) : sentence, {"photo.place"});
    }

    std::string say_degrees(std::string degrees, Message plus, Message minus) const {
        bool const negative = degrees.starts_with('-');
        if (negative) degrees.erase(0, 1);
        return fill(negative ? minus : plus, {{"degrees", degrees}});
    }

    std::string say_direction(double degrees) const {
        constexpr Message ways[] = {Message::way_n, Message::way_ne, Message::way_e, Message::way_se,
                                    Message::way_s, Message::way_sw, Message::way_w, Message::way_nw};
        return text(ways[static_cast<std::size_t>(std::lround(std::fmod(std::fabs(degrees), 360.0) / 45)) % 8]);
    }

    // What one pixel covers at 100 m: the width of the frame of 36 mm over the focal length, over the pixels.
    void tell_view() {
        auto const focal = number(first_of(fact("photo.place", "focal-35mm")));
        std::string const size = fact("photo.place", "size");
        auto const width = number(size);
        auto const height = number(std::string_view(size).substr(std::min(size.find('x') + 1, size.size())));
        if (!focal || *focal < 1 || !width || !height || *width < 1 || fact("photo.place", "position").empty())
            return;
        double const pixels = std::max(*width, *height), centimetres = 100.0 * 100 * 36 / *focal / pixels;
        std::string const scale = centimetres < 10
                                      ? std::to_string(std::max(1L, std::lround(centimetres * 10))) + " mm"
                                      : std::to_string(std::lround(centimetres)) + " cm";
        put(SheetLine::What::view, Message::sheet_label_view,
            fill(Message::sheet_view,
                 {{"scale", scale}, {"degrees", whole(2 * std::atan(18 / *focal) * 180 / 3.14159265358979)}}),
            {"photo.place"});
    }

    void tell_time() {
        std::string const taken(first_of(fact("photo.time", "taken"))),
            utc(first_of(fact("photo.time", "utc"))), changed(first_of(fact("photo.time", "changed")));
        std::string zone(first_of(fact("photo.time", "zone")));
        std::vector<std::string> parts;
        if (!taken.empty())
            parts.push_back(fill(Message::sheet_taken, {{"time", say_time(taken)}}));
        else if (!utc.empty())
            parts.push_back(fill(Message::sheet_utc, {{"time", say_time(utc)}}));
        if (!zone.empty()) {
            parts.push_back(fill(Message::sheet_zone, {{"zone", zone}}));
        } else if (zone = zone_between(taken, utc); !zone.empty()) {
            parts.push_back(fill(Message::sheet_zone_reckoned, {{"zone", zone}}));
        }
        if (!changed.empty() && changed.substr(0, 16) != taken.substr(0, 16))
            parts.push_back(fill(Message::sheet_changed, {{"time", say_time(changed)}}));
        std::string const sentence = join(parts);
        put(SheetLine::What::time, Message::sheet_label_when,
            sentence.empty() ? or_unread(Message::sheet_when_unknown) : sentence, {"photo.time"});
    }

    void tell_camera() {
        std::string make(first_of(fact("photo.camera", "make"))),
            model(first_of(fact("photo.camera", "model")));
        // Models often begin with the maker's name.
        std::string const first_word = make.substr(0, make.find(' '));
        if (!model.empty() &&
            equal_ascii_case(std::string_view(model).substr(0, first_word.size()), first_word))
            make.clear();
        std::vector<std::string> parts{make.empty() || model.empty() ? make + model : make + " " + model};
        if (std::string const lens(first_of(fact("photo.camera", "lens"))); !lens.empty())
            parts.push_back(fill(Message::sheet_lens, {{"lens", lens}}));
        std::string serial(first_of(fact("photo.serial", "serial")));
        if (serial.empty()) serial = fact("photo.serial", "lens-serial");
        if (serial.empty()) serial = first_of(fact("photo.serial", "serial"));
        if (!serial.empty()) parts.push_back(fill(Message::sheet_serial, {{"serial", serial}}));
        std::string const sentence = join(parts);
        put(SheetLine::What::camera, Message::sheet_label_with,
            sentence.empty() ? or_unread(Message::sheet_with_unknown) : sentence, {"photo.camera", "photo.serial"});
    }

    void tell_owner() {
        if (auto const finding = finding_of("photo.owner")) {
            put(SheetLine::What::whose, Message::sheet_label_whose,
                fill(Message::sheet_whose, {{"name", show_text(verdict_.findings[*finding].excerpt)}}),
                {"photo.owner"});
        }
    }

    void tell_edited() {
        std::string const software = fact("photo.software", "software"),
                          provenance = fact("photo.provenance", "provenance");
        std::vector<std::string> parts{software, provenance};
        if (finding_of("photo.document-id")) parts.push_back(text(Message::sheet_document));
        std::string const sentence = join(parts);
        if (!sentence.empty())
            put(SheetLine::What::edited, Message::sheet_label_edited, sentence,
                {"photo.software", "photo.provenance", "photo.document-id"});
    }

    void tell_caption() {
        if (std::string const caption = fact("photo.caption", "caption"); !caption.empty())
            put(SheetLine::What::text, Message::sheet_label_text, caption, {"photo.caption"});
    }

    void tell_hidden() {
        std::vector<std::string> parts;
        if (std::string const all = fact("hidden.picture", "picture"); !all.empty())
            parts.push_back(say_photo_value(language_, "picture", all));
        if (auto const bytes = number(fact("photo.unknown-bytes", "unknown"))) {
            parts.push_back(fill(Message::sheet_hidden_bytes,
                                 {{"bytes", say_size(language_, static_cast<std::uint64_t>(*bytes))}}));
        }
        std::string const sentence = join(parts);
        put(SheetLine::What::hidden, Message::sheet_label_hidden,
            sentence.empty() ? or_unread(Message::sheet_hidden_none) : sentence,
            {"hidden.picture", "photo.unknown-bytes"});
    }

    void tell_besides() {
        std::string const tags = fact("photo.settings", "tags"),
                          exposure(first_of(fact("photo.settings", "exposure")));
        if (tags.empty()) return;
        put(SheetLine::What::besides, Message::sheet_label_besides,
            exposure.empty() ? fill(Message::sheet_besides_plain, {{"tags", tags}})
                             : fill(Message::sheet_besides, {{"tags", tags}, {"exposure", exposure}}),
            {"photo.settings"});
    }

    // Where the sun stood, in full daylight: shadows tell the hour as the clock did. "" where time or place is not told.
    std::string tell_sun() const {
        std::optional<Position> const position = read_position(first_of(fact("photo.place", "position")));
        std::optional<double> seconds = seconds_of(first_of(fact("photo.time", "utc")));
        std::string const zone(first_of(fact("photo.time", "zone")));
        if (!seconds && zone.size() == 6) {
            seconds = seconds_of(first_of(fact("photo.time", "taken")));
            double const ahead =
                number(zone.substr(1, 2)).value_or(0) * 3600 + number(zone.substr(4)).value_or(0) * 60;
            if (seconds) *seconds -= zone[0] == '-' ? -ahead : ahead;
        }
        if (!position || !seconds) return {};
        constexpr double lowest = 5;  // degrees: lower, there is hardly a shadow
        Sun const sun = sun_at(*position, *seconds);
        if (sun.altitude < lowest) return {};
        return fill(Message::sheet_still_sun,
                    {{"way", say_direction(sun.azimuth)}, {"degrees", whole(sun.altitude)}});
    }

    void tell_end() {
        std::string const judged = fact("photo.not-judged", "judged"),
                          sun = judged == "picture" ? tell_sun() : "";
        std::string const gap = language_ == Language::zh ? "" : " ";
        put(SheetLine::What::still, Message::sheet_label_still,
            text(judged != "picture"                               ? Message::sheet_still_recording
                 : verdict_.objects == ObjectsLooked::no_network ? Message::sheet_still_unlooked
                                                                 : Message::sheet_still) +
                (sun.empty() ? "" : gap) + sun,
            {"photo.not-judged"});
        // A damaged file is not cleaned: there is nothing to be proved about a half.
        bool const tells = tells_more() && std::none_of(verdict_.gaps.begin(), verdict_.gaps.end(), [](Gap const& gap) {
                               return gap.cause == Cause::malformed;
                           });
        bool const shows = std::any_of(verdict_.findings.begin(), verdict_.findings.end(), is_seen_in_it);
        put(SheetLine::What::now, Message::sheet_label_now,
            text(shows                               ? Message::sheet_now_ask
                 : tells                             ? Message::sheet_now_clean
                 : verdict_.outcome == Outcome::pass ? Message::sheet_now_look
                                                     : Message::sheet_now_read),
            {});
    }

    Language language_;
    Verdict const& verdict_;
    std::vector<SheetLine> lines_;
};

}  // namespace

std::vector<SheetLine> tell_photo(Language language, Verdict const& verdict) {
    return Sheet(language, verdict).tell();
}

bool is_told_by_sheet(std::string_view rule) {
    return (rule.starts_with("photo.") && rule != "photo.site") || rule == "hidden.picture";
}

std::string zone_between(std::string_view local, std::string_view universal) {
    std::optional<double> const here = seconds_of(local), there = seconds_of(universal);
    if (!here || !there) return {};
    double const ahead = (*here - *there) / 60, quarters = std::round(ahead / 15);
    if (std::fabs(quarters) > 56 || std::fabs(ahead - quarters * 15) > 5) return {};
    int const minutes = std::abs(static_cast<int>(quarters) * 15);
    std::string out(quarters < 0 ? "-" : "+");
    for (int const part : {minutes / 60, minutes % 60}) {
        if (out.size() > 1) out += ':';
        out += static_cast<char>('0' + part / 10);
        out += static_cast<char>('0' + part % 10);
    }
    return out;
}

}  // namespace keepmum
