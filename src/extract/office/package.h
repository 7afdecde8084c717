// A zip file being taken apart: which members were read, which were refused, and what nobody owns.
//
// The readers of each office format take the parts they understand; whatever they leave is given out
// here at the end, so that no byte of the file goes unsaid. Unpacking stops at the outlet's allowance.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/extractor.h"
#include "format/zip/layout.h"

namespace keepmum {

struct PackageEntry {
    std::string name;  // UTF-8 as far as the charset could be told
    ZipMember member;
    bool taken = false;
};

class Package final {
  public:
    Package(Evidence const& evidence, Outlet& outlet);

    bool is_zip() const { return layout_.end.size() > 0 || !layout_.members.empty(); }
    std::vector<PackageEntry>& entries() { return entries_; }
    Outlet& outlet() { return outlet_; }

    // The first entry of that name that nobody has taken; ASCII case does not count, nor does a leading '/'.
    PackageEntry* find(std::string_view name);

    // The bytes of an entry, which is taken by this. What was damaged, encrypted or too big is said as a
    // gap; nothing where not even a part of it could be had.
    std::optional<Blob> open(PackageEntry& entry);
    std::optional<Blob> open(std::string_view name);

    // Gives an entry out as an embedded file.
    void put_child(PackageEntry& entry, std::string media = {});

    // The rest: names, comments, oddities of the lists, bytes that nobody owns. Entries that are still
    // not taken go out as embedded files.
    void finish();

    // Unpacked bytes that may still be made.
    std::uint64_t remaining() const;
    // Bytes of the file that are accounted for.
    std::uint64_t read() const;
    // For what was opened but then not understood: takes it back out of the account.
    void unread(std::uint64_t bytes) { read_ -= bytes < read_ ? bytes : read_; }
    void gap(std::string_view name, Cause cause, std::uint64_t bytes, std::string detail, std::string media = {});

  private:
    bool refuse(PackageEntry const& entry);
    Blob unpack(PackageEntry const& entry);
    void put_names();
    void put_oddities();
    void put_unowned();
    void put_slack(PackageEntry const& entry, std::string_view slack);

    Evidence const& evidence_;
    Outlet& outlet_;
    std::string_view bytes_;
    ZipLayout layout_;
    std::vector<PackageEntry> entries_;
    std::multimap<std::string, std::size_t> by_name_;  // lower-case
    std::uint64_t start_allowance_ = 0;
    std::uint64_t unpacked_ = 0;
    std::uint64_t read_ = 0;
};

}  // namespace keepmum
