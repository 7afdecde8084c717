// Workbooks: which part is read how (ISO/IEC 29500-1, 12.3).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "extract/office/ooxml.h"
#include "extract/office/sheet.h"
#include "extract/office/workbook_parts.h"

namespace keepmum {

namespace {

struct SheetName {
    std::string name, id, state;
};

// xl/workbook.xml: the sheets and the names given to ranges.
class WorkbookReader final : public PartReader {
  public:
    using PartReader::PartReader;
    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) override {
        if (name == "x:sheet") {
            sheets.push_back({std::string(attributes["name"]), std::string(attributes["r:id"]), std::string(attributes["state"])});
            names_.append(attributes["name"], {origin.at, 0});
            names_.separate('\n');
            if (sheets.back().state == "hidden") fields_.add("Hidden sheet", attributes["name"], {origin.at, 0});
            else if (!sheets.back().state.empty() && sheets.back().state != "visible")
                fields_.add("Very hidden sheet", attributes["name"], {origin.at, 0});
        } else if (name == "x:workbookPr") {
            std::string_view const epoch = attributes["date1904"];
            if (epoch == "1" || epoch == "true") dates = Epoch::y1904;
        } else if (name == "x:definedName") {
            defined_ = attributes["name"];
        }
        keep_words(attributes);
    }
    void end(std::string_view name) override {
        if (name == "x:definedName") defined_.clear();
    }
    void text(std::string_view text, XmlOrigin origin) override {
        if (!defined_.empty()) fields_.add("Defined name " + defined_, text, origin);
        else words_.add(text);
    }
    void put(Place const& place) {
        if (!names_.empty()) package_.outlet().put(names_.finish(place, Role::name));
        fields_.put(package_.outlet(), place);
    }

    std::vector<SheetName> sheets;
    Epoch dates = Epoch::y1900;

  private:
    TextBuilder names_;
    FieldList fields_;
    std::string defined_;
};

PartText::Stream stream_of(SheetName const& sheet) {
    if (sheet.state == "hidden") return {Role::hidden, "sheet"};
    if (equal_ascii_case(sheet.state, "veryHidden")) return {Role::hidden, "very-hidden"};
    return {Role::shown, {}};
}

// The parts of a binary workbook (xlsb).
bool is_binary(std::string_view name) { return ascii_lower(name).ends_with(".bin"); }

class Workbook final {
  public:
    explicit Workbook(Ooxml& ooxml) : ooxml_(ooxml), package_(ooxml.package) {}

    void read() {
        WorkbookReader workbook(package_);
        PackageEntry* const main = package_.find(ooxml_.main);
        if (!main || is_binary(ooxml_.main)) return read_side_parts();
        read_part(package_, *main, workbook);
        workbook.put(place_of(*main));
        epoch_ = workbook.dates;
        for (std::string const& name : ooxml_.targets(ooxml_.main, "sharedStrings")) read_shared_strings(package_, name, strings_);
        for (std::string const& name : ooxml_.targets(ooxml_.main, "styles")) read_styles(name);
        for (SheetName const& sheet : workbook.sheets) {
            Relation const* const relation = ooxml_.relation(ooxml_.main, sheet.id);
            if (relation && !relation->external) read_sheet(relation->target, Place{}.with(How::sheet, sheet.name), stream_of(sheet));
        }
        read_orphans();
        put_unused_strings();
        read_side_parts();
    }

  private:
    void read_styles(std::string const& name) {
        PackageEntry* const entry = is_binary(name) ? nullptr : package_.find(name);
        std::optional<Blob> const bytes = entry ? package_.open(*entry) : std::nullopt;
        if (!bytes) return;
        styles_ = read_cell_styles(bytes->view());
        read_plain_bytes(package_, *bytes, place_of(*entry));
    }

    void read_sheet(std::string const& name, Place const& place, PartText::Stream stream) {
        PackageEntry* const entry = package_.find(name);
        if (!entry || is_binary(name)) return;
        std::optional<Blob> const bytes = package_.open(*entry);
        if (!bytes) return;
        SheetReader reader(package_, strings_, styles_, epoch_, stream);
        read_part_bytes(package_, *bytes, place, reader);
        reader.put(place);
        for (std::string const& comments : ooxml_.targets(name, "comments")) read_cell_comments(package_, comments, place);
        for (std::string const& comments : ooxml_.targets(name, "threadedComment")) read_cell_comments(package_, comments, place);
    }

    // Sheets that the workbook no longer lists.
    void read_orphans() {
        std::vector<std::string> lost;
        for (PackageEntry const& entry : package_.entries())
            if (!entry.taken && ooxml_.types.of(entry.name).ends_with("sheet+xml")) lost.push_back(entry.name);
        for (std::string const& name : lost)
            read_sheet(name, Place{}.with(How::member, name), {Role::hidden, "unreferenced part"});
    }

    // Texts that no cell shows any more.
    void put_unused_strings() {
        TextBuilder unused;
        for (std::size_t i = 0; i < strings_.texts.size(); ++i) {
            if (strings_.uses[i] > 0 || strings_.texts[i].empty()) continue;
            unused.append(strings_.texts[i], {0, 0});
            unused.separate('\n');
        }
        if (!unused.empty())
            package_.outlet().put(unused.finish(Place{}.with(How::member, "xl/sharedStrings.xml"), Role::hidden, "unused string"));
    }

    void read_side_parts() {
        std::vector<std::string> names;
        for (PackageEntry const& entry : package_.entries())
            if (!entry.taken) names.push_back(entry.name);
        for (std::string const& name : names) {
            PackageEntry* const entry = package_.find(name);
            if (entry) read_workbook_part(package_, *entry, ooxml_.types.of(name));
        }
    }

    Ooxml& ooxml_;
    Package& package_;
    SharedStrings strings_;
    CellStyles styles_;
    Epoch epoch_ = Epoch::y1900;
};

}  // namespace

void read_workbook(Ooxml& ooxml) { Workbook(ooxml).read(); }

}  // namespace keepmum
