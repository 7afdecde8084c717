// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/system_fault.h"

#include <cerrno>
#include <cstring>
#include <utility>

namespace keepmum {

namespace {

struct Known {
    int code;
    Fault fault;
    Message why;
};

constexpr Known known[] = {
    {ENOENT, Fault::not_found, Message::system_none},
    {ENOTDIR, Fault::not_found, Message::system_no_folder},
    {EACCES, Fault::denied, Message::system_denied},
    {EPERM, Fault::denied, Message::system_not_permitted},
    {EROFS, Fault::denied, Message::system_read_only},
    {ENOSPC, Fault::full, Message::system_full},
    {EDQUOT, Fault::full, Message::system_quota},
    {EFBIG, Fault::full, Message::system_too_big},
    {EISDIR, Fault::io, Message::system_folder},
    {EEXIST, Fault::io, Message::system_exists},
    {EIO, Fault::io, Message::system_io},
    {ELOOP, Fault::io, Message::system_loop},
    {EMFILE, Fault::io, Message::system_many_open},
    {ENAMETOOLONG, Fault::io, Message::system_long_name},
};

}  // namespace

tl::unexpected<Error> fail_system(Message doing, int code, std::string where) {
    for (Known const& one : known) {
        if (one.code != code) continue;
        return tl::unexpected<Error>(Error{one.fault, say(Language::en, doing, {{"why", say(Language::en, one.why)}}), std::move(where),
                                           say(Language::zh, doing, {{"why", say(Language::zh, one.why)}})});
    }
    return fail(Fault::io, doing, {{"why", std::strerror(code)}}, std::move(where));
}

}  // namespace keepmum
