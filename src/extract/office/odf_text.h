// The text of one OpenDocument stream: content, styles, meta data, or all in one (flat files).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include "extract/office/cells.h"
#include "extract/office/part.h"
#include "format/odf/odf_styles.h"

namespace keepmum {

class OdfTextReader final : public PartReader {
  public:
    // Styles are shared between the streams of one file; what this one defines is added. `place` is
    // where the evidence stands; sheets and pages get a step of their own below it.
    OdfTextReader(Package& package, OdfStyles& styles, Place place)
        : PartReader(package), styles_(styles), place_(std::move(place)) {
        frames_.emplace_back();
    }

    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) override;
    void end(std::string_view name) override;
    void text(std::string_view text, XmlOrigin origin) override;
    void put();

  private:
    // What one element passes on to those within.
    struct Frame {
        PartText::Stream stream{Role::shown, {}};
        WordLook look;
        bool writes = false;    // text within is text of the document
        bool catches = false;   // text within is the value of a field
        bool in_cell = false;   // of a spreadsheet
    };
    struct Columns {
        std::int32_t first = 0, last = 0;
    };

    void start_context(std::string_view name, XmlAttributes const& attributes, Frame& frame);
    void start_text(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin, Frame& frame);
    void start_table(std::string_view name, XmlAttributes const& attributes, Frame& frame);
    void start_field(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin, Frame& frame);
    void start_change(std::string_view name, XmlAttributes const& attributes);
    void keep_link(XmlAttributes const& attributes, XmlOrigin origin);
    void say(std::string_view text, XmlOrigin origin);
    void end_cell();
    void put_page();
    PartText::Stream cell_stream() const;

    OdfStyles& styles_;
    Place place_;
    Place page_;  // the open page or sheet; the whole where none is open
    std::vector<Frame> frames_;
    PartText out_;
    CellContent cells_;
    FieldList fields_;
    TextBuilder links_;
    int page_number_ = 0;
    bool spreadsheet_ = false, on_page_ = false;
    std::set<std::string, std::less<>> insertions_;  // ids of tracked insertions
    std::string region_;
    int inserted_ = 0;
    std::string field_, value_;
    XmlOrigin value_origin_;
    std::int32_t row_ = 0, column_ = 0, next_row_ = 1, next_column_ = 1, table_column_ = 1;
    bool hidden_row_ = false;
    std::vector<Columns> hidden_columns_;
    std::string cell_;
    XmlOrigin cell_origin_;
};

}  // namespace keepmum
