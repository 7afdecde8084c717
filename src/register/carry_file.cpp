// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/carry_file.h"

#include <algorithm>
#include <cstring>
#include <set>

#include "base/message.h"
#include "index/likeness/digest_map.h"
#include "index/likeness/picture_store.h"
#include "index/siphash.h"

namespace keepmum {

namespace {

constexpr std::size_t head_size = 2 + 8, most_name = 64;

std::string head_of(std::string_view name, std::uint64_t size) {
    std::string head(head_size, '\0');
    auto const length = static_cast<std::uint16_t>(name.size());
    std::memcpy(head.data(), &length, sizeof length);
    std::memcpy(head.data() + sizeof length, &size, sizeof size);
    return head.append(name);
}

void append_checked(std::string& checked, std::string_view head, std::string_view bytes, SipKey const& key) {
    std::uint64_t const hash = siphash(key, bytes);
    checked.append(head).append(reinterpret_cast<char const*>(&hash), sizeof hash);
}

// The part that begins at `at`, which moves behind it; nothing where it does not fit into `bytes`.
std::optional<CarriedPart> read_part(std::string_view bytes, std::size_t& at) {
    if (bytes.size() - at < head_size) return std::nullopt;
    std::uint16_t length = 0;
    std::uint64_t size = 0;
    std::memcpy(&length, bytes.data() + at, sizeof length);
    std::memcpy(&size, bytes.data() + at + sizeof length, sizeof size);
    at += head_size;
    if (length > most_name || length > bytes.size() - at || size > bytes.size() - at - length) return std::nullopt;
    CarriedPart const part{bytes.substr(at, length), bytes.substr(at + length, size)};
    at += length + size;
    return part;
}

bool is_part(std::string_view name) {
    if (name == segment_part || name == pictures_file || name == copies_file) return true;
    if (!name.starts_with(tables_part)) return false;
    name.remove_prefix(tables_part.size());
    auto const plain = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '.'; };
    return !name.empty() && name.front() != '.' && std::all_of(name.begin(), name.end(), plain);
}

// The parts, and the check that closes them; nothing where the file is not built so.
struct Layout {
    std::vector<CarriedPart> parts;
    std::uint64_t check = 0;
};
std::optional<Layout> read_layout(std::string_view bytes) {
    if (!bytes.starts_with(carry_heading)) return std::nullopt;
    Layout layout;
    std::set<std::string_view> names;
    for (std::size_t at = carry_heading.size(); layout.parts.size() <= most_parts;) {
        std::optional<CarriedPart> const part = read_part(bytes, at);
        if (!part) return std::nullopt;
        if (part->name.empty()) {
            if (part->bytes.size() != sizeof layout.check || at != bytes.size()) return std::nullopt;
            std::memcpy(&layout.check, part->bytes.data(), sizeof layout.check);
            return layout;
        }
        if (!is_part(part->name) || !names.insert(part->name).second) return std::nullopt;
        layout.parts.push_back(*part);
    }
    return std::nullopt;
}

SipKey content_key(RegisterKey const& key) { return SipKey::from(key.derive("export content")); }
std::uint64_t check_of(RegisterKey const& key, std::string_view checked) { return siphash(SipKey::from(key.derive("export")), checked); }

}  // namespace

Result<CarryWriter> CarryWriter::create(std::string const& path, RegisterKey const& key) {
    FileWriter file = TRY(FileWriter::create(path));
    TRY(file.append(carry_heading));
    return CarryWriter(std::move(file), key);
}

Result<> CarryWriter::add(std::string_view name, std::string_view bytes) {
    if (++parts_ > most_parts) return fail(Fault::invalid, "the register has more parts than one file can carry");
    std::string const head = head_of(name, bytes.size());
    append_checked(checked_, head, bytes, content_key(key_));
    TRY(file_.append(head));
    return file_.append(bytes);
}

Result<> CarryWriter::commit() {
    std::uint64_t const check = check_of(key_, checked_);
    TRY(file_.append(head_of("", sizeof check)));
    TRY(file_.append({reinterpret_cast<char const*>(&check), sizeof check}));
    return file_.commit();
}

Result<std::vector<CarriedPart>> read_carried(std::string_view bytes, RegisterKey const& key, std::string const& file) {
    std::optional<Layout> layout = read_layout(bytes);
    std::string checked;
    for (std::size_t i = 0; layout && i < layout->parts.size(); ++i) {
        CarriedPart const& part = layout->parts[i];
        append_checked(checked, head_of(part.name, part.bytes.size()), part.bytes, content_key(key));
    }
    if (!layout || check_of(key, checked) != layout->check) {
        return fail(Fault::invalid, Message::fault_carried, {}, file);
    }
    return std::move(layout->parts);
}

}  // namespace keepmum
