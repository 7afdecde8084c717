// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/structure.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/utf8.h"
#include "extract/pdf/image_file.h"
#include "format/pdf/xmp.h"

namespace keepmum::pdf {

namespace {

constexpr int least_picture = 16;  // pixels a side: lines, dots and swatches show no content
constexpr std::uint64_t most_text = 32 << 20;

Place on_page(std::uint32_t page) {
    return page == 0 ? Place{} : Place{}.with(How::page, std::to_string(page));
}

struct Purpose {
    Role role;
    std::string_view part;
    bool fields;
};

Purpose purpose_of(Note const& note) {
    switch (note.purpose) {
        case Note::For::property: return {Role::metadata, "properties", true};
        case Note::For::annotation: return {note.hidden ? Role::hidden : Role::comment, "annotations", false};
        case Note::For::form: return {note.hidden ? Role::hidden : Role::markup, "form", true};
        case Note::For::bookmark: return {Role::note, "bookmarks", false};
        case Note::For::link: return {Role::link, "links", false};
        case Note::For::script: return {Role::markup, "javascript", false};
        case Note::For::signature: return {Role::metadata, "signature", true};
        case Note::For::file_name: return {Role::name, "attachments", false};
    }
    return {Role::metadata, "properties", true};
}

std::string label_of(Note const& note) {
    if (note.purpose == Note::For::annotation) {
        if (note.key == "T") return "Author";
        if (note.key == "Subj") return "Subject";
        if (note.key == "Contents" || note.key == "RC") return "";
    }
    if (note.purpose == Note::For::bookmark || note.purpose == Note::For::link ||
        note.purpose == Note::For::script || note.purpose == Note::For::file_name) {
        return "";
    }
    return note.key;
}

// One evidence for each purpose and page; properties for the whole document.
void put_notes(Survey const& survey, Scribe& scribe) {
    using Key = std::tuple<std::uint32_t, Note::For, bool>;
    std::map<Key, std::vector<Line>> groups;
    for (Note const& note : survey.notes) {
        bool const whole = note.purpose == Note::For::property || note.purpose == Note::For::bookmark ||
                           note.purpose == Note::For::file_name;
        groups[{whole ? 0 : note.page, note.purpose, note.hidden && !whole}].push_back(
            {label_of(note), note.text});
    }
    for (auto const& [key, lines] : groups) {
        Note sample;
        std::tie(sample.page, sample.purpose, sample.hidden) = key;
        Purpose const purpose = purpose_of(sample);
        Place const place = on_page(sample.page).with(How::part, std::string(purpose.part));
        std::string_view const reason = purpose.role == Role::hidden ? "not-displayed" : "";
        purpose.fields ? scribe.put_fields(place, purpose.role, reason, lines)
                       : scribe.put_lines(place, purpose.role, reason, lines);
    }
}

std::string_view media_of(StreamNote const& stream) {
    if (stream.filtered_before) return "image/x-pdf-filtered";
    if (stream.filter == "DCTDecode" || stream.filter == "DCT") return "image/jpeg";
    if (stream.filter == "JPXDecode") return "image/jp2";
    if (stream.filter == "JBIG2Decode") return "image/x-jbig2";
    if (stream.filter == "CCITTFaxDecode" || stream.filter == "CCF") return "image/x-ccitt";
    return "image/x-pixels";
}

bool is_text(std::string_view bytes) {
    if (!is_utf8(bytes)) return false;
    std::size_t controls = 0;
    for (char c : bytes.substr(0, 4096)) {
        controls += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
    }
    return controls == 0;
}

std::string numbered(std::string_view name, StreamNote const& stream) {
    return std::string(name) + "-" + std::to_string(stream.number);
}

class StreamWriter {
  public:
    StreamWriter(ObjectFile const& file, Scribe& scribe) : file_(file), scribe_(scribe) {}

    void put(StreamNote const& stream) {
        switch (stream.is) {
            case StreamNote::Is::accounted: return;
            case StreamNote::Is::image: return put_image(stream);
            case StreamNote::Is::attachment: return put_attachment(stream);
            case StreamNote::Is::metadata: return put_metadata(stream);
            case StreamNote::Is::script: return put_text(stream, "javascript", Role::markup);
            case StreamNote::Is::form_data: return put_text(stream, "xfa", Role::markup);
            case StreamNote::Is::rich_text: return put_text(stream, "rich-text", Role::comment);
            case StreamNote::Is::other: return put_other(stream);
        }
    }
    std::uint64_t lost() const { return lost_; }

  private:
    // The data, or a gap in its place.
    std::optional<std::string> read(StreamNote const& stream, Place const& place, ObjectFile::Decode how,
                                    std::string_view media) {
        std::uint64_t const limit = scribe_.outlet().allowance();
        ObjectFile::Data data = file_.read_stream(stream.number, stream.generation, how, limit);
        if (data.failure == ObjectFile::Failure::none) return std::move(data.bytes);
        bool const big = data.failure == ObjectFile::Failure::too_big;
        lost_ += stream.stored;
        scribe_.gap(place, big ? Cause::too_big : Cause::malformed, std::max<std::uint64_t>(stream.stored, 1),
                    std::string(media), big ? "unpacks to more than is allowed" : "the stream cannot be decoded");
        return std::nullopt;
    }

    void put_image(StreamNote const& stream) {
        bool const small = (stream.width > 0 && stream.width < least_picture) ||
                           (stream.height > 0 && stream.height < least_picture);
        if (small) return;
        std::string_view const media = media_of(stream);
        Place const place = on_page(stream.page).with(How::part, numbered("image", stream));
        auto const how = holds_pixels(stream) ? ObjectFile::Decode::full : ObjectFile::Decode::raw;
        auto data = read(stream, place, how, media);
        if (!data || data->empty()) return;
        if (std::optional<ImageFile> file = make_image_file(stream, *data)) {
            scribe_.put_file(place, std::string(file->media), Blob::take(std::move(file->bytes)), stream.stored);
        } else {
            scribe_.put_file(place, std::string(media), Blob::take(std::move(*data)), stream.stored);
        }
    }
    void put_attachment(StreamNote const& stream) {
        std::string const name = stream.name.empty() ? numbered("attachment", stream) : stream.name;
        Place const place = Place{}.with(How::member, name);
        auto data = read(stream, place, ObjectFile::Decode::full, "");
        if (data) scribe_.put_file(place, "", Blob::take(std::move(*data)), stream.stored);
    }
    void put_metadata(StreamNote const& stream) {
        Place const place = Place{}.with(How::part, numbered("xmp", stream));
        auto data = read(stream, place, ObjectFile::Decode::full, "application/rdf+xml");
        if (!data) return;
        std::vector<Line> lines;
        XmpReading reading = read_xmp(*data);
        for (XmpProperty& property : reading.properties) {
            lines.push_back({std::move(property.name), std::move(property.value)});
        }
        scribe_.put_fields(place, Role::metadata, "", lines);
        if (!reading.whole) scribe_.put_file(place, "application/rdf+xml", Blob::take(std::move(*data)), stream.stored);
    }
    void put_text(StreamNote const& stream, std::string_view part, Role role) {
        Place const place = on_page(stream.page).with(How::part, numbered(part, stream));
        auto data = read(stream, place, ObjectFile::Decode::full, "");
        if (!data) return;
        std::string text = readable(*data, *data);
        if (text.empty() || data->size() > most_text) {
            scribe_.put_file(place, "", Blob::take(std::move(*data)), stream.stored);
        } else {
            scribe_.put_lines(place, role, "", {{"", std::move(text)}});
        }
    }
    // Private data of programs, sound, three-dimensional models, and what else may be carried.
    void put_other(StreamNote const& stream) {
        Place const place = Place{}.with(How::part, numbered("stream", stream));
        auto data = read(stream, place, ObjectFile::Decode::full, "");
        if (!data || data->empty()) return;
        if (is_text(*data) && data->size() <= most_text) {
            scribe_.put_lines(place, Role::markup, "", {{"", std::move(*data)}});
        } else {
            scribe_.put_file(place, "", Blob::take(std::move(*data)), stream.stored);
        }
    }

    ObjectFile const& file_;
    Scribe& scribe_;
    std::uint64_t lost_ = 0;
};

}  // namespace

std::uint64_t put_structure(ObjectFile const& file, Survey const& survey, Scribe& scribe) {
    put_notes(survey, scribe);
    StreamWriter writer(file, scribe);
    for (StreamNote const& stream : survey.streams) {
        if (scribe.enough()) break;
        if (stream.is != StreamNote::Is::accounted) scribe.outlet().progress();
        writer.put(stream);
    }
    return writer.lost();
}

std::uint64_t put_residue(ObjectFile::Orphan&& orphan, Place const& place, Scribe& scribe) {
    std::vector<Line> lines;
    for (Note& note : orphan.notes) lines.push_back({std::move(note.key), std::move(note.text)});
    scribe.put_lines(place, Role::residue, "unreferenced", lines);
    if (orphan.cut_short) scribe.gap(place, Cause::too_deep, 1, "", "nested deeper than is read");
    if (!orphan.has_stream) return 0;
    StreamNote const& stream = orphan.stream;
    Place const inner = place.with(How::part, "stream");
    if (orphan.data.failure == ObjectFile::Failure::too_big) {
        scribe.gap(inner, Cause::too_big, stream.stored, "", "unpacks to more than is allowed");
        return stream.stored;
    }
    if (stream.is == StreamNote::Is::image || orphan.data.failure != ObjectFile::Failure::none) {
        std::string const media = stream.is == StreamNote::Is::image ? std::string(media_of(stream)) : "";
        bool const small = stream.is == StreamNote::Is::image && stream.width < least_picture;
        if (small) return 0;
        scribe.gap(inner, media.empty() ? Cause::malformed : Cause::unsupported, std::max<std::uint64_t>(stream.stored, 1),
                   media, "a picture or a damaged stream that nothing refers to");
        return stream.stored;
    }
    if (orphan.data.bytes.empty()) return 0;
    if (is_text(orphan.data.bytes)) {
        scribe.put_lines(inner, Role::residue, "unreferenced", {{"", std::move(orphan.data.bytes)}});
    } else {
        scribe.put_file(inner, "", Blob::take(std::move(orphan.data.bytes)), stream.stored);
    }
    return 0;
}

}  // namespace keepmum::pdf
