// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/workbook_parts.h"

#include <algorithm>

#include "base/utf8.h"
#include "extract/office/part.h"
#include "extract/office/strings.h"

namespace keepmum {

namespace {

class SharedStringsReader final : public PartReader {
  public:
    SharedStringsReader(Package& package, SharedStrings& strings) : PartReader(package), strings_(strings) {}

    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin) override {
        catch_ = name == "x:t";
        if (name == "x:si") strings_.texts.emplace_back();
        else if (name == "x:rPh") phonetic_ = true;
        keep_words(attributes);
    }
    void end(std::string_view name) override {
        catch_ = false;
        if (name == "x:rPh") phonetic_ = false;
    }
    void text(std::string_view text, XmlOrigin) override {
        // How a name is pronounced stands beside it: not in the cell, but in the file.
        if (catch_ && !phonetic_ && !strings_.texts.empty()) strings_.texts.back().append(text);
        else words_.add(text);
    }

  private:
    SharedStrings& strings_;
    bool catch_ = false, phonetic_ = false;
};

class CommentsReader final : public PartReader {
  public:
    using PartReader::PartReader;
    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) override {
        catch_ = name == "x:t" || name == "tc:text";
        author_ = name == "x:author";
        if (name == "x:comment" || name == "tc:threadedComment") {
            CellAddress const cell = parse_cell(attributes["ref"]);
            text_.separate('\n');
            text_.mark(Mark::What::cell, cell.row, cell.column);
            fields_.add("Date of a comment", attributes["dT"], {origin.at, 0});
        }
        keep_words(attributes);
    }
    void end(std::string_view) override { catch_ = author_ = false; }
    void text(std::string_view text, XmlOrigin origin) override {
        if (catch_) text_.append(text, origin);
        else if (author_) fields_.add("Author of a comment", text, origin);
        else words_.add(text);
    }
    void put(Place const& place) {
        if (!text_.empty()) package_.outlet().put(text_.finish(place, Role::comment));
        fields_.put(package_.outlet(), place);
    }

  private:
    TextBuilder text_;
    FieldList fields_;
    bool catch_ = false, author_ = false;
};

// Values that stand in attributes: pivot caches keep whole source tables there, row by row.
class CacheReader final : public PartReader {
  public:
    using PartReader::PartReader;
    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) override {
        if (name == "x:r" || name == "x:cacheField" || name == "x:row") text_.separate('\n');
        if (attributes.has("v")) say(attributes["v"], {origin.at, 0});
        keep_words(attributes);
        catch_ = name == "x:v";
        if (name == "x:ddeLink") {
            links_.append(std::string(attributes["ddeService"]) + "|" + std::string(attributes["ddeTopic"]), {origin.at, 0});
            links_.separate('\n');
        }
    }
    void end(std::string_view) override { catch_ = false; }
    void text(std::string_view text, XmlOrigin origin) override {
        if (catch_) say(text, origin);
        else words_.add(text);
    }
    void put(Place const& place, std::string reason) {
        if (!text_.empty()) package_.outlet().put(text_.finish(place, Role::hidden, std::move(reason)));
        if (!links_.empty()) package_.outlet().put(links_.finish(place, Role::link));
    }

  private:
    void say(std::string_view text, XmlOrigin origin) {
        text_.append(text, origin);
        text_.separate('\t');
    }
    TextBuilder text_, links_;
    bool catch_ = false;
};

// Where data comes from: connection strings, queries, files; and who has worked on the file.
class AttributesReader final : public PartReader {
  public:
    AttributesReader(Package& package, std::string_view title) : PartReader(package), title_(title) {}
    void start(std::string_view, XmlAttributes const& attributes, XmlOrigin origin) override {
        for (XmlAttribute const& one : attributes.all()) {
            std::size_t const letters = static_cast<std::size_t>(std::count_if(one.value.begin(), one.value.end(), is_alpha));
            if (letters > 1 && one.name.find(':') == std::string_view::npos)
                fields_.add(std::string(title_) + " " + std::string(one.name), one.value, {origin.at, 0});
        }
    }
    void end(std::string_view) override {}
    void text(std::string_view text, XmlOrigin) override { words_.add(text); }
    void put(Place const& place, Role role) { fields_.put(package_.outlet(), place, role); }

  private:
    std::string_view title_;
    FieldList fields_;
};

void read_cache(Package& package, PackageEntry& entry, std::string reason) {
    CacheReader reader(package);
    read_part(package, entry, reader);
    reader.put(place_of(entry), std::move(reason));
}

void read_attributes(Package& package, PackageEntry& entry, std::string_view title, Role role) {
    AttributesReader reader(package, title);
    read_part(package, entry, reader);
    reader.put(place_of(entry), role);
}

// The binary workbook's own parts: words are given, but not all of them can be.
void read_binary_part(Package& package, PackageEntry& entry) {
    std::optional<Blob> const bytes = package.open(entry);
    package.gap(entry.name, Cause::unsupported, entry.member.data.size(), "binary workbook part (xlsb)",
                "application/vnd.ms-excel.sheet.binary.macroEnabled.12");
    if (!bytes) return;
    package.unread(entry.member.data.size());
    Evidence text;
    text.kind = Kind::text;
    text.role = Role::residue;
    text.place = place_of(entry);
    text.content = Blob::take(printable_strings(bytes->view()));
    if (!text.content.empty()) package.outlet().put(std::move(text));
}

}  // namespace

void read_shared_strings(Package& package, std::string const& name, SharedStrings& strings) {
    PackageEntry* const entry = package.find(name);
    if (!entry || ascii_lower(name).ends_with(".bin")) return;
    SharedStringsReader reader(package, strings);
    read_part(package, *entry, reader);
    strings.uses.resize(strings.texts.size());
}

void read_cell_comments(Package& package, std::string const& name, Place const& sheet) {
    PackageEntry* const entry = package.find(name);
    if (!entry || ascii_lower(name).ends_with(".bin")) return;
    CommentsReader reader(package);
    Place const place = sheet.with(How::part, "comments");
    std::optional<Blob> const bytes = package.open(*entry);
    if (!bytes) return;
    read_part_bytes(package, *bytes, place, reader);
    reader.put(place);
}

void read_workbook_part(Package& package, PackageEntry& entry, std::string_view type) {
    auto const is = [&](std::string_view word) { return type.find(word) != std::string_view::npos; };
    if (type.starts_with("application/vnd.ms-excel.") && entry.name.ends_with(".bin")) read_binary_part(package, entry);
    else if (is("pivotCacheDefinition") || is("pivotCacheRecords")) read_cache(package, entry, "pivot-cache");
    else if (is("externalLink")) read_cache(package, entry, "external-cache");
    else if (is("connections")) read_attributes(package, entry, "Data connection", Role::link);
    else if (is("person+xml")) read_attributes(package, entry, "Person", Role::metadata);
    else if (is("userNames")) read_attributes(package, entry, "User", Role::metadata);
    else if (is("revisionHeaders")) read_attributes(package, entry, "Revision", Role::metadata);
    else if (is("revisionLog")) read_plain_part(package, entry, Role::earlier);
}

}  // namespace keepmum
