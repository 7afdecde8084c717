// Routes and addresses as the kernel lists them under /proc/net.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "host/machine.h"

namespace keepmum::linux_host {

// False where the text is none of its kind at all. `path` is where it stood.
bool parse_routes_four(std::string_view text, std::string_view path, Known<Route>& routes);
bool parse_routes_six(std::string_view text, std::string_view path, Known<Route>& routes);
bool parse_addresses_six(std::string_view text, std::string_view path, Known<Address>& addresses);
// fib_trie names addresses, and default routes of tables that /proc/net/route does not show (policy routing). It tells no
// interface: that of the route that an address lies in is taken.
bool parse_fib(std::string_view text, std::string_view path, Known<Route>& routes, Known<Address>& addresses);

}  // namespace keepmum::linux_host
