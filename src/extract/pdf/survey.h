// The walk over qpdf's objects. For object_file.cpp alone.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "extract/pdf/object_file.h"

class QPDF;
class QPDFObjectHandle;

namespace keepmum::pdf {

Survey survey_objects(QPDF& file);

// Strings below one object, without following references. False where it holds more, or deeper, than is followed.
bool note_strings(QPDFObjectHandle const& object, std::vector<Note>& notes);

// What the stream's own dictionary tells about it.
StreamNote describe_stream(QPDFObjectHandle const& stream);

}  // namespace keepmum::pdf
