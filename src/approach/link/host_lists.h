// What the program knows of hosts, and whom its user trusts: read from data, then only asked.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "format/link/lookalike.h"
#include "io/folders.h"

namespace keepmum {

enum class HostKind : std::uint8_t { short_link, redirector, freemail, files };

// packs/approach/hosts.toml, and what the machine's and the user's folder add (approach/hosts.toml).
class HostLists final {
  public:
    static Result<HostLists> load(Folders const& folders);
    // Adds the rows of a text; `file` is what complaints call it.
    Result<> read(std::string_view toml, std::string_view file);
    // Whether `host` (Unicode, lower-case) or what it stands under is listed.
    bool is(HostKind kind, std::string_view host) const;

  private:
    std::set<std::string, std::less<>> names_[4];
};

// Names that the user trusts: trusted.toml of the config and the machine folder, and the files named. A file is TOML with
// `trusted = ["paypal.com", "中国银行"]`, or plain text with one name a line, '#' before remarks.
struct TrustFile {
    std::vector<TrustedName> names;
    std::vector<std::string> servers;  // `servers = ["mx.example.org"]` of TOML files: whose checks of mail count, lower-case
};
Result<TrustFile> load_trusted(Folders const& folders, std::vector<std::string> const& files);

// People that the user knows: mail addresses in any text, one a line, or a vCard (RFC 6350); lower-case.
Result<std::set<std::string, std::less<>>> load_known(Folders const& folders, std::vector<std::string> const& files);

}  // namespace keepmum
