// Prints what the reader of photos finds in files: a line "== NAME" for each, then its facts and tags. With --exiv2 what Exiv2 finds
// alone, given the whole file. For tests/photo_facts.py and for people who wonder.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>
#include <iostream>
#include <sstream>

#include "core/photo.h"
#include "extract/collect.h"
#include "extract/photo/exiv.h"
#include "extract/photo/facts.h"
#include "extract/photo/photo.h"

namespace keepmum {
namespace {

void print_facts(std::string const& bytes) {
    Collect outlet;
    Result<Done> const done = photo_extractor()->extract(input_of(bytes), outlet);
    for (Evidence const& evidence : outlet.all) {
        if (evidence.media == photo_media) std::cout << evidence.content.view();
    }
    for (Evidence const& evidence : outlet.all) {
        if (evidence.media == photo_tags_media) std::cout << evidence.content.view();
    }
    for (Gap const& gap : outlet.gaps) std::cout << "gap: " << word(gap.cause) << ": " << gap.detail << '\n';
}

void print_exiv2(std::string const& bytes) {
    Tags tags;
    Complaint const complaint = read_file(bytes, tags);
    PhotoFacts facts;
    add_facts(tags, facts);
    for (PhotoFact const& fact : facts.all()) std::cout << fact.name << ": " << fact.value << '\n';
    for (Tag const& tag : tags.all()) std::cout << tag.name << ": " << tag.shown << '\n';
    if (complaint) std::cout << "gap: " << *complaint << '\n';
}

}  // namespace
}  // namespace keepmum

int main(int count, char** values) {
    bool exiv2 = false;
    for (int i = 1; i < count; ++i) {
        std::string const name = values[i];
        if (name == "--exiv2") {
            exiv2 = true;
            continue;
        }
        std::ifstream file(name, std::ios::binary);
        std::stringstream bytes;
        bytes << file.rdbuf();
        std::cout << "== " << name << '\n';
        if (exiv2) keepmum::print_exiv2(bytes.str());
        else keepmum::print_facts(bytes.str());
    }
    return 0;
}
