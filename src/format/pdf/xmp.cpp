// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pdf/xmp.h"

#include <pugixml.hpp>

#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr int most_nesting = 200;
constexpr std::size_t most_packet = 16 << 20;  // the tree takes many times the packet

bool is_list(std::string_view name) {
    return name == "rdf:Seq" || name == "rdf:Bag" || name == "rdf:Alt" || name == "rdf:li" ||
           name == "rdf:Description" || name == "rdf:RDF";
}

void add(XmpReading& reading, std::string name, std::string value) {
    std::size_t const begin = value.find_first_not_of(" \r\n\t");
    if (begin == std::string::npos) return;
    value.erase(0, begin);
    value.erase(value.find_last_not_of(" \r\n\t") + 1);
    if (is_utf8(name) && is_utf8(value)) {
        reading.properties.push_back({std::move(name), std::move(value)});
    } else {
        reading.whole = false;
    }
}

void walk(pugi::xml_node node, std::string const& name, int depth, XmpReading& reading) {
    if (depth > most_nesting) {
        reading.whole = false;
        return;
    }
    std::string const own = is_list(node.name()) || node.name()[0] == '\0' ? name : node.name();
    for (pugi::xml_attribute attribute : node.attributes()) {
        std::string const key = attribute.name();
        bool const plumbing = key.compare(0, 5, "xmlns") == 0 || key == "rdf:about" || key == "xml:lang" ||
                              key == "rdf:parseType" || key == "x:xmptk";
        if (!plumbing) add(reading, key == "rdf:resource" ? own : key, attribute.value());
    }
    for (pugi::xml_node child : node.children()) {
        if (child.type() == pugi::node_element) {
            walk(child, own, depth + 1, reading);
        } else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
            add(reading, own, child.value());
        } else if (child.type() == pugi::node_comment) {
            add(reading, "comment", child.value());
        }
    }
}

}  // namespace

XmpReading read_xmp(std::string_view packet) {
    XmpReading reading;
    if (packet.size() > most_packet) {
        reading.whole = false;
        return reading;
    }
    pugi::xml_document document;
    unsigned const options = pugi::parse_default | pugi::parse_comments;
    reading.whole = static_cast<bool>(document.load_buffer(packet.data(), packet.size(), options));
    walk(document, "", 0, reading);
    return reading;
}

}  // namespace keepmum
