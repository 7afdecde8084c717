// What all readers of XML parts share: the words around the content, and damage said aloud.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string_view>

#include "extract/office/package.h"
#include "extract/office/text.h"

namespace keepmum {

// Collects attribute values, comments and declarations; the readers of single parts add the rest.
class PartReader : public XmlHandler {
  public:
    explicit PartReader(Package& package) : package_(package) {}
    void aside(std::string_view text, XmlOrigin) final { words_.add(text); }
    bool enough() const override { return package_.outlet().enough(); }
    // What the part says beside its content.
    void put_asides(Place const& place);

  protected:
    // Values that mean nothing to people (revision ids, geometry) stay out. Called at each element,
    // as it also ends a line of stray text.
    void keep_words(XmlAttributes const& attributes);
    // Text where the format shows none.
    void keep_stray(std::string_view text, XmlOrigin origin);
    void end_stray() {
        if (stray_open_) stray_.separate('\n');
        stray_open_ = false;
    }

    Package& package_;
    WordBag words_;

  private:
    TextBuilder stray_;
    bool stray_open_ = false;
};

// Reads the XML part `entry` with `reader`, says what was wrong with it, gives what could not be read as
// a tail of it, and puts out the words around the content. False where there was nothing to read.
bool read_part(Package& package, PackageEntry& entry, PartReader& reader);

// The same for XML at hand; `place` names it.
void read_part_bytes(Package& package, Blob const& bytes, Place const& place, PartReader& reader);

// Any XML part that has no better reader: its text and its words, as `role`.
void read_plain_part(Package& package, PackageEntry& entry, Role role = Role::markup, std::string_view reason = {});

void read_plain_bytes(Package& package, Blob const& bytes, Place const& place, Role role = Role::markup,
                      std::string_view reason = {});

// Places of parts: the member by its name.
Place place_of(PackageEntry const& entry);

}  // namespace keepmum
