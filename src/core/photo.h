// What a picture or recording tells about itself, in one language for all formats.
//
// Every maker and container has its own tags for the same fact. The extractor of photos puts them into
// one evidence of kind fields, media type `photo_media`, role metadata: a line "name: value" for each fact, with the names below,
// its offsets mapped to the bytes that say so. Detectors, the folder's linkage and reports read these
// and never a tag. The tags as they stand go out beside it as fields of their own media type, so that words and numbers
// are found in them too.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "base/earth/geo.h"

namespace keepmum {

inline constexpr std::string_view photo_media = "application/x-keepmum-photo";
inline constexpr std::string_view photo_tags_media = "application/x-keepmum-tags";

// Names of facts, with the form of their values. A fact may occur more than once.
namespace photo_fact {
inline constexpr std::string_view kind = "media";                   // of the file: "image/jpeg"; always the first line
inline constexpr std::string_view taken = "time.taken";             // local, "2024-05-03T14:22:07", ISO 8601
inline constexpr std::string_view zone = "time.zone";               // "+08:00"
inline constexpr std::string_view utc = "time.utc";                 // of the GPS, "2024-05-03T06:22:07Z"
inline constexpr std::string_view changed = "time.changed";         // as taken; with "Z" or an offset where said
inline constexpr std::string_view position = "place.position";      // WGS 84, degrees north and east: "39.904200,116.407400"
inline constexpr std::string_view altitude = "place.altitude";      // metres above the sea: "43.5"
inline constexpr std::string_view direction = "place.direction";    // degrees from north, the way it looks: "271.3"
inline constexpr std::string_view speed = "place.speed";            // km/h
inline constexpr std::string_view place_name = "place.name";        // as written: city, province, country
inline constexpr std::string_view make = "camera.make";
inline constexpr std::string_view model = "camera.model";
inline constexpr std::string_view serial = "camera.serial";         // of the body
inline constexpr std::string_view lens = "lens.model";
inline constexpr std::string_view lens_serial = "lens.serial";
inline constexpr std::string_view owner = "owner";                  // camera owner, artist, copyright holder, account
inline constexpr std::string_view software = "software";            // firmware and editors
inline constexpr std::string_view document_id = "document.id";      // XMP DocumentID, InstanceID, …
inline constexpr std::string_view image_id = "image.id";            // ImageUniqueID, content identifiers
inline constexpr std::string_view history = "history";              // steps of editing, parent documents
inline constexpr std::string_view caption = "caption";              // free text about it: titles, comments, key words
inline constexpr std::string_view exposure = "exposure";            // "1/250 s, f/8, ISO 100"
inline constexpr std::string_view focal_35mm = "view.focal-35mm";   // millimetres, for a frame of 36 × 24
inline constexpr std::string_view focal = "view.focal";             // millimetres
inline constexpr std::string_view size = "picture.size";            // as stored: "4000x3000"
inline constexpr std::string_view orientation = "picture.orientation";  // 1 to 8, Exif
inline constexpr std::string_view tables = "encoder.tables";        // Walk::tables
inline constexpr std::string_view tags = "tags";                    // how many there are that say more than how to show the picture
inline constexpr std::string_view hidden_picture = "hidden.picture";    // "thumbnail: 160x120: differs"; see hidden_is
inline constexpr std::string_view unknown_bytes = "bytes.unknown";  // how many, and what they are called: "1234 after the end"
inline constexpr std::string_view provenance = "provenance";        // a C2PA manifest and who signed it
inline constexpr std::string_view not_judged = "not.judged";        // by any detector: "picture", "speech: 252 s", "film: 12 s"
}  // namespace photo_fact

// How a hidden picture compares with the visible one.
namespace hidden_is {
inline constexpr std::string_view same = "same", differs = "differs", not_compared = "not compared";
}

// The value of the first line "name: value" of that name in `facts`, the text of such evidence; empty where there
// is none.
std::string_view photo_value(std::string_view facts, std::string_view name);

// "39.904200,116.407400"; nothing where that is no place on the earth.
std::optional<Position> read_position(std::string_view value);

}  // namespace keepmum
