// Word processing documents: which part is read how (ISO/IEC 29500-1, 11.3).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/ooxml.h"
#include "extract/office/word_text.h"

namespace keepmum {

namespace {

void read_text_part(Ooxml& ooxml, WordStyles const& styles, std::string const& name, Role role, std::string_view reason = {}) {
    PackageEntry* const entry = ooxml.package.find(name);
    if (!entry) return;
    WordTextReader reader(ooxml.package, styles, {role, reason});
    read_part(ooxml.package, *entry, reader);
    reader.put(place_of(*entry));
}

// Document settings: variables, the mail merge source. All else in them is words.
class SettingsReader final : public PartReader {
  public:
    using PartReader::PartReader;
    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) override {
        keep_words(attributes);
        XmlOrigin const spot{origin.at, 0};
        if (name == "w:docVar") fields_.add("Document variable " + std::string(attributes["w:name"]), attributes["w:val"], spot);
        else if (name == "w:mailMerge") in_merge_ = true;
        else if (in_merge_ && attributes.has("w:val")) fields_.add("Mail merge " + std::string(name.substr(2)), attributes["w:val"], spot);
    }
    void end(std::string_view name) override {
        if (name == "w:mailMerge") in_merge_ = false;
    }
    void text(std::string_view text, XmlOrigin) override { words_.add(text); }
    void put(Place const& place) { fields_.put(package_.outlet(), place); }

  private:
    FieldList fields_;
    bool in_merge_ = false;
};

// word/people.xml: who commented, with the account they were signed in as.
class PeopleReader final : public PartReader {
  public:
    using PartReader::PartReader;
    void start(std::string_view, XmlAttributes const& attributes, XmlOrigin origin) override {
        keep_words(attributes);
        fields_.add("Person", attributes["w15:author"], {origin.at, 0});
        fields_.add("Account of a person", attributes["w15:userId"], {origin.at, 0});
    }
    void end(std::string_view) override {}
    void text(std::string_view text, XmlOrigin) override { words_.add(text); }
    void put(Place const& place) { fields_.put(package_.outlet(), place); }

  private:
    FieldList fields_;
};

template <class Reader>
void read_with(Ooxml& ooxml, std::string const& name) {
    PackageEntry* const entry = ooxml.package.find(name);
    if (!entry) return;
    Reader reader(ooxml.package);
    read_part(ooxml.package, *entry, reader);
    reader.put(place_of(*entry));
}

// The parts of one story (the document itself, or its glossary): body first.
void read_story(Ooxml& ooxml, WordStyles const& styles, std::string const& body, bool glossary) {
    struct Kind {
        std::string_view relation;
        Role role;
    };
    static constexpr Kind kinds[] = {{"header", Role::margin},    {"footer", Role::margin},  {"footnotes", Role::note},
                                     {"endnotes", Role::note},    {"comments", Role::comment}};
    // Building blocks are no page of the document; their words are placeholders for the most part.
    read_text_part(ooxml, styles, body, glossary ? Role::markup : Role::shown);
    for (Kind const& kind : kinds)
        for (std::string const& target : ooxml.targets(body, kind.relation))
            read_text_part(ooxml, styles, target, glossary ? Role::markup : kind.role);
}

WordStyles read_styles(Ooxml& ooxml, std::string const& body) {
    for (std::string const& name : ooxml.targets(body, "styles")) {
        PackageEntry* const entry = ooxml.package.find(name);
        if (!entry) continue;
        std::optional<Blob> const bytes = ooxml.package.open(*entry);
        if (!bytes) continue;
        WordStyles styles = WordStyles::read(bytes->view());
        read_plain_bytes(ooxml.package, *bytes, place_of(*entry));
        return styles;
    }
    return {};
}

// A part that the document no longer refers to, by its root element's kind of name.
void read_orphans(Ooxml& ooxml, WordStyles const& styles) {
    for (PackageEntry& entry : ooxml.package.entries()) {
        if (entry.taken || ooxml.is_referred_to(entry.name)) continue;
        std::string_view const type = ooxml.types.of(entry.name);
        bool const word = type.find("wordprocessingml") != std::string_view::npos && type.ends_with("+xml");
        if (!word) continue;
        WordTextReader reader(ooxml.package, styles, {Role::hidden, "unreferenced part"});
        read_part(ooxml.package, entry, reader);
        reader.put(place_of(entry));
    }
}

}  // namespace

void read_word(Ooxml& ooxml) {
    WordStyles const styles = read_styles(ooxml, ooxml.main);
    read_story(ooxml, styles, ooxml.main, false);
    for (std::string const& glossary : ooxml.targets(ooxml.main, "glossaryDocument"))
        read_story(ooxml, read_styles(ooxml, glossary), glossary, true);
    for (std::string const& name : ooxml.targets(ooxml.main, "settings")) read_with<SettingsReader>(ooxml, name);
    for (std::string const& name : ooxml.targets(ooxml.main, "people")) read_with<PeopleReader>(ooxml, name);
    read_orphans(ooxml, styles);
}

}  // namespace keepmum
