// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/ooxml/package_map.h"

#include "base/utf8.h"
#include "format/xml/stream.h"

namespace keepmum {

class ContentTypesReader final : public XmlHandler {
  public:
    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin) override {
        std::string type(attributes["ContentType"]);
        if (name == "ct:Default") types.by_ending_.emplace(ascii_lower(attributes["Extension"]), std::move(type));
        else if (name == "ct:Override") {
            std::string_view part = attributes["PartName"];
            if (part.starts_with('/')) part.remove_prefix(1);
            types.by_name_.emplace(ascii_lower(part), std::move(type));
        }
    }
    void end(std::string_view) override {}
    void text(std::string_view, XmlOrigin) override {}
    void aside(std::string_view, XmlOrigin) override {}

    ContentTypes types;
};

namespace {

class RelationsReader final : public XmlHandler {
  public:
    explicit RelationsReader(std::string_view part) : part_(part) {}
    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin) override {
        if (name != "rel:Relationship") return;
        Relation relation;
        relation.id = attributes["Id"];
        std::string_view const type = attributes["Type"];
        relation.kind = type.substr(type.rfind('/') + 1);
        relation.external = equal_ascii_case(attributes["TargetMode"], "External");
        relation.target = relation.external ? std::string(attributes["Target"]) : resolve_part(part_, attributes["Target"]);
        relations.push_back(std::move(relation));
    }
    void end(std::string_view) override {}
    void text(std::string_view, XmlOrigin) override {}
    void aside(std::string_view, XmlOrigin) override {}

    std::vector<Relation> relations;

  private:
    std::string_view part_;
};

}  // namespace

ContentTypes ContentTypes::read(std::string_view xml) {
    ContentTypesReader reader;
    (void)read_xml(xml, reader);
    return std::move(reader.types);
}

std::string_view ContentTypes::of(std::string_view part) const {
    std::string const key = ascii_lower(part);
    if (auto const found = by_name_.find(key); found != by_name_.end()) return found->second;
    std::size_t const dot = key.rfind('.');
    if (dot == std::string::npos) return {};
    auto const found = by_ending_.find(std::string_view(key).substr(dot + 1));
    return found == by_ending_.end() ? std::string_view() : std::string_view(found->second);
}

std::vector<Relation> read_relations(std::string_view xml, std::string_view part) {
    RelationsReader reader(part);
    (void)read_xml(xml, reader);
    return std::move(reader.relations);
}

std::string relations_name(std::string_view part) {
    std::size_t const cut = part.rfind('/') + 1;  // npos + 1 is 0: a part in the root
    return std::string(part.substr(0, cut)) + "_rels/" + std::string(part.substr(cut)) + ".rels";
}

std::string relations_owner(std::string_view relations_part) {
    std::size_t const folder = relations_part.rfind("_rels/");
    if (folder == std::string_view::npos || !relations_part.ends_with(".rels")) return {};
    std::string_view const file = relations_part.substr(folder + 6);
    return std::string(relations_part.substr(0, folder)) + std::string(file.substr(0, file.size() - 5));
}

std::string resolve_part(std::string_view from, std::string_view target) {
    target = target.substr(0, target.find('#'));
    std::vector<std::string_view> steps;
    auto const walk = [&](std::string_view path) {
        while (!path.empty()) {
            std::size_t const cut = path.find('/');
            std::string_view const step = path.substr(0, cut);
            if (step == "..") {
                if (!steps.empty()) steps.pop_back();
            } else if (!step.empty() && step != ".") {
                steps.push_back(step);
            }
            if (cut == std::string_view::npos) break;
            path.remove_prefix(cut + 1);
        }
    };
    if (!target.starts_with('/')) walk(from.substr(0, from.rfind('/') + 1));
    walk(target);
    std::string joined;
    for (std::string_view const step : steps) {
        if (!joined.empty()) joined.push_back('/');
        joined.append(step);
    }
    return joined;
}

}  // namespace keepmum
