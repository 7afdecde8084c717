// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/xml/stream.h"

#include <expat.h>

#include <algorithm>
#include <deque>
#include <unordered_map>
#include <vector>

namespace keepmum {

namespace {

constexpr char separator = '\n';  // no namespace name holds one
constexpr std::size_t slice = 64 * 1024;

struct Space {
    std::string_view uri, prefix;
};

constexpr Space spaces[] = {
#define SPACE(uri, prefix) {uri, prefix},
#include "format/xml/namespaces.inc"
#undef SPACE
};

std::string_view prefix_of(std::string_view uri) {
    for (Space const& space : spaces)
        if (space.uri == uri) return space.prefix;
    return "?";
}

class Reader final {
  public:
    explicit Reader(XmlHandler& handler) : handler_(handler), parser_(XML_ParserCreateNS(nullptr, separator)) {
        XML_SetUserData(parser_, this);
        XML_SetElementHandler(parser_, &Reader::on_start, &Reader::on_end);
        XML_SetCharacterDataHandler(parser_, &Reader::on_text);
        XML_SetCommentHandler(parser_, &Reader::on_comment);
        XML_SetProcessingInstructionHandler(parser_, &Reader::on_instruction);
        XML_SetEntityDeclHandler(parser_, &Reader::on_entity);
        XML_SetSkippedEntityHandler(parser_, &Reader::on_skipped);
        // A default handler keeps expat from expanding declared entities in text.
        XML_SetDefaultHandler(parser_, &Reader::on_other);
    }
    ~Reader() { XML_ParserFree(parser_); }
    Reader(Reader const&) = delete;
    Reader& operator=(Reader const&) = delete;

    XmlOutcome run(std::string_view bytes) {
        std::size_t at = 0;
        XML_Status status = XML_STATUS_OK;
        do {
            std::size_t const size = std::min(slice, bytes.size() - at);
            bool const last = at + size == bytes.size();
            status = XML_Parse(parser_, bytes.data() + at, static_cast<int>(size), last);
            at += size;
            if (status == XML_STATUS_OK && handler_.enough()) stop(XmlEnd::stopped);
        } while (status == XML_STATUS_OK && outcome_.end == XmlEnd::complete && at < bytes.size());
        outcome_.read = bytes.size();
        if (status != XML_STATUS_OK || outcome_.end != XmlEnd::complete) {
            if (outcome_.end == XmlEnd::complete) outcome_.end = XmlEnd::malformed;
            XML_Index const index = XML_GetCurrentByteIndex(parser_);
            outcome_.read = index < 0 ? 0 : std::min<std::uint64_t>(static_cast<std::uint64_t>(index), bytes.size());
        }
        return outcome_;
    }

  private:
    static Reader& self(void* data) { return *static_cast<Reader*>(data); }

    void stop(XmlEnd end) {
        outcome_.end = end;
        XML_StopParser(parser_, XML_FALSE);
    }

    XmlOrigin origin() const {
        XML_Index const index = XML_GetCurrentByteIndex(parser_);
        int const count = XML_GetCurrentByteCount(parser_);
        return {index < 0 ? 0 : static_cast<std::uint64_t>(index), count < 0 ? 0 : static_cast<std::uint64_t>(count)};
    }

    // Expat gives "uri\nlocal" or "local"; each is translated once.
    std::string_view canonical(char const* raw) {
        std::string_view const name(raw);
        auto const known = names_.find(name);
        if (known != names_.end()) return known->second;
        std::size_t const cut = name.find(separator);
        std::string translated = cut == std::string_view::npos
                                     ? std::string(name)
                                     : std::string(prefix_of(name.substr(0, cut))) + ":" + std::string(name.substr(cut + 1));
        if (names_.size() >= names_limit) return passing_.emplace_back(std::move(translated));
        std::string_view const key = kept_.emplace_back(name);
        return names_.emplace(key, kept_.emplace_back(std::move(translated))).first->second;
    }

    static void on_start(void* data, XML_Char const* name, XML_Char const** raw) {
        Reader& reader = self(data);
        if (reader.outcome_.end != XmlEnd::complete) return;
        if (++reader.depth_ > xml_depth_limit) return reader.stop(XmlEnd::too_deep);
        reader.passing_.clear();
        reader.attributes_.clear();
        for (; *raw; raw += 2) reader.attributes_.push_back({reader.canonical(raw[0]), raw[1]});
        reader.handler_.start(reader.canonical(name), XmlAttributes(reader.attributes_), reader.origin());
    }

    static void on_end(void* data, XML_Char const* name) {
        Reader& reader = self(data);
        if (reader.outcome_.end != XmlEnd::complete) return;
        --reader.depth_;
        reader.passing_.clear();
        reader.handler_.end(reader.canonical(name));
    }

    static void on_text(void* data, XML_Char const* text, int size) {
        Reader& reader = self(data);
        if (reader.outcome_.end != XmlEnd::complete) return;
        reader.handler_.text(std::string_view(text, static_cast<std::size_t>(size)), reader.origin());
    }

    static void on_comment(void* data, XML_Char const* text) {
        self(data).handler_.aside(text, self(data).origin());
    }

    static void on_instruction(void* data, XML_Char const* target, XML_Char const* text) {
        self(data).handler_.aside(std::string(target) + " " + text, self(data).origin());
    }

    static void on_entity(void* data, XML_Char const* name, int, XML_Char const* value, int size, XML_Char const*,
                          XML_Char const* system, XML_Char const* publicly, XML_Char const*) {
        std::string text(name);
        if (value) text.append(" ").append(value, static_cast<std::size_t>(size));
        if (system) text.append(" ").append(system);
        if (publicly) text.append(" ").append(publicly);
        self(data).handler_.aside(text, self(data).origin());
    }

    static void on_skipped(void* data, XML_Char const*, int) { ++self(data).outcome_.skipped; }

    static void on_other(void* data, XML_Char const* text, int size) {
        // A reference that was not expanded; everything else that comes here is DTD or declaration.
        if (size > 1 && text[0] == '&') ++self(data).outcome_.skipped;
    }

    static constexpr std::size_t names_limit = 4096;

    XmlHandler& handler_;
    XML_Parser parser_;
    XmlOutcome outcome_;
    unsigned depth_ = 0;
    // Deques, so that views into them stay put as they grow.
    std::unordered_map<std::string_view, std::string_view> names_;
    std::deque<std::string> kept_;
    std::deque<std::string> passing_;  // names beyond the limit, for one element
    std::vector<XmlAttribute> attributes_;
};

}  // namespace

bool XmlAttributes::has(std::string_view name) const {
    return std::any_of(all_.begin(), all_.end(), [&](XmlAttribute const& one) { return one.name == name; });
}

std::string_view XmlAttributes::operator[](std::string_view name) const {
    for (XmlAttribute const& one : all_)
        if (one.name == name) return one.value;
    return {};
}

XmlOutcome read_xml(std::string_view bytes, XmlHandler& handler) { return Reader(handler).run(bytes); }

bool looks_like_xml(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        bytes.remove_prefix(2);
        return bytes.substr(0, 2).find('<') != std::string_view::npos;
    }
    std::size_t const first = bytes.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && bytes[first] == '<';
}

}  // namespace keepmum
