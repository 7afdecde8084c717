// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/zip/writer.h"

#include "format/zip/inflate.h"

namespace keepmum {

namespace {

void put(std::string& out, std::uint64_t value, int count) {
    for (int i = 0; i < count; ++i) out.push_back(static_cast<char>(value >> 8 * i));
}

}  // namespace

void ZipWriter::add(ZipAddition const& addition) {
    std::string const packed =
        addition.method == ZipMethod::deflate ? deflate_raw(addition.bytes) : std::string(addition.bytes);
    std::uint64_t const offset = out_.size();
    std::uint32_t const crc = crc32_of(addition.bytes) ^ addition.crc_error;
    std::uint16_t const method =
        addition.declared_method == 0xFFFF ? static_cast<std::uint16_t>(addition.method) : addition.declared_method;
    bool const later = (addition.flags & 8u) != 0;
    std::string_view const local_name = addition.local_name.empty() ? addition.name : addition.local_name;

    std::string common;  // from "version needed" to the sizes, shared by both headers
    put(common, 20, 2);
    put(common, addition.flags, 2);
    put(common, method, 2);
    put(common, 0x21, 4);  // time 0, date 1980-01-01 sits in the upper half
    std::string sizes;
    put(sizes, crc, 4);
    put(sizes, packed.size(), 4);
    put(sizes, addition.bytes.size(), 4);

    out_ += "PK\3\4" + common + (later ? std::string(12, '\0') : sizes);
    put(out_, local_name.size(), 2);
    put(out_, addition.extra.size(), 2);
    out_.append(local_name).append(addition.extra).append(packed);
    if (later) out_ += "PK\7\10" + sizes;
    if (addition.unlisted) return;

    directory_ += "PK\1\2";
    put(directory_, 0x031E, 2);
    directory_ += common + sizes;
    put(directory_, addition.name.size(), 2);
    put(directory_, addition.extra.size(), 2);
    put(directory_, addition.comment.size(), 2);
    put(directory_, 0, 4);  // disk, internal attributes
    put(directory_, addition.attributes, 4);
    put(directory_, offset, 4);
    directory_.append(addition.name).append(addition.extra).append(addition.comment);
    ++entries_;
}

std::string ZipWriter::finish(std::string_view comment) {
    std::uint64_t const at = out_.size();
    out_ += directory_;
    out_ += "PK\5\6";
    put(out_, 0, 4);
    put(out_, entries_, 2);
    put(out_, entries_, 2);
    put(out_, directory_.size(), 4);
    put(out_, at, 4);
    put(out_, comment.size(), 2);
    out_ += comment;
    return std::move(out_);
}

}  // namespace keepmum
