// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/likeness/digest.h"

#include <algorithm>
#include <iterator>

#include "match/lanes.h"

namespace keepmum {

namespace {

constexpr std::size_t end_size = 64;         // bytes at either end that the quick tag takes in
constexpr std::size_t window = 64;           // bytes
constexpr std::size_t piece = 4u << 20;      // that a large file is read in

Result<Blob> read(Evidence const& file, std::uint64_t offset, std::size_t size) {
    if (file.large) return file.large->read(offset, size);
    return file.content.slice(static_cast<std::size_t>(offset), size);
}

// Text has no control characters but those of white space; UTF-16 looks binary here, and does no harm.
// Every text file is asked this, so many bytes are looked at at once.
bool is_text(std::string_view head) {
    Lane binary{};
    auto const take = [&binary](Lane lane) {
        Lane const blank = lane_equals(lane, '\t') | lane_equals(lane, '\n') | lane_equals(lane, '\r') | lane_equals(lane, '\f') |
                           lane_equals(lane, 0x1B);
        binary |= reinterpret_cast<Lane>(lane < static_cast<unsigned char>(0x20)) & ~blank;
    };
    std::size_t at = 0;
    for (; at + sizeof(Lane) <= head.size(); at += sizeof(Lane)) take(load_lane(head.data() + at));
    char rest[sizeof(Lane)];
    std::fill(std::copy(head.begin() + static_cast<std::ptrdiff_t>(at), head.end(), rest), std::end(rest), ' ');
    take(load_lane(rest));
    return !any_in(binary);
}

// The least `sketch_size` different values that were offered.
class Least {
  public:
    std::uint64_t bound() const { return bound_; }  // what is not below it need not be offered
    void offer(std::uint64_t value) {
        kept_.push_back(value);
        if (kept_.size() < 4 * sketch_size) return;
        shrink();
    }
    std::vector<std::uint64_t> take() {
        shrink();
        return std::move(kept_);
    }

  private:
    void shrink() {
        std::sort(kept_.begin(), kept_.end());
        kept_.erase(std::unique(kept_.begin(), kept_.end()), kept_.end());
        if (kept_.size() < sketch_size) return;
        kept_.resize(sketch_size);
        bound_ = kept_.back();
    }
    std::vector<std::uint64_t> kept_;
    std::uint64_t bound_ = ~0ull;
};

// Spreads the rolling hash, whose low bits know the last bytes alone, over all bits.
std::uint64_t spread(std::uint64_t hash) {
    hash *= 0x9E3779B97F4A7C15ull;
    return hash ^ hash >> 29;
}

}  // namespace

Digester::Digester(RegisterKey const& key)
    : quick_(SipKey::from(key.derive("copies quick"))), whole_(SipKey::from(key.derive("copies whole"))),
      window_(SipKey::from(key.derive("copies windows"))) {
    SipKey const gear = SipKey::from(key.derive("copies gear"));
    for (std::size_t byte = 0; byte < gear_.size(); ++byte) gear_[byte] = siphash(gear, byte, 0);
}

Result<std::uint64_t> Digester::quick_tag(Evidence const& file) const {
    std::uint64_t const size = file.size();
    Blob const first = TRY(read(file, 0, end_size));
    Blob const last = TRY(read(file, size - std::min<std::uint64_t>(size, end_size), end_size));
    std::uint64_t const ends[] = {siphash(quick_, first.view()), siphash(quick_, last.view())};
    return siphash(quick_, size ^ ends[0], ends[1]);
}

Result<std::uint64_t> Digester::whole_tag(Evidence const& file) const {
    std::uint64_t tag = file.size();
    for (std::uint64_t offset = 0; offset < file.size(); offset += piece) {
        Blob const bytes = TRY(read(file, offset, piece));
        tag = siphash(whole_, siphash(whole_, bytes.view()), tag);
    }
    return tag;
}

Result<std::vector<std::uint64_t>> Digester::sketch(Evidence const& file) const {
    std::uint64_t const size = std::min(file.size(), most_sketched);
    if (size < least_sketched || is_text(TRY(read(file, 0, 4096)).view())) return std::vector<std::uint64_t>();
    Least least;
    std::uint64_t hash = 0, seen = 0;
    // The hash is the sum of what each byte adds, shifted by how long ago it came: after 64 steps it is out.
    for (std::uint64_t offset = 0; offset < size; offset += piece) {
        Blob const bytes = TRY(read(file, offset, static_cast<std::size_t>(std::min<std::uint64_t>(piece, size - offset))));
        std::uint64_t bound = least.bound();
        for (char letter : bytes.view()) {
            hash = (hash << 1) + gear_[static_cast<unsigned char>(letter)];
            if (++seen < window) continue;
            std::uint64_t const value = spread(hash);
            if (value >= bound) [[likely]] continue;
            least.offer(value);
            bound = least.bound();
        }
        if (bytes.empty()) break;  // the file shrank; the engine says so
    }
    std::vector<std::uint64_t> tags = least.take();
    for (std::uint64_t& tag : tags) tag = siphash(window_, tag, 0);
    std::sort(tags.begin(), tags.end());
    return tags;
}

}  // namespace keepmum
