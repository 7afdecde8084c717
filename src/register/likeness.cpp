// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/likeness.h"

#include <algorithm>
#include <cstdio>
#include <iterator>

#include "index/likeness/picture_hash.h"

namespace keepmum {

namespace {

std::string path_of(std::string const& folder, std::string_view file) { return folder + "/" + std::string(file); }

}  // namespace

Result<LikenessWriter> LikenessWriter::open(std::string const& folder, RegisterKey const& key, Store const& store) {
    LikenessWriter writer(folder, key);
    writer.pictures_ = TRY(read_pictures(path_of(folder, pictures_file), key));
    writer.tags_ = TRY(TRY(DigestMap::open(path_of(folder, copies_file), key)).list());
    std::vector<Damage> damage;
    std::vector<DocumentFacts> const kept = store.list(damage);
    if (!damage.empty()) return writer;
    std::set<std::uint64_t> ids;
    for (DocumentFacts const& facts : kept) ids.insert(facts.id);
    auto const is_gone = [&](auto const& each) { return !ids.contains(each.document); };
    writer.pictures_changed_ = std::erase_if(writer.pictures_, is_gone) > 0;
    writer.tags_changed_ = std::erase_if(writer.tags_, is_gone) > 0;
    return writer;
}

Result<Likeness> LikenessWriter::look_at(GatheredText const& gathered) const {
    Likeness likeness;
    for (Evidence const& file : gathered.files) {
        if (file.kind != Kind::image) continue;
        std::optional<PictureSignature> signature = read_signature(file.content.view());
        bool const large = signature && std::min(signature->width, signature->height) >= least_registered_side;
        if (large && !signature->shown.empty()) likeness.pictures.push_back(std::move(*signature));
    }
    auto const is_file = [](Evidence const& file) { return file.kind == Kind::bytes; };
    auto const whole = std::find_if(gathered.files.begin(), gathered.files.end(), is_file);
    if (whole == gathered.files.end()) return likeness;
    // Documents with text are known by it; their containers (styles, themes, fonts) are alike among strangers.
    if (gathered.text.parts.empty()) likeness.tags = TRY(digester_.sketch(*whole));
    likeness.sketched = likeness.tags.size() >= sketch_size / 2;
    likeness.tags.push_back(TRY(digester_.quick_tag(*whole)));
    likeness.tags.push_back(TRY(digester_.whole_tag(*whole)));
    return likeness;
}

void LikenessWriter::add(std::uint64_t document, Likeness const& likeness) {
    for (PictureSignature const& signature : likeness.pictures) append_pictures(document, signature, pictures_);
    for (std::uint64_t tag : likeness.tags) tags_.push_back({tag, document});
    pictures_changed_ = pictures_changed_ || !likeness.pictures.empty();
    tags_changed_ = tags_changed_ || !likeness.tags.empty();
}

Result<> LikenessWriter::take_over(std::string const& folder, std::set<std::uint64_t> const& documents) {
    std::vector<StoredPicture> const pictures = TRY(read_pictures(path_of(folder, pictures_file), key_));
    std::vector<TaggedDocument> const tags = TRY(TRY(DigestMap::open(path_of(folder, copies_file), key_)).list());
    auto const is_wanted = [&](auto const& each) { return documents.contains(each.document); };
    std::size_t const pictures_before = pictures_.size(), tags_before = tags_.size();
    std::copy_if(pictures.begin(), pictures.end(), std::back_inserter(pictures_), is_wanted);
    std::copy_if(tags.begin(), tags.end(), std::back_inserter(tags_), is_wanted);
    pictures_changed_ = pictures_changed_ || pictures_.size() > pictures_before;
    tags_changed_ = tags_changed_ || tags_.size() > tags_before;
    return {};
}

Result<> LikenessWriter::commit() {
    if (pictures_changed_) TRY(write_pictures(path_of(folder_, pictures_file), key_, pictures_));
    if (tags_changed_) TRY(DigestMap::write(path_of(folder_, copies_file), key_, tags_));
    pictures_changed_ = tags_changed_ = false;
    return {};
}

std::string describe_likeness(Likeness const& likeness) {
    if (!likeness.pictures.empty()) return "pictures " + std::to_string(likeness.pictures.size());
    return likeness.sketched ? "bytes" : "";
}

bool is_enough(Likeness const& likeness, GatheredText const& gathered) {
    if (!likeness.pictures.empty()) return true;
    return likeness.sketched && std::any_of(gathered.gaps.begin(), gathered.gaps.end(), [](Gap const& gap) {
        return gap.place.steps.empty() && gap.cause == Cause::unsupported;
    });
}

std::vector<Damage> verify_likenesses(std::string const& folder, RegisterKey const& key) {
    std::vector<Damage> damage;
    if (auto const pictures = read_pictures(path_of(folder, pictures_file), key); !pictures) {
        damage.push_back({path_of(folder, pictures_file), pictures.error().what});
    }
    Result<DigestMap> const copies = DigestMap::open(path_of(folder, copies_file), key);
    if (!copies) damage.push_back({path_of(folder, copies_file), copies.error().what});
    else if (auto const all = copies->list(); !all) damage.push_back({path_of(folder, copies_file), all.error().what});
    return damage;
}

Result<> set_damaged_aside(std::string const& folder, RegisterKey const& key) {
    for (Damage const& damage : verify_likenesses(folder, key)) {
        std::string const aside = damage.file + ".damaged";
        if (std::rename(damage.file.c_str(), aside.c_str()) != 0) return fail(Fault::io, "it could not be renamed", damage.file);
    }
    return {};
}

}  // namespace keepmum
