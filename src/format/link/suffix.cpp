// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/link/suffix.h"

#include <libpsl.h>

#include <memory>
#include <string>

namespace keepmum {

namespace {

struct FreeList {
    void operator()(psl_ctx_t* list) const { psl_free(list); }
};

// The list of the system where it is newer than the one in the library, else that one; read once.
psl_ctx_t const* list() {
    static std::unique_ptr<psl_ctx_t, FreeList> const instance(psl_latest(nullptr));
    return instance ? instance.get() : psl_builtin();
}

std::string_view from(std::string_view host, char const* part, std::string const& copy) {
    if (!part || part < copy.data() || part > copy.data() + copy.size()) return {};
    return host.substr(static_cast<std::size_t>(part - copy.data()));
}

}  // namespace

std::string_view public_suffix(std::string_view host) {
    std::string const copy(host.substr(0, 1024));
    if (copy.size() == host.size()) {
        if (std::string_view const found = from(host, psl_unregistrable_domain(list(), copy.c_str()), copy);
            !found.empty())
            return found;
    }
    std::size_t const dot = host.rfind('.');
    return dot == std::string_view::npos ? host : host.substr(dot + 1);
}

std::string_view registrable_domain(std::string_view host) {
    std::string const copy(host.substr(0, 1024));
    if (copy.size() != host.size()) return host;
    std::string_view const found = from(host, psl_registrable_domain(list(), copy.c_str()), copy);
    return found.empty() ? host : found;
}

bool is_known_ending(std::string_view host) {
    std::size_t const dot = host.rfind('.');
    std::string const last(dot == std::string_view::npos ? host : host.substr(dot + 1));
    return !last.empty() && last.size() < 64 &&
           psl_is_public_suffix2(list(), last.c_str(), PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE);
}

}  // namespace keepmum
