// The text of one part of a word processing document: body, header, footnotes, comments.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "extract/office/part.h"
#include "format/ooxml/word_styles.h"

namespace keepmum {

// A text stream for each way in which a reader would (not) meet the words: the part's own role, tracked
// insertions (these also stand in the own role: that is what the page shows), deletions, hidden text by
// reason, field codes.
class WordTextReader final : public PartReader {
  public:
    WordTextReader(Package& package, WordStyles const& styles, PartText::Stream own)
        : PartReader(package), styles_(styles), own_(own) {}

    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) override;
    void end(std::string_view name) override;
    void text(std::string_view text, XmlOrigin origin) override;

    void put(Place const& place);

  private:
    struct Paragraph {
        std::string style;
        std::string run_style;
        WordLook direct;  // of the paragraph (shading)
        WordLook run;     // of the run
        bool in_run = false;
    };
    struct Table {
        std::int32_t row = 0, column = 0;
        WordLook cell;
        bool fresh = false;   // no paragraph of the cell has begun
        bool styled = false;  // a table style may colour cells in ways not followed here
    };
    enum class Properties : std::uint8_t { none, run, paragraph, other };
    enum class Catch : std::uint8_t { nothing, shown, deleted, instruction };

    bool start_structure(std::string_view name, XmlAttributes const& attributes);
    bool start_properties(std::string_view name, XmlAttributes const& attributes);
    bool start_tracking(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin);
    void start_content(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin);
    void start_picture(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin);
    void start_cell();
    void say(std::string_view text, XmlOrigin origin, bool deleted = false);
    void say_field(std::string_view instruction, XmlOrigin origin);
    void flush_field();
    std::string_view hidden_reason();
    void end_alternatives();

    WordStyles const& styles_;
    PartText::Stream own_;
    PartText out_;
    FieldList fields_;
    std::vector<Paragraph> paragraphs_;
    std::vector<Table> tables_;
    Properties properties_ = Properties::none;
    Catch catch_ = Catch::nothing;
    int changes_ = 0;    // inside former properties (w:rPrChange …)
    int inserted_ = 0;
    int deleted_ = 0;
    int boxes_ = 0;      // inside text boxes, which have grounds of their own
    int choice_ = 0, fallback_ = 0, alternatives_ = 0, guide_ = 0;
    std::string choice_text_, fallback_text_;
    XmlOrigin fallback_origin_;
    std::string field_;
    XmlOrigin field_origin_;
    // The last styles asked for: most runs of a part share them.
    WordLook look_;
    std::string look_style_, look_run_style_;
    bool looked_up_ = false;
};

}  // namespace keepmum
