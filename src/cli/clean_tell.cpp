// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clean_tell.h"

#include <algorithm>
#include <cmath>

#include "base/json_writer.h"
#include "cli/context.h"
#include "report/photo_words.h"
#include "report/words.h"

namespace keepmum {

namespace {

// What a cleaner says of itself, in the words of the reader.
struct Clause {
    std::string_view english;  // as it starts
    Message message;
};
constexpr Clause clauses[] = {
    {"colours converted", Message::clean_did_srgb}, {"turned upright", Message::clean_did_upright},
        {"cut to a part", Message::clean_did_cut},
    {"a part made unreadable", Message::clean_did_blurred}, {"a part painted over", Message::clean_did_blotted},
        {"made coarser", Message::clean_did_coarser},
    {"its colour profile", Message::clean_did_profile}, {"the still picture", Message::clean_not_still},
        {"text that the file asks", Message::clean_not_words},
    {"shades beyond", Message::clean_not_shades}, {"frames of an animation", Message::clean_not_frames},
        {"light brighter", Message::clean_did_range}, {"page ", Message::clean_not_copy},
    {"its layers", Message::clean_not_layers}, {"further channels", Message::clean_not_channels},
        {"the drawing became", Message::clean_did_drawn}, {"a picture in the drawing", Message::clean_not_drawn_picture},
    {"pictures or styles", Message::clean_not_elsewhere}, {"what programs in", Message::clean_not_scripts},
    {"what moves in", Message::clean_not_moving}, {"a piece of a web page", Message::clean_not_page},
    {"a recording of more", Message::clean_why_long}, {"a drawing that shows nothing", Message::clean_why_nothing},
        {"developed from", Message::clean_did_developed}, {"developed at half", Message::clean_did_halved},
        {"a rare kind of raw", Message::clean_why_raw},
    {"not a kind of picture", Message::clean_why_kind}, {"damaged", Message::clean_why_damaged},
        {"more pixels", Message::clean_why_large}, {"a rare kind", Message::clean_why_rare},
    {"parts of an animation", Message::clean_why_animation}, {"the part to be cut", Message::clean_why_outside},
        {"a part to be made", Message::clean_why_outside},
    {"what its encoder", Message::clean_not_silence}, {"further tracks", Message::clean_not_tracks},
        {"a part of it is hidden", Message::clean_why_hidden},
        {"a part of its picture", Message::clean_why_hidden}, {"writing or codes", Message::clean_why_redact},
        {"parts of a recording", Message::clean_why_recording},
    {"facts can be kept", Message::clean_why_keep}, {"the facts to be kept", Message::clean_why_facts},
};

Clause const* known_clause(std::string_view english) {
    auto const* const found = std::find_if(std::begin(clauses), std::end(clauses),
        [&](Clause const& clause) { return english.starts_with(clause.english); });
    return found == std::end(clauses) ? nullptr : found;
}

std::string name_of(std::string_view media) {
    static constexpr std::pair<std::string_view, std::string_view> names[] = {{"image/jpeg", "JPEG"}, {"image/png", "PNG"},
        {"image/gif", "GIF"}, {"image/webp", "WebP"}, {"image/tiff", "TIFF"}, {"image/bmp", "BMP"}, {"audio/mpeg", "MP3"},
        {"audio/flac", "FLAC"}, {"audio/wav", "WAV"}, {"audio/mp4", "M4A"}, {"video/mp4", "MP4"}};
    for (auto const& [known, name] : names) {
        if (media == known) return std::string(name);
    }
    return "PNM";
}

class TextTelling final : public CleanTelling {
  public:
    explicit TextTelling(Language language) : language_(language) {}

    void cleaned(std::string const& source, std::string const& output, Certificate const& certificate) override {
        bool const many = certificate.frames > 1, film = certificate.media.starts_with("video/"),
                   recording = film || certificate.media.starts_with("audio/");
        recorded_ = recorded_ || recording;
        std::string out = fill(film ? Message::clean_cleaned_film : recording ? Message::clean_cleaned_sound
                               : many ? Message::clean_cleaned_frames : Message::clean_cleaned,
                               {{"name", show_name(source)}, {"output", show_name(output)}, {"format", name_of(certificate.media)},
                                   {"width", std::to_string(certificate.width)},
                                {"height", std::to_string(certificate.height)}, {"frames", say_number(certificate.frames)},
                                {"seconds", say_number(certificate.seconds)}}) + "\n";
        Message const nothing = recording ? Message::clean_gone_nothing_recording : Message::clean_gone_nothing;
        out += certificate.removed.empty() ? fill(nothing) + "\n"
            : fill(Message::clean_gone, {{"list", gone(certificate, recording)}}) + "\n";
        if (!certificate.changed.empty()) out += fill(Message::clean_changed, {{"list", say_clauses(certificate.changed)}}) + "\n";
        if (!certificate.left_out.empty()) out += fill(Message::clean_left_out, {{"list", say_clauses(certificate.left_out)}}) + "\n";
        if (!certificate.kept.empty()) out += fill(Message::clean_kept, {{"list", join(certificate.kept)}}) + "\n";
        std::string const likeness = recording ? fill(Message::clean_same_recording) : certificate.db >= 99
            ? fill(Message::clean_same_pixels) : fill(Message::clean_alike, {{"db", std::to_string(int(certificate.db))}});
        out += fill(Message::clean_proved, {{"count", say_number(certificate.canaries)}, {"likeness", likeness}}) + "\n";
        print(out);
        pictured_ = pictured_ || !recording || film;
        ++cleaned_;
    }

    void refused(std::string const& source, Cause cause, std::string const& detail, std::string const& why) override {
        Clause const* const known = known_clause(detail);
        std::string const said = !why.empty() ? why : known ? fill(known->message)
            : fill(Message::clean_refused_detail, {{"cause", fill(message_of(cause))}, {"detail", show_text(detail)}});
        print(fill(Message::clean_refused, {{"name", show_name(source)}, {"why", said}}) + "\n");
    }

    void verified(std::string const& file, std::string const& why) override {
        Message const message = why.empty() ? Message::clean_verified : Message::clean_not_verified;
        print(fill(message, {{"name", show_name(file)}, {"why", why}}) + "\n");
    }

    void end() override {
        if (cleaned_ > 0) print("\n");
        if (pictured_) print(fill(Message::clean_still) + "\n");
        if (recorded_) print(fill(Message::clean_still_heard) + "\n");
    }

  private:
    std::string fill(Message message, std::initializer_list<Value> values = {}) const { return say(language_, message, values); }
    std::string join(std::vector<std::string> const& list) const {
        std::string out;
        for (std::string const& item : list) out += (out.empty() ? "" : language_ == Language::zh ? "、" : ", ") + item;
        return out;
    }
    std::string gone(Certificate const& certificate, bool recording) const {
        constexpr std::size_t most = 6;
        std::vector<PictureAccount::Removed> const& removed = certificate.removed;
        std::uint64_t const names = removed.size() + certificate.removed_more;
        std::vector<std::string> list;
        for (std::size_t i = 0; i < std::min(most, removed.size()); ++i) {
            Message const kind = removed[i].owner == "metadata" && recording ? Message::clean_kind_metadata_recording
                                 : removed[i].owner == "metadata" ? Message::clean_kind_metadata
                                 : removed[i].owner == "unknown" ? Message::clean_kind_unknown : Message::clean_kind_hidden_picture;
            std::string const what = show_text(name_piece(language_, removed[i].what));
            list.push_back(fill(Message::clean_gone_item, {{"what", what}, {"kind", fill(kind)},
                {"size", say_size(language_, removed[i].bytes)}}));
        }
        if (names > most) list.push_back(say_rest(language_, names - most, Counted::all));
        return join(list);
    }
    std::string say_clauses(std::vector<std::string> const& list) const {
        std::vector<std::string> out;
        for (std::string const& item : list) {
            Clause const* const known = known_clause(item);
            out.push_back(known ? fill(known->message) : show_text(item));
        }
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return join(out);
    }

    Language language_;
    std::uint64_t cleaned_ = 0;
    bool pictured_ = false, recorded_ = false;
};

class LineTelling final : public CleanTelling {
  public:
    void cleaned(std::string const& source, std::string const& output, Certificate const& certificate) override {
        std::string line;
        JsonWriter json(line);
        json.begin_object().field("type", "cleaned").field("source", source).field("output", output).field("media", certificate.media);
        json.field("width", certificate.width).field("height", certificate.height).field("frames", certificate.frames);
        if (certificate.seconds > 0) json.field("seconds", certificate.seconds);
        json.field("bytes", certificate.output.bytes).field("sha256", certificate.output.sha256).field("decibels",
            static_cast<std::uint64_t>(std::floor(certificate.db)));
        json.key("removed").begin_array();
        for (PictureAccount::Removed const& removed : certificate.removed) {
            json.begin_object().field("what", removed.what).field("kind", removed.owner).field("bytes", removed.bytes).end_object();
        }
        json.end_array();
        if (certificate.removed_more > 0) json.field("removed_more", certificate.removed_more);
        for (auto const& [name, list] : {std::pair{"changed", &certificate.changed}, {"left_out", &certificate.left_out},
            {"kept", &certificate.kept}}) {
            json.key(name).begin_array();
            for (std::string const& item : *list) json.value(item);
            json.end_array();
        }
        json.end_object();
        print(line + "\n");
    }
    void refused(std::string const& source, Cause cause, std::string const& detail, std::string const& why) override {
        std::string line;
        JsonWriter json(line);
        json.begin_object().field("type", "refused").field("source", source).field("cause", word(cause)).field("reason", why.empty()
            ? detail : why).end_object();
        print(line + "\n");
    }
    void verified(std::string const& file, std::string const& why) override {
        std::string line;
        JsonWriter json(line);
        json.begin_object().field("type", "verified").field("source", file).field("holds", why.empty()).field("reason", why).end_object();
        print(line + "\n");
    }
    void end() override {}
};

}  // namespace

void CleanTelling::print(std::string const& text) { whole_ = print_out(text) && whole_; }

std::unique_ptr<CleanTelling> tell_as_text(Language language) { return std::make_unique<TextTelling>(language); }
std::unique_ptr<CleanTelling> tell_as_lines() { return std::make_unique<LineTelling>(); }

}  // namespace keepmum
