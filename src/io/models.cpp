// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/models.h"

#include <algorithm>
#include <cstdlib>

#include "base/hash.h"
#include "io/file.h"

namespace keepmum {

std::span<Model const> models() {
    static constexpr Model rows[] = {
#define MODEL(use, file, bytes, sha256, registry, package, version, member) \
    {use, file, bytes, sha256, registry, package, version, member},
#include "io/models.inc"
#undef MODEL
    };
    return rows;
}

Result<std::string> read_model(std::string_view folders, std::string_view file) {
    auto const row = std::find_if(models().begin(), models().end(), [&](Model const& one) { return one.file == file; });
    if (row == models().end()) return fail(Fault::not_found, "no such model is known", std::string(file));
    for (std::size_t at = 0; at < folders.size();) {
        std::size_t const end = std::min(folders.find('\n', at), folders.size());
        std::string const path = std::string(folders.substr(at, end - at)) + "/" + std::string(file);
        at = end + 1;
        if (!exists(path)) continue;
        std::shared_ptr<File> const opened = TRY(File::open(path));
        if (opened->size() < row->bytes) return fail(Fault::invalid, "the file is cut short", path);
        if (opened->size() > row->bytes) return fail(Fault::invalid, "the file is another one", path);
        Result<std::string> bytes = read_file(path, row->bytes);
        if (bytes && sha256_hex(*bytes) != row->sha256) return fail(Fault::invalid, "the file is damaged or another one", path);
        return bytes;
    }
    return fail(Fault::not_found, "not there", std::string(file));
}

bool has_model(std::string_view folders, std::string_view file) {
    auto const row = std::find_if(models().begin(), models().end(), [&](Model const& one) { return one.file == file; });
    if (row == models().end()) return false;
    for (std::size_t at = 0; at < folders.size();) {
        std::size_t const end = std::min(folders.find('\n', at), folders.size());
        std::string const path = std::string(folders.substr(at, end - at)) + "/" + std::string(file);
        at = end + 1;
        if (!exists(path)) continue;
        Result<std::shared_ptr<File>> const opened = File::open(path);
        return opened && (*opened)->size() == row->bytes;
    }
    return false;
}

std::string worker_model_folders() {
    char const* const folders = std::getenv(models_variable);
    return folders ? folders : "";
}

}  // namespace keepmum
