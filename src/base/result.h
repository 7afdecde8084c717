// Errors as values: one type for everything that may fail in normal life.
//
// Hostile or damaged input is not an error but a Gap (core/gap.h); a bug stops the process. What
// remains (a missing file, a bad option, a full disk) is a Result. Nothing of ours throws.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace keepmum {

enum class Fault { not_found, denied, invalid, io, full, unsupported, internal };

// What went wrong, in words for the user; `where` names the file, option or line, or is empty. `zh` says the same in
// Chinese, or is empty where nobody has translated it: base/message.h has a `fail` that fills both.
struct Error {
    Fault fault = Fault::internal;
    std::string what;
    std::string where;
    std::string zh = {};
};

template <class T = void>
class [[nodiscard]] Result : public tl::expected<T, Error> {
  public:
    using tl::expected<T, Error>::expected;
};

inline tl::unexpected<Error> fail(Fault fault, std::string what, std::string where = {}) {
    return tl::unexpected<Error>(Error{fault, std::move(what), std::move(where)});
}

namespace detail {
inline void take(Result<void>&) {}
template <class T>
T&& take(Result<T>& result) {
    return std::move(*result);
}
}  // namespace detail

// The value of a Result, or a return of its error from the calling function.
#define TRY(...)                                                                  \
    ({                                                                            \
        auto try_result_ = (__VA_ARGS__);                                         \
        if (!try_result_) return tl::unexpected(std::move(try_result_.error()));  \
        ::keepmum::detail::take(try_result_);                                     \
    })

}  // namespace keepmum
