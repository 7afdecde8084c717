// Networks that the user may add (tools/fetch_models): files of the folder of models, known by their hash.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace keepmum {

// A row of models.inc.
struct Model {
    std::string_view use;   // "writing": all rows of a use are needed together
    std::string_view file;  // "writing-find.onnx"
    std::uint64_t bytes = 0;
    std::string_view sha256;  // lowercase hex
    std::string_view registry, package, version, member;
};

std::span<Model const> models();

// The bytes of the model `file`, from the first of the folders that has it. `folders` are separated by line feeds
// (Folders::models). Errors: not_found (in none of them, or models.inc has no such row), invalid (size or SHA-256 is not that of
// its row; `what` says so in one English clause), denied, io. `where` is the path.
Result<std::string> read_model(std::string_view folders, std::string_view file);

// Of the network that says what pictures look like.
inline constexpr std::string_view objects_model = "objects.onnx";

// Whether one of the folders has a file of that name and of the size of its row: whether asking a worker for it is worth while.
bool has_model(std::string_view folders, std::string_view file);

// The folders of models of a worker program, which gets them in its environment; "" in any other program that was told none.
std::string worker_model_folders();
inline constexpr char const* models_variable = "KEEPMUM_MODELS";

}  // namespace keepmum
