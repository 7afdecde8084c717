// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/folders.h"

#include <limits.h>
#include <sys/auxv.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "io/file.h"

namespace keepmum {

namespace {

std::string from_environment(char const* variable, std::string const& otherwise) {
    char const* const value = std::getenv(variable);
    // The XDG specification: a relative path here is to be ignored.
    return (value && value[0] == '/' ? std::string(value) : otherwise) + "/keepmum";
}

std::string folder_of_program() {
    char path[PATH_MAX];
    ssize_t const length = readlink("/proc/self/exe", path, sizeof path);
    std::string program(path, length > 0 ? static_cast<std::size_t>(length) : 0);
    if (program.empty()) {  // no /proc, as in a bare root: what the program was started as
        auto const started_as = reinterpret_cast<char const*>(getauxval(AT_EXECFN));
        if (started_as && realpath(started_as, path)) program = path;
    }
    return program.substr(0, program.rfind('/'));
}

// `folder`/.. taken as the folder above, so that what is shown to people is short.
std::string above(std::string const& folder, int levels) {
    std::string path = folder;
    for (; levels > 0; --levels) path = path.substr(0, path.rfind('/'));
    return path;
}

}  // namespace

Folders find_folders(std::string const& home) {
    Folders folders;
    if (!home.empty()) {
        folders.config = home + "/config";
        folders.data = home + "/data";
        folders.state = home + "/state";
        folders.cache = home + "/cache";
    } else {
        char const* const user = std::getenv("HOME");
        std::string const base = user && user[0] ? user : "/nonexistent";
        folders.config = from_environment("XDG_CONFIG_HOME", base + "/.config");
        folders.data = from_environment("XDG_DATA_HOME", base + "/.local/share");
        folders.state = from_environment("XDG_STATE_HOME", base + "/.local/state");
        folders.cache = from_environment("XDG_CACHE_HOME", base + "/.cache");
    }
    folders.machine = "/etc/keepmum";
    std::string const bin = folder_of_program();
    folders.libexec = above(bin, 1) + "/libexec/keepmum";
    folders.shipped = above(bin, 1) + "/share/keepmum";
    if (!exists(folders.shipped) && exists(above(bin, 3) + "/packs")) folders.shipped = above(bin, 3);
    return folders;
}

Key machine_key(Folders const& folders, bool& lasting) {
    std::string const path = folders.data + "/key";
    Key key;
    lasting = true;
    if (Result<std::string> const stored = read_file(path, 4096); stored && stored->size() == key.size()) {
        std::copy(stored->begin(), stored->end(), key.begin());
        return key;
    }
    key = random_key();
    std::string_view const bytes(reinterpret_cast<char const*>(key.data()), key.size());
    lasting = make_folder(folders.data) && write_file(path, bytes, 0600);
    return key;
}

}  // namespace keepmum
