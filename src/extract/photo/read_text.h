// Readers of what has no Exif: texts of PNG, GIF and JPEG, Photoshop's resources, colour profiles, signed provenance, and the boxes
// and chunks of films and recordings. Their tags are named "File.…" where their meaning is known
// (fact_rules.inc), else by the format's own name.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "extract/photo/tags.h"
#include "format/photo/byte_map.h"

namespace keepmum {

// A value with a key as people and programs write them ("Author", "serial#"): under the name that its meaning has, or else as
// `front` and the key.
void add_keyed(std::string_view key, std::string_view value, std::string const& front, TagSource source,
               Tags& tags);

// A text piece: its name is the key ("Author", "Comment").
void read_text(Piece const& piece, Tags& tags);

// Metadata of a form of its own: dates, makers' segments. False where nothing of it is understood; that it is there is said
// all the same.
bool read_other(Piece const& piece, Tags& tags);

// Image resource blocks ("8BIM", id, name, size, bytes; Adobe Photoshop File Formats Specification).
void read_photoshop(std::string_view blocks, TagSource source, Tags& tags);

// Texts of a colour profile that name a device (ICC.1:2022, 9.2): description, maker, model.
void read_profile(std::string_view profile, TagSource source, Tags& tags);

// "made with …, signed by …" of a C2PA manifest store (JUMBF boxes of CBOR).
std::string describe_c2pa(std::string_view store);

// What films and recordings say in their own structures.
void read_containers(std::string_view file, Walk const& walk, Tags& tags);

}  // namespace keepmum
