// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/photo/containers.h"

#include "extract/photo/read_text.h"

namespace keepmum {

void read_containers(std::string_view file, Walk const& walk, Tags& tags) {
    using namespace std::string_view_literals;
    if (file.size() > 12 && (file.substr(4, 4) == "ftyp"sv || file.substr(4, 4) == "moov"sv))
        read_iso(file, tags);
    if (file.starts_with("ID3") || walk.media == "audio/mpeg") read_id3(file, tags);
    if (file.starts_with("fLaC") || walk.media == "audio/flac") read_flac(file, tags);
    if (file.starts_with("RIFF") && walk.media != "image/webp") read_riff(file, tags);
    if (file.starts_with("\x1A\x45\xDF\xA3")) read_matroska(file, tags);
}

}  // namespace keepmum
