// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/scribe.h"

#include "base/hash.h"

namespace keepmum::pdf {

void Scribe::enter_revision(int number) { revision_ = number; }

bool Scribe::is_news(std::string_view line) {
    if (memory_ == Memory::none) return true;
    std::string bare;
    for (char c : line) {
        if (c != ' ' && c != '\n' && c != '\r') bare.push_back(c);
    }
    bool const news = said_.insert(content_hash(bare).low).second;
    return revision_ == 0 || (news && !bare.empty());
}

void Scribe::put(Place place, Kind kind, Role role, std::string_view reason, Passage passage,
                 std::vector<std::string> names) {
    if (passage.text.find_first_not_of(" \n\f") == std::string::npos) return;
    Evidence evidence;
    evidence.kind = kind;
    evidence.role = revision_ == 0 ? role : Role::earlier;
    if (revision_ != 0) {
        evidence.place = Place{}.with(How::revision, std::to_string(revision_));
        place = place.under(evidence.place);
    }
    evidence.place = std::move(place);
    evidence.reason = reason;
    evidence.content = Blob::take(std::move(passage.text));
    evidence.marks = std::move(passage.marks);
    evidence.map = std::move(passage.map);
    evidence.names = std::move(names);
    outlet_.put(std::move(evidence));
}

void Scribe::put_passage(Place place, Role role, std::string_view reason, Passage passage) {
    if (memory_ == Memory::lines) {
        Passage kept;
        std::size_t mark = 0;
        for (std::size_t at = 0; at < passage.text.size();) {
            std::size_t end = passage.text.find('\n', at);
            end = end == std::string::npos ? passage.text.size() : end + 1;
            bool const news = is_news(std::string_view(passage.text).substr(at, end - at));
            for (; mark < passage.marks.size() && passage.marks[mark].at < end; ++mark) {
                if (!news) continue;
                Mark moved = passage.marks[mark];
                moved.at = static_cast<std::uint32_t>(moved.at - at + kept.text.size());
                kept.marks.push_back(moved);
            }
            if (news) kept.text.append(passage.text, at, end - at);
            at = end;
        }
        if (revision_ != 0) passage = std::move(kept);
    }
    put(std::move(place), Kind::text, role, reason, std::move(passage), {});
}

void Scribe::put_fields(Place place, Role role, std::string_view reason, std::vector<Line> const& lines) {
    Passage passage;
    std::vector<std::string> names;
    for (Line const& line : lines) {
        std::string const text = line.name + ": " + line.text + "\n";
        if (!is_news(text)) continue;
        passage.marks.push_back({static_cast<std::uint32_t>(passage.text.size()), Mark::What::field,
                                 static_cast<std::int32_t>(names.size())});
        names.push_back(line.name);
        passage.text += text;
    }
    put(std::move(place), Kind::fields, role, reason, std::move(passage), std::move(names));
}

void Scribe::put_lines(Place place, Role role, std::string_view reason, std::vector<Line> const& lines) {
    Passage passage;
    std::int32_t number = 0;
    for (Line const& line : lines) {
        std::string const text = line.name.empty() ? line.text + "\n" : line.name + ": " + line.text + "\n";
        if (!is_news(text)) continue;
        passage.marks.push_back({static_cast<std::uint32_t>(passage.text.size()), Mark::What::paragraph, ++number});
        passage.text += text;
    }
    put(std::move(place), Kind::text, role, reason, std::move(passage), {});
}

void Scribe::put_file(Place place, std::string media, Blob content, std::uint64_t stored) {
    if (memory_ == Memory::lines) {
        bool const news = files_.insert(content_hash(content.view()).low).second;
        if (revision_ != 0 && !news) return;
    }
    Evidence evidence;
    evidence.kind = Kind::bytes;
    evidence.role = revision_ == 0 ? Role::shown : Role::earlier;
    if (revision_ != 0) place = place.under(Place{}.with(How::revision, std::to_string(revision_)));
    evidence.place = std::move(place);
    evidence.media = std::move(media);
    evidence.content = std::move(content);
    evidence.stored = stored;
    outlet_.put(std::move(evidence));
}

void Scribe::gap(Place place, Cause cause, std::uint64_t bytes, std::string media, std::string detail) {
    if (revision_ != 0) place = place.under(Place{}.with(How::revision, std::to_string(revision_)));
    outlet_.gap({std::move(place), cause, Stage::extract, bytes, std::move(media), std::move(detail)});
}

}  // namespace keepmum::pdf
