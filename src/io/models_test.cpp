// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/models.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <set>

#include "io/file.h"

namespace keepmum {
namespace {

TEST(Models, RowsAreWhole) {
    std::set<std::string_view> files;
    for (Model const& model : models()) {
        EXPECT_TRUE(files.insert(model.file).second) << model.file;
        EXPECT_EQ(model.sha256.size(), 64u) << model.file;
        EXPECT_EQ(model.sha256.find_first_not_of("0123456789abcdef"), std::string_view::npos) << model.file;
        EXPECT_GT(model.bytes, 0u);
        EXPECT_LT(model.bytes, 64u << 20);  // read_file()'s limit, and as much as a worker should hold
        EXPECT_TRUE(model.registry == "pypi" || model.registry == "npm") << model.file;
        EXPECT_FALSE(model.use.empty() || model.package.empty() || model.version.empty() || model.member.empty()) << model.file;
        EXPECT_EQ(model.file.find('/'), std::string_view::npos);
    }
    EXPECT_GE(files.size(), 3u);
}

TEST(Models, AFileThatIsNotTheRightOneIsRefused) {
    char name[] = "/tmp/keepmum-models-XXXXXX";
    std::string const folder = mkdtemp(name);
    Model const& model = models().front();
    std::string const path = folder + "/" + std::string(model.file);
    EXPECT_EQ(read_model("/nonexistent\n" + folder, model.file).error().fault, Fault::not_found);
    EXPECT_EQ(read_model("", model.file).error().fault, Fault::not_found);
    EXPECT_EQ(read_model(folder, "unknown.onnx").error().fault, Fault::not_found);
    std::string bytes(model.bytes, 'x');
    ASSERT_TRUE(write_file(path, std::string_view(bytes).substr(1)));
    EXPECT_EQ(read_model(folder, model.file).error().what, "the file is cut short");
    ASSERT_TRUE(write_file(path, bytes + "x"));
    EXPECT_EQ(read_model(folder, model.file).error().what, "the file is another one");
    ASSERT_TRUE(write_file(path, bytes));
    EXPECT_EQ(read_model("/nonexistent\n" + folder, model.file).error().what, "the file is damaged or another one");
    EXPECT_EQ(read_model(folder, model.file).error().where, path);
    unlink(path.c_str());
    rmdir(folder.c_str());
}

}  // namespace
}  // namespace keepmum
