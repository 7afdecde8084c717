// The objects of a PDF file, read by qpdf, as plain data: the strings people wrote, with what they belong
// to, and the streams. Only object_file.cpp and survey.cpp know qpdf.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum::pdf {

// A string in the file, and what it is for.
struct Note {
    enum class For : std::uint8_t {
        property,    // document properties and everything without a closer word
        annotation,  // remarks on the page
        form,        // names and values of form fields
        bookmark,
        link,        // targets outside the document
        script,
        signature,
        file_name,   // of attachments, with their descriptions
    };
    For purpose = For::property;
    bool hidden = false;     // of an annotation or field that is never displayed
    std::uint32_t page = 0;  // from 1; 0 where it belongs to none
    std::uint32_t holder = 0;  // number of the object that it stands in
    std::string key;         // as in the file, without the slash: "Author"
    std::string text;        // UTF-8
};

struct StreamNote {
    enum class Is : std::uint8_t {
        accounted,   // content, fonts, colour profiles, functions, tables: read elsewhere or nothing to read
        image,
        attachment,
        metadata,    // XMP
        script,
        form_data,   // XFA
        rich_text,   // remarks and field values
        other,
    };
    Is is = Is::accounted;
    int number = 0, generation = 0;
    std::uint32_t page = 0;
    std::uint64_t stored = 0;  // bytes in the file, as far as the dictionary tells
    std::string filter;        // the last one: "DCTDecode"
    bool filtered_before = false;  // other filters stand before the last one
    int width = 0, height = 0;
    int bits = 0, components = 0;  // of a pixel's part, and parts of a pixel; 0: unknown, or a palette
    int fax_kind = 0;              // K of fax coding: below 0 is group 4
    std::string name;          // attachments
};

struct Survey {
    std::vector<Note> notes;
    std::vector<StreamNote> streams;
    std::set<std::uint64_t> offsets;    // where the objects in use begin, counted from the header
    std::vector<std::pair<int, int>> unreached;  // number, generation: in the tables, referred to by nothing
    std::vector<std::pair<int, int>> lost_contents;  // contents of pages that stand in no page tree
    std::size_t pages = 0;                      // found by walking the page tree, whatever its counts say
    std::vector<std::vector<std::pair<int, int>>> contents;  // of each page
    bool cut_short = false;             // more objects, or deeper ones, than are read
};

class ObjectFile final {
  public:
    enum class State : std::uint8_t { ready, encrypted, broken };

    // `bytes` must outlive the file.
    explicit ObjectFile(std::string_view bytes);
    ~ObjectFile();
    ObjectFile(ObjectFile const&) = delete;
    ObjectFile& operator=(ObjectFile const&) = delete;

    State state() const;
    bool is_encrypted() const;   // also where the empty password opens it
    bool is_rebuilt() const;     // its tables were damaged, and objects were found by searching
    Survey survey() const;

    // Decoded data, at most `limit` bytes; nothing where a filter fails or there would be more.
    // `raw`: as stored, though decrypted.
    enum class Decode : std::uint8_t { raw, full };
    enum class Failure : std::uint8_t { none, damaged, too_big };
    struct Data {
        std::string bytes;
        Failure failure = Failure::none;
    };
    Data read_stream(int number, int generation, Decode decode, std::uint64_t limit) const;

    // An object that the tables do not list, from its text: its strings, and its stream if it has one.
    struct Orphan {
        std::vector<Note> notes;
        Data data;
        StreamNote stream;
        bool has_stream = false;
        bool understood = false;
        bool cut_short = false;  // it holds more, or deeper, than is read
    };
    Orphan read_orphan(std::string_view body, std::string_view stream, std::uint64_t limit) const;
    Orphan read_object(int number, int generation, std::uint64_t limit) const;

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

// What a string object says: PDFDocEncoding, UTF-16, UTF-8, or Chinese bytes that name no encoding.
// Empty for binary data.
std::string readable(std::string const& raw, std::string const& converted);

}  // namespace keepmum::pdf
