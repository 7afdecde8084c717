// Where keepmum keeps its own files: as XDG says, or all under one folder (`--home DIR`).
// docs/files.md lists every file.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "base/hash.h"

namespace keepmum {

// What worker programs are started from, and with.
struct WorkerFolders {
    std::string programs;  // libexec
    std::string models;    // folders of models (io/models.h), separated by line feeds; "" for none
};

struct Folders {
    std::string config;   // the user's packs, words, directive
    std::string data;     // permits, keys
    std::string state;    // what was remembered of checks
    std::string cache;    // compiled databases; may be deleted at any time
    std::string machine;  // the machine's packs and directive (/etc/keepmum)
    std::string shipped;  // packs and directives that came with the program
    std::string libexec;  // worker programs

    // With the models of the user, and behind them those of the machine.
    WorkerFolders workers() const { return {libexec, data + "/models\n" + shipped + "/models"}; }
};

// `home` empty: $XDG_CONFIG_HOME/keepmum and so on, else the defaults below $HOME. The shipped files
// and the workers are found beside the running program: ../share/keepmum and ../libexec/keepmum, or
// in the source tree for a program that lies in build/…/bin.
Folders find_folders(std::string const& home);

// The key of this machine's fingerprints, made on first use (data/key, mode 0600). Where it can be
// neither read nor written, a key for this run alone is drawn and `lasting` is false.
Key machine_key(Folders const& folders, bool& lasting);

}  // namespace keepmum
