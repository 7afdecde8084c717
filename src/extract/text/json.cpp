// JSON, and the notebooks that are written in it.
//
// A JSON text is given as it stands and, where its strings hold escapes, once more with these undone.
// A notebook's cells are lists of lines: they are given joined as people see them, with the
// number of the cell, and pictures in outputs and attachments go back to be typed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/text/json_scanner.h"

#include <algorithm>

#include "extract/text/extractors.h"
#include "extract/text/reader.h"
#include "format/text/decode.h"

namespace keepmum {

namespace {

void put_mapped(MappedText text, Role role, TextSlice const& slice, std::vector<Mark> marks, Outlet& outlet) {
    if (text.empty()) return;
    Evidence evidence;
    evidence.kind = Kind::text;
    evidence.role = role;
    evidence.media = "text/plain";
    evidence.map = join_maps(text.map(), slice.map, text.size());
    evidence.content = Blob::take(text.take_text());
    evidence.marks = std::move(marks);
    outlet.put(std::move(evidence));
}

class Json final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        TextReader reader(evidence);
        while (!outlet.enough()) {
            std::optional<TextSlice> const slice = TRY(reader.next());
            if (!slice) break;
            report_doubts(*slice, evidence.size(), outlet);
            outlet.put(evidence_of(*slice, Role::shown, "application/json"));
            put_mapped(unescape_json(slice->text.view()), Role::shown, *slice, {}, outlet);
            outlet.progress();
        }
        return finish(reader, evidence, "application/json", outlet);
    }
};

// Gathers the texts of a notebook's cells and outputs by the keys they stand under.
class Cells {
  public:
    Cells(TextSlice const& slice, Outlet& outlet) : slice_(slice), text_(slice.text.view()), outlet_(outlet) {}

    void read() {
        JsonScanner scanner(text_);
        JsonEvent event;
        while (scanner.next(event)) take(event);
        put_mapped(std::move(sources_), Role::shown, slice_, std::move(source_marks_), outlet_);
        put_mapped(std::move(outputs_), Role::shown, slice_, std::move(output_marks_), outlet_);
    }

  private:
    enum class Under : std::uint8_t { other, source, output, picture };

    void take(JsonEvent const& event) {
        switch (event.what) {
            case JsonEvent::What::key: begin_value(event); break;
            case JsonEvent::What::string: take_string(event.span); break;
            case JsonEvent::What::end_array:
                if (event.depth <= key_depth_) end_value(event.span.end);
                break;
            default: break;
        }
    }

    void begin_value(JsonEvent const& event) {
        end_value(event.span.begin);
        std::string_view const name = text_.substr(event.span.begin, event.span.size());
        key_depth_ = event.depth;
        if (name == "cell_type") ++cell_;
        if (name == "source") {
            under_ = Under::source;
            mark(source_marks_, sources_);
        } else if (name == "text" || name.starts_with("text/") || name == "evalue" || name == "traceback") {
            under_ = Under::output;
            mark(output_marks_, outputs_);
        } else if (name.starts_with("image/") || name.starts_with("application/pdf") || name.starts_with("audio/") || name.starts_with("video/")) {
            under_ = Under::picture;
            media_ = name;
            picture_ = MappedText();
        } else {
            under_ = Under::other;
        }
    }

    void end_value(std::uint64_t source) {
        if (under_ == Under::source) sources_.put('\n', source, 0);
        if (under_ == Under::output) outputs_.put('\n', source, 0);
        if (under_ == Under::picture && !picture_.empty()) put_picture();
        under_ = Under::other;
    }

    void take_string(Span span) {
        if (under_ == Under::source) append_unescaped(sources_, text_, span);
        if (under_ == Under::output) append_unescaped(outputs_, text_, span);
        if (under_ == Under::picture) append_unescaped(picture_, text_, span);
    }

    void mark(std::vector<Mark>& marks, MappedText const& text) {
        marks.push_back({static_cast<std::uint32_t>(text.size()), Mark::What::paragraph, std::max(cell_, 1)});
    }

    void put_picture() {
        Evidence child;
        child.kind = Kind::bytes;
        child.media = media_;
        Span const source = slice_.map.to_source(picture_.map().to_source({0, picture_.size()}));
        child.place = Place().with(How::field, std::string(media_) + ":" + std::to_string(source.begin));
        child.stored = source.size();
        // SVG is text and stands there as it is; everything else is base64.
        bool const plain = picture_.view().find('<') != std::string_view::npos;
        child.content = Blob::take(plain ? picture_.take_text() : decode_data_uri("data:;base64," + picture_.take_text()));
        if (!child.content.empty()) outlet_.put(std::move(child));
        picture_ = MappedText();
    }

    TextSlice const& slice_;
    std::string_view text_;
    Outlet& outlet_;
    Under under_ = Under::other;
    std::size_t key_depth_ = 0;
    std::int32_t cell_ = 0;
    std::string_view media_;
    MappedText sources_, outputs_, picture_;
    std::vector<Mark> source_marks_, output_marks_;
};

class Notebook final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        TextReader reader(evidence);
        while (!outlet.enough()) {
            std::optional<TextSlice> const slice = TRY(reader.next());
            if (!slice) break;
            report_doubts(*slice, evidence.size(), outlet);
            outlet.put(evidence_of(*slice, Role::markup, "application/x-ipynb+json"));
            Cells(*slice, outlet).read();
            outlet.progress();
        }
        return finish(reader, evidence, "application/x-ipynb+json", outlet);
    }
};

}  // namespace

Extractor const* json_data() {
    static Json const instance;
    return &instance;
}

Extractor const* notebook() {
    static Notebook const instance;
    return &instance;
}

}  // namespace keepmum
