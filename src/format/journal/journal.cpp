// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/journal/journal.h"

#include <algorithm>
#include <set>

namespace keepmum {

namespace {

constexpr std::string_view signature = "LPKSHHRH";
constexpr std::size_t object_head = 16, entry_items = 64, most_lines = 200'000;
constexpr unsigned char type_data = 1, type_entry = 3, flags_compressed = 7;
constexpr std::uint64_t flag_compact = 16;

// A little-endian number; the caller has checked that it is there.
std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

// A data object that counts: where it stands, and its line (without "MESSAGE=").
struct Message {
    std::uint64_t offset;
    std::string_view text;
};

class Walk final {
  public:
    explicit Walk(std::string_view bytes) : bytes_(bytes), compact_((number(bytes, 12, 4) & flag_compact) != 0) {}

    JournalLines run() {
        std::uint64_t at = number(bytes_, 88, 8);
        std::uint64_t const last = number(bytes_, 136, 8);
        while (at % 8 == 0 && at >= 144 && at <= bytes_.size() && bytes_.size() - at >= object_head) {
            std::uint64_t const size = number(bytes_, at + 8, 8);
            if (size < object_head || size > bytes_.size() - at) break;
            auto const type = static_cast<unsigned char>(bytes_[at]);
            std::string_view const object = bytes_.substr(at, size);
            if (type == type_data) take_data(at, object);
            if (type == type_entry) take_entry(object);
            if (at == last || found_.lines.size() >= most_lines) {
                found_.whole = at == last;
                return std::move(found_);
            }
            at += size;
            at += (8 - at % 8) % 8;
        }
        found_.whole = false;
        return std::move(found_);
    }

  private:
    void take_data(std::uint64_t at, std::string_view object) {
        std::size_t const head = compact_ ? 72 : 64;
        if (object.size() < head || (static_cast<unsigned char>(object[1]) & flags_compressed)) return;
        std::string_view const field = object.substr(head);
        constexpr std::string_view message = "MESSAGE=", kernel = "_TRANSPORT=kernel";
        if (field == kernel && kernels_.size() < 1000) kernels_.insert(at);
        if (!field.starts_with(message) || messages_.size() >= most_lines) return;
        std::string_view const text = field.substr(message.size());
        bool const wanted = text.find("usb") != text.npos || text.find("uas") != text.npos;
        if (wanted && text.find('\n') == text.npos) messages_.push_back({at, text});
    }

    void take_entry(std::string_view object) {
        std::size_t const width = compact_ ? 4 : 16;
        Message const* line = nullptr;
        bool kernel = false;
        for (std::size_t at = entry_items; at + width <= object.size(); at += width) {
            std::uint64_t const offset = number(object, at, compact_ ? 4 : 8);
            kernel = kernel || kernels_.contains(offset);
            // Offsets were met in order.
            auto const found = std::lower_bound(messages_.begin(), messages_.end(), offset,
                                                [](Message const& one, std::uint64_t other) { return one.offset < other; });
            if (found != messages_.end() && found->offset == offset) line = &*found;
        }
        if (!line || !kernel || object.size() < 32) return;
        found_.lines.push_back({static_cast<std::int64_t>(number(object, 24, 8) & 0x7FFFFFFFFFFFFFFF), line->text});
    }

    std::string_view bytes_;
    bool compact_;
    std::vector<Message> messages_;
    std::set<std::uint64_t> kernels_;
    JournalLines found_;
};

}  // namespace

bool is_journal(std::string_view bytes) { return bytes.size() >= 208 && bytes.starts_with(signature); }

JournalLines read_usb_lines(std::string_view bytes) {
    if (!is_journal(bytes)) return {{}, false};
    return Walk(bytes).run();
}

}  // namespace keepmum
