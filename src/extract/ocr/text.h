// What stands written in pictures.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/extractor.h"

namespace keepmum {

// "ocr.text". One piece of evidence of media `picture_text_media` (core/picture_text.h) for each picture of the file in
// which writing was found, with the step page:N in files with several and then part:text. It accounts for none of the
// file's bytes, as others do. A gap where no reader is installed, and where the picture cannot be decoded.
Extractor const* picture_text_extractor();

// "ocr.about". Reads no input: one piece of text evidence, whose first line names what reads writing here, with its
// version (empty where nothing does), and whose second says why the networks of io/models.h do not, where that is not
// simply that they are not there.
Extractor const* picture_reader_about();

}  // namespace keepmum
