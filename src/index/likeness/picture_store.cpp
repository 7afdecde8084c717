// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/likeness/picture_store.h"

#include <algorithm>
#include <cstring>

#include "base/seal.h"
#include "io/file.h"

namespace keepmum {

namespace {

constexpr std::string_view magic{"keepmum pictures 1\n\0\0\0\0\0", 24};
constexpr std::size_t salt_size = 8, head_sealed = 8 + record_overhead, header_size = magic.size() + salt_size + head_sealed;
constexpr std::size_t picture_size = 8 + sizeof(PictureHash) + 1, block_pictures = 1024;

template <class Number>
std::string context_of(std::string_view salt, Number number) {
    std::string context(salt);
    context.append(reinterpret_cast<char const*>(&number), sizeof number);
    return context;
}

struct Header {
    std::string salt;
    std::uint64_t pictures = 0;
};

// `begin`: the first bytes of the file, of `size` in all.
Result<Header> read_header(std::string_view begin, std::uint64_t size, Key const& key, std::string const& path) {
    if (begin.size() < header_size || !begin.starts_with(magic)) return fail(Fault::invalid, "this is not a list of pictures", path);
    Header header{std::string(begin.substr(magic.size(), salt_size)), 0};
    std::optional<std::string> const head = decrypt_record(key, header.salt, begin.substr(magic.size() + salt_size, head_sealed));
    if (!head || head->size() != 8) return fail(Fault::denied, "it was written with another key, or its beginning was changed", path);
    std::memcpy(&header.pictures, head->data(), 8);
    std::uint64_t const blocks = (header.pictures + block_pictures - 1) / block_pictures;
    bool const fits = header.pictures < 1ull << 40 && size == header_size + header.pictures * picture_size + blocks * record_overhead;
    if (!fits) return fail(Fault::invalid, "it is cut short", path);
    return header;
}

StoredPicture read_picture(char const* at) {
    StoredPicture picture;
    std::memcpy(&picture.document, at, 8);
    std::memcpy(picture.hash.data(), at + 8, sizeof picture.hash);
    picture.kind = at[picture_size - 1] == 0 ? StoredPicture::Kind::whole : StoredPicture::Kind::cut;
    return picture;
}

}  // namespace

void append_pictures(std::uint64_t document, PictureSignature const& signature, std::vector<StoredPicture>& out) {
    if (std::min(signature.width, signature.height) < least_registered_side) return;
    for (auto const& all : signature.shown) out.push_back({document, all.front(), StoredPicture::Kind::whole});
    for (PictureHash const& cut : signature.cuts) out.push_back({document, cut, StoredPicture::Kind::cut});
}

Result<std::uint64_t> count_pictures(std::string const& path, RegisterKey const& key) {
    if (!exists(path)) return std::uint64_t{0};
    std::shared_ptr<File> const file = TRY(File::open(path));
    Blob const begin = TRY(file->read(0, header_size));
    return TRY(read_header(begin.view(), file->size(), key.derive("pictures"), path)).pictures;
}

Result<std::vector<StoredPicture>> read_pictures(std::string const& path, RegisterKey const& key) {
    std::vector<StoredPicture> pictures;
    if (!exists(path)) return pictures;
    Key const purpose = key.derive("pictures");
    std::shared_ptr<File> const file = TRY(File::open(path));
    Blob const begin = TRY(file->read(0, header_size));
    Header const header = TRY(read_header(begin.view(), file->size(), purpose, path));
    pictures.reserve(header.pictures);
    std::uint64_t at = header_size;
    for (std::uint64_t block = 0; pictures.size() < header.pictures; ++block) {
        std::size_t const count = static_cast<std::size_t>(std::min<std::uint64_t>(block_pictures, header.pictures - pictures.size()));
        Blob const sealed = TRY(file->read(at, count * picture_size + record_overhead));
        at += sealed.size();
        std::optional<std::string> const plain = decrypt_record(purpose, context_of(header.salt, block), sealed.view());
        if (!plain || plain->size() != count * picture_size) return fail(Fault::invalid, "bytes were changed", path);
        for (std::size_t i = 0; i < count; ++i) pictures.push_back(read_picture(plain->data() + i * picture_size));
    }
    return pictures;
}

Result<> write_pictures(std::string const& path, RegisterKey const& key, std::vector<StoredPicture> const& pictures) {
    Key const purpose = key.derive("pictures");
    std::uint64_t const salt_number = random_number(), count = pictures.size();
    std::string const salt(reinterpret_cast<char const*>(&salt_number), salt_size);
    std::string bytes = std::string(magic) + salt;
    bytes += encrypt_record(purpose, salt, {reinterpret_cast<char const*>(&count), sizeof count});
    for (std::uint64_t block = 0; block * block_pictures < pictures.size(); ++block) {
        std::string plain;
        for (std::size_t i = block * block_pictures; i < std::min<std::size_t>(pictures.size(), (block + 1) * block_pictures); ++i) {
            plain.append(reinterpret_cast<char const*>(&pictures[i].document), 8);
            plain.append(reinterpret_cast<char const*>(pictures[i].hash.data()), sizeof pictures[i].hash);
            plain.push_back(pictures[i].kind == StoredPicture::Kind::cut ? 1 : 0);
        }
        bytes += encrypt_record(purpose, context_of(salt, block), plain);
    }
    return write_file(path, bytes, 0600);
}

}  // namespace keepmum
