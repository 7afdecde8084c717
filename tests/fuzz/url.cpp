// Addresses and running text: what is found lies inside, is valid UTF-8, and comparing looks never fails.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/link/url.h"

#include <cstdlib>

#include "base/utf8.h"
#include "format/link/lookalike.h"
#include "format/link/payload.h"
#include "format/link/suffix.h"

namespace {

void check(keepmum::Url const& url) {
    if (url.host.empty() || !keepmum::is_utf8(url.host) || !keepmum::is_utf8(url.path) || !keepmum::is_utf8(url.user))
        std::abort();
    if (!keepmum::is_ascii(url.wire) && url.wire != url.host) std::abort();
    std::string_view const domain = keepmum::registrable_domain(url.host);
    if (!std::string_view(url.host).ends_with(domain)) std::abort();
    std::vector<keepmum::TrustedName> names;
    for (std::string_view const name :
         {std::string_view("tesla.com"), std::string_view(url.host), std::string_view("中國銀行")})
        names.push_back(keepmum::read_trusted_name(name));
    (void)keepmum::compare_host(url.host, names);
    (void)keepmum::scripts_of(url.host);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    if (auto const url = keepmum::read_url(bytes)) check(*url);
    if (keepmum::read_payload(bytes).does.empty()) std::abort();
    std::uint64_t last = 0;
    for (keepmum::FoundUrl const& found : keepmum::find_urls(bytes, 20)) {
        if (found.span.begin < last || found.span.end < found.span.begin || found.span.end > size) std::abort();
        last = found.span.end;
        check(found.url);
    }
    return 0;
}
