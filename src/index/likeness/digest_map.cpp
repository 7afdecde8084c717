// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/likeness/digest_map.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "base/seal.h"
#include "index/siphash.h"
#include "io/file.h"

namespace keepmum {

namespace {

constexpr std::string_view magic{"keepmum copies 1\n\0\0\0\0\0\0\0", 24};
constexpr std::size_t bucket_size = 512, slot_size = 16, slots = 31, slots_end = 504;
constexpr std::size_t head_plain = 24;

std::uint64_t number_at(std::string_view bytes, std::size_t at) {
    std::uint64_t number;
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
}
void put_number(std::string& bytes, std::size_t at, std::uint64_t number) { std::memcpy(bytes.data() + at, &number, sizeof number); }

std::uint64_t home_of(std::uint64_t tag, std::uint64_t buckets) {
    return static_cast<std::uint64_t>(static_cast<unsigned __int128>(tag) * buckets >> 64);
}

struct Keys {
    explicit Keys(RegisterKey const& key)
        : head(key.derive("copies head")), check(SipKey::from(key.derive("copies check"))), mask(SipKey::from(key.derive("copies mask"))) {}
    Key head;
    SipKey check, mask;
    std::uint64_t check_bucket(std::string_view slots, std::uint64_t salt, std::uint64_t bucket) const {
        return siphash(check, siphash(check, slots), salt ^ bucket << 1);
    }
};

}  // namespace

struct DigestMap::Inside {
    Inside(Keys const& keys, std::string path) : keys(keys), path(std::move(path)) {}
    Keys keys;
    std::string path;
    std::shared_ptr<File> file;  // null: empty
    std::uint64_t salt = 0, buckets = 0, taken = 0, reach = 0;

    // The slots of a bucket; nothing where it does not hold.
    Result<Blob> bucket(std::uint64_t number) const {
        Blob const bytes = TRY(file->read((1 + number) * bucket_size, bucket_size));
        bool const whole = bytes.size() == bucket_size;
        if (!whole || number_at(bytes.view(), slots_end) != keys.check_bucket(bytes.view().substr(0, slots_end), salt, number)) {
            return fail(Fault::invalid, "bytes were changed", path);
        }
        return bytes.slice(0, slots * slot_size);
    }
};

DigestMap::DigestMap() = default;
DigestMap::~DigestMap() = default;
DigestMap::DigestMap(DigestMap&&) noexcept = default;

Result<DigestMap> DigestMap::open(std::string const& path, RegisterKey const& key) {
    DigestMap map;
    map.inside_ = std::make_unique<Inside>(Keys(key), path);
    if (!exists(path)) return map;
    Inside& inside = *map.inside_;
    inside.file = TRY(File::open(path));
    Blob const header = TRY(inside.file->read(0, bucket_size));
    if (header.size() != bucket_size || !header.view().starts_with(magic))
        return fail(Fault::invalid, "this is not a list of copies", path);
    std::string_view const salt = header.view().substr(magic.size(), 8);
    std::string_view const sealed = header.view().substr(magic.size() + 8, head_plain + record_overhead);
    std::optional<std::string> const head = decrypt_record(inside.keys.head, salt, sealed);
    if (!head || head->size() != head_plain)
        return fail(Fault::denied, "it was written with another key, or its beginning was changed", path);
    inside.salt = number_at(salt, 0);
    inside.buckets = number_at(*head, 0);
    inside.taken = number_at(*head, 8);
    inside.reach = number_at(*head, 16);
    bool const fits = inside.buckets < 1ull << 40 && inside.file->size() == (1 + inside.buckets) * bucket_size;
    if (!fits) return fail(Fault::invalid, "it is cut short", path);
    return map;
}

bool DigestMap::empty() const { return !inside_->file || inside_->taken == 0; }

std::vector<std::uint64_t> DigestMap::find(std::uint64_t tag, bool& damaged) const {
    std::vector<std::uint64_t> found;
    if (empty() || tag == 0) return found;
    std::uint64_t const home = home_of(tag, inside_->buckets);
    for (std::uint64_t step = 0; step <= inside_->reach; ++step) {
        Result<Blob> const bucket = inside_->bucket((home + step) % inside_->buckets);
        if (!bucket) {
            damaged = true;
            return found;
        }
        bool full = true;
        for (std::size_t at = 0; at < bucket->size(); at += slot_size) {
            std::uint64_t const there = number_at(bucket->view(), at);
            full = full && there != 0;
            if (there == tag) found.push_back(number_at(bucket->view(), at + 8) ^ siphash(inside_->keys.mask, tag, inside_->salt));
        }
        if (!full) break;
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

Result<std::vector<TaggedDocument>> DigestMap::list() const {
    std::vector<TaggedDocument> all;
    for (std::uint64_t number = 0; !empty() && number < inside_->buckets; ++number) {
        Blob const bucket = TRY(inside_->bucket(number));
        for (std::size_t at = 0; at < bucket.size(); at += slot_size) {
            std::uint64_t const tag = number_at(bucket.view(), at);
            if (tag != 0) all.push_back({tag, number_at(bucket.view(), at + 8) ^ siphash(inside_->keys.mask, tag, inside_->salt)});
        }
    }
    return all;
}

Result<> DigestMap::write(std::string const& path, RegisterKey const& key, std::vector<TaggedDocument> all) {
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    Keys const keys(key);
    std::uint64_t const salt = random_number(), buckets = all.size() / (slots * 7 / 10) + 1;
    std::string bytes((1 + buckets) * bucket_size, 0);
    std::vector<std::uint8_t> filled(buckets);
    std::uint64_t reach = 0, taken = 0;
    for (std::size_t i = 0, next = 0; i < all.size(); i = next) {
        while (next < all.size() && all[next].tag == all[i].tag) ++next;
        if (next - i > most_documents || all[i].tag == 0) continue;
        for (std::size_t each = i; each < next; ++each) {
            std::uint64_t bucket = home_of(all[each].tag, buckets), steps = 0;
            for (; filled[bucket] == slots; bucket = (bucket + 1) % buckets) ++steps;
            std::size_t const at = (1 + bucket) * bucket_size + filled[bucket]++ * slot_size;
            put_number(bytes, at, all[each].tag);
            put_number(bytes, at + 8, all[each].document ^ siphash(keys.mask, all[each].tag, salt));
            reach = std::max(reach, steps);
            ++taken;
        }
    }
    for (std::uint64_t bucket = 0; bucket < buckets; ++bucket) {
        std::size_t const at = (1 + bucket) * bucket_size;
        put_number(bytes, at + slots_end, keys.check_bucket(std::string_view(bytes).substr(at, slots_end), salt, bucket));
    }
    std::string head(head_plain, 0), context(8, 0);
    put_number(head, 0, buckets);
    put_number(head, 8, taken);
    put_number(head, 16, reach);
    put_number(context, 0, salt);
    std::string const sealed = encrypt_record(keys.head, context, head);
    bytes.replace(0, magic.size(), magic);
    bytes.replace(magic.size(), 8, context);
    bytes.replace(magic.size() + 8, sealed.size(), sealed);
    return write_file(path, bytes, 0600);
}

}  // namespace keepmum
