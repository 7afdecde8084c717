// XML as a stream of events with canonical names and byte offsets (XML 1.0, Namespaces in XML).
//
// Names arrive as "prefix:local" with a prefix of ours for each namespace we know, whatever the file
// calls it, so that a document with unusual prefixes (or the strict variant of OOXML) reads the same.
// Unknown namespaces arrive as "?:local", attributes without a namespace as "local". Entities that a
// document declares itself are never expanded: what they would say is given as a declaration, and
// their use as a skipped reference, so "a billion laughs" costs what its bytes cost.
// Rejected: pugixml, which needs the whole tree in memory and tells no offsets for what it decodes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace keepmum {

struct XmlAttribute {
    std::string_view name;
    std::string_view value;
};

// The attributes of one element; look-ups give "" for what is not there.
class XmlAttributes final {
  public:
    explicit XmlAttributes(std::span<XmlAttribute const> all) : all_(all) {}
    std::span<XmlAttribute const> all() const { return all_; }
    bool has(std::string_view name) const;
    std::string_view operator[](std::string_view name) const;

  private:
    std::span<XmlAttribute const> all_;
};

// Where a piece of text stands in the bytes that were read.
struct XmlOrigin {
    std::uint64_t at = 0;
    std::uint64_t size = 0;
};

// Views are valid during the call only.
class XmlHandler {
  public:
    virtual ~XmlHandler() = default;
    virtual void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) = 0;
    virtual void end(std::string_view name) = 0;
    virtual void text(std::string_view text, XmlOrigin origin) = 0;
    // Comments, processing instructions, declared entities: not content, but words all the same.
    virtual void aside(std::string_view text, XmlOrigin origin) = 0;
    // Asked from time to time: true ends the reading.
    virtual bool enough() const { return false; }
};

enum class XmlEnd : std::uint8_t { complete, malformed, too_deep, stopped };

struct XmlOutcome {
    XmlEnd end = XmlEnd::complete;
    std::uint64_t read = 0;          // bytes that were understood
    std::uint64_t skipped = 0;       // references to declared entities, not expanded
};

// Elements nested deeper than this end the reading.
inline constexpr unsigned xml_depth_limit = 2000;

XmlOutcome read_xml(std::string_view bytes, XmlHandler& handler);

// True where `bytes` begin like XML: a byte order mark or blanks, then '<'.
bool looks_like_xml(std::string_view bytes);

}  // namespace keepmum
