// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/package.h"

#include <algorithm>

#include "base/utf8.h"
#include "extract/office/strings.h"
#include "extract/office/text.h"
#include "format/zip/inflate.h"
#include "format/zip/name.h"

namespace keepmum {

namespace {

std::string key_of(std::string_view name) {
    while (name.starts_with('/')) name.remove_prefix(1);
    return ascii_lower(name);
}

bool is_zero(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == 0; });
}

// Fields that only repeat or qualify what the headers say.
// Whether an extra field is one that is made of numbers alone, and no longer than these are; or says the name once more.
bool is_known_extra(ZipExtra const& extra, std::string_view name) {
    switch (extra.id) {
        case 0x0001: return extra.data.size() <= 28;  // sizes of zip64
        case 0x000A: return extra.data.size() <= 32;  // times of NTFS
        case 0x5455: return extra.data.size() <= 13;  // times
        case 0x5855: return extra.data.size() <= 12;  // times and owner
        case 0x7855: return extra.data.size() <= 4;   // owner
        case 0x7875: return extra.data.size() <= 19;  // owner
        case 0x9901: return extra.data.size() <= 7;   // encryption
        case 0x7075: return extra.data.size() >= 5 && extra.data.substr(5) == name;
        default: return is_zero(extra.data);
    }
}

bool leaves_its_folder(std::string_view name) {
    return name.starts_with('/') || name.starts_with("../") || name.find("/../") != std::string_view::npos ||
           name.find('\\') != std::string_view::npos || (name.size() > 1 && name[1] == ':');
}

}  // namespace

Package::Package(Evidence const& evidence, Outlet& outlet)
    : evidence_(evidence), outlet_(outlet), bytes_(evidence.content.view()), layout_(read_zip_layout(bytes_)),
      start_allowance_(outlet.allowance()) {
    entries_.reserve(layout_.members.size());
    for (ZipMember const& member : layout_.members) {
        by_name_.emplace(key_of(zip_member_name(member)), entries_.size());
        entries_.push_back({zip_member_name(member), member});
    }
    read_ = layout_.directory.size() + layout_.end.size();
    for (ZipMember const& member : layout_.members)
        if (!member.overlaps) read_ += member.header.size() + member.descriptor.size();
}

std::uint64_t Package::remaining() const {
    std::uint64_t const own = unpacked_ < start_allowance_ ? start_allowance_ - unpacked_ : 0;
    return std::min(own, outlet_.allowance());
}

// Damaged files may have a member that runs on over the directory: those bytes count once.
std::uint64_t Package::read() const { return std::min<std::uint64_t>(read_, bytes_.size()); }

PackageEntry* Package::find(std::string_view name) {
    auto const [from, to] = by_name_.equal_range(key_of(name));
    for (auto at = from; at != to; ++at)
        if (!entries_[at->second].taken) return &entries_[at->second];
    return nullptr;
}

void Package::gap(std::string_view name, Cause cause, std::uint64_t bytes, std::string detail, std::string media) {
    Place place = name.empty() ? Place{} : Place{}.with(How::member, std::string(name));
    outlet_.gap({std::move(place), cause, Stage::extract, bytes, std::move(media), std::move(detail)});
}

// What cannot be unpacked, by name of the reason.
bool Package::refuse(PackageEntry const& entry) {
    ZipMember const& member = entry.member;
    std::uint64_t const bytes = member.data.size();
    if (!member.in_sequence)
        gap(entry.name, Cause::malformed, member.packed, "listed in the directory, but there is no such member");
    else if (member.overlaps)
        gap(entry.name, Cause::malformed, bytes, "its bytes overlap those of another member");
    else if (member.encrypted())
        gap(entry.name, Cause::encrypted, bytes, member.aes ? "AES encryption" : "zip encryption");
    else if (member.method != 0 && member.method != 8)
        gap(entry.name, Cause::unsupported, bytes,
            "compression method " + std::to_string(member.method) + " (" + std::string(zip_method_name(member.method)) + ")");
    else
        return false;
    return true;
}

void Package::put_slack(PackageEntry const& entry, std::string_view slack) {
    if (slack.empty() || is_zero(slack)) return;
    std::uint64_t const at = static_cast<std::uint64_t>(slack.data() - bytes_.data());
    Evidence tail;
    tail.place = Place{}.with(How::tail, std::to_string(at));
    tail.content = evidence_.content.slice(at, slack.size());
    tail.stored = slack.size();
    outlet_.put(std::move(tail));
    gap(entry.name, Cause::malformed, 0, "packed data goes on after its end");
}

Blob Package::unpack(PackageEntry const& entry) {
    ZipMember const& member = entry.member;
    std::string_view const packed = bytes_.substr(member.data.begin, member.data.size());
    std::uint64_t const limit = remaining();
    Blob content;
    if (member.method == 0) {
        content = evidence_.content.slice(member.data.begin, std::min<std::uint64_t>(packed.size(), limit));
        unpacked_ += content.size();
        if (packed.size() > limit) gap(entry.name, Cause::too_big, packed.size() - limit, "no budget left");
        read_ += content.size();
    } else {
        Inflated inflated = inflate_raw(packed, limit);
        unpacked_ += inflated.bytes.size();
        read_ += inflated.end == InflateEnd::complete ? packed.size() : inflated.consumed;
        std::uint64_t const unseen = packed.size() - inflated.consumed;
        switch (inflated.end) {
            case InflateEnd::complete: put_slack(entry, packed.substr(inflated.consumed)); break;
            case InflateEnd::limit: gap(entry.name, Cause::too_big, unseen, "unpacks to more than the budget"); break;
            case InflateEnd::cut: gap(entry.name, Cause::malformed, unseen, "packed data ends too early"); break;
            case InflateEnd::corrupt: gap(entry.name, Cause::malformed, unseen, "packed data is damaged"); break;
        }
        bool const whole = inflated.end == InflateEnd::complete;
        content = Blob::take(std::move(inflated.bytes));
        if (whole && member.size_known && content.size() != member.size)
            gap(entry.name, Cause::malformed, 0, "unpacks to another size than it says");
        if (!whole) return content;
    }
    if (member.truncated) gap(entry.name, Cause::malformed, member.packed - member.data.size(), "the file ends within it");
    else if (member.differs)
        gap(entry.name, Cause::malformed, 0, "the two lists of members disagree about its size or packing");
    else if (member.size_known && crc32_of(content.view()) != member.crc && content.size() == member.size)
        gap(entry.name, Cause::malformed, 0, "checksum does not fit");
    return content;
}

std::optional<Blob> Package::open(PackageEntry& entry) {
    entry.taken = true;
    outlet_.progress();
    if (refuse(entry)) return std::nullopt;
    return unpack(entry);
}

std::optional<Blob> Package::open(std::string_view name) {
    PackageEntry* const entry = find(name);
    if (!entry) return std::nullopt;
    return open(*entry);
}

void Package::put_child(PackageEntry& entry, std::string media) {
    bool const folder = entry.name.ends_with('/') && entry.member.packed == 0;
    if (folder) {
        entry.taken = true;
        return;
    }
    std::optional<Blob> content = open(entry);
    if (!content || (content->empty() && entry.member.size != 0)) return;
    Evidence child;
    child.place = Place{}.with(How::member, entry.name);
    child.media = std::move(media);
    child.content = std::move(*content);
    child.stored = entry.member.data.size();
    outlet_.put(std::move(child));
}

void Package::put_names() {
    TextBuilder text;
    for (PackageEntry const& entry : entries_) {
        bool const plain = entry.member.in_directory && entry.name == entry.member.name;
        XmlOrigin const origin = {entry.member.in_directory ? entry.member.entry.begin + 46 : entry.member.header.begin + 30,
                                  plain ? entry.name.size() : 0};
        text.append(valid_utf8(entry.name), origin);
        text.separate('\n');
    }
    if (!text.empty()) outlet_.put(text.finish({}, Role::name));
}

void Package::put_oddities() {
    FieldList fields;
    if (!layout_.comment.empty()) fields.add("Comment", zip_text(layout_.comment));
    for (PackageEntry const& entry : entries_) {
        ZipMember const& member = entry.member;
        if (!member.comment.empty()) fields.add("Comment of " + entry.name, zip_text(member.comment));
        if (member.in_sequence && member.in_directory && member.local_name != member.name)
            fields.add("Other name of " + entry.name, zip_text(member.local_name));
        if (!member.in_directory) fields.add("Not in the directory", entry.name);
        if (leaves_its_folder(entry.name)) fields.add("Path out of its folder", entry.name);
        if (member.symlink() && member.method == 0 && !member.encrypted())
            fields.add("Symbolic link " + entry.name, zip_text(bytes_.substr(member.data.begin, member.data.size())));
        for (std::string_view block : {member.extra, member.local_extra == member.extra ? "" : member.local_extra})
            for (ZipExtra const& extra : split_extra(block))
                if (!is_known_extra(extra, entry.name)) fields.add("Extra field of " + entry.name, printable_strings(extra.data));
    }
    fields.put(outlet_, {});
}

void Package::put_unowned() {
    for (Span const& span : layout_.unowned) {
        std::string_view const bytes = bytes_.substr(span.begin, span.size());
        read_ += span.size();
        // The mark of a split archive that was never split.
        if (is_zero(bytes) || bytes == std::string_view("PK\7\10", 4) || bytes == "PK00") continue;
        Evidence tail;
        tail.place = Place{}.with(How::tail, std::to_string(span.begin));
        tail.content = evidence_.content.slice(span.begin, span.size());
        tail.stored = span.size();
        outlet_.put(std::move(tail));
    }
}

void Package::finish() {
    put_names();
    for (PackageEntry& entry : entries_) {
        if (outlet_.enough()) return;
        if (!entry.taken) put_child(entry);
    }
    put_oddities();
    put_unowned();
    if (layout_.directory_damaged) gap("", Cause::malformed, 0, "the list of members is damaged");
    else if (layout_.end.size() == 0) gap("", Cause::malformed, 0, "the list of members is missing: the file was cut off");
}

}  // namespace keepmum
