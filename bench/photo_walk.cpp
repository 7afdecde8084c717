// What the byte map of a photo, its facts and the whole verdict on it cost beside a plain decode in the same run:
// bench_photo_walk [-n ROUNDS] [FILE…]. Processor time, medians; for the verdict also the clock's. Without files: drawn photos of 12
// megapixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "extract/collect.h"
#include "extract/photo/photo.h"
#include "photos.h"

namespace keepmum {
namespace {

struct Spent {
    double processor = 0, clock = 0;  // milliseconds
};

// Of the program and all that it starts, also what outlives it: main() has this process inherit that.
Spent run(std::vector<std::string> const& command) {
    std::vector<char*> arguments;
    for (std::string const& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (int number : {1, 2}) posix_spawn_file_actions_addopen(&actions, number, "/dev/null", 1, 0);
    auto const start = std::chrono::steady_clock::now();
    pid_t process = 0;
    if (posix_spawn(&process, arguments[0], &actions, nullptr, arguments.data(), environ) != 0) process = 0;
    posix_spawn_file_actions_destroy(&actions);
    auto const in_ms = [](timeval const& time) { return double(time.tv_sec) * 1e3 + double(time.tv_usec) / 1e3; };
    Spent spent;
    rusage used{};
    for (pid_t ended; (ended = wait4(-1, nullptr, 0, &used)) > 0;) {
        spent.processor += in_ms(used.ru_utime) + in_ms(used.ru_stime);
        std::chrono::duration<double, std::milli> const passed = std::chrono::steady_clock::now() - start;
        if (ended == process) spent.clock = passed.count();
    }
    return spent;
}

// The program beside this one, with a home of its own and two files in it.
struct Checked {
    std::filesystem::path place = std::filesystem::temp_directory_path() / ("bench-photo-" + std::to_string(getpid()));
    std::string program = (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "keepmum").string();
    Checked() { std::filesystem::create_directories(place); }
    ~Checked() { std::filesystem::remove_all(place); }
    std::string put(char const* name, std::string const& bytes) const {
        std::ofstream(place / name, std::ios::binary) << bytes;
        return (place / name).string();
    }
    Spent check(std::string const& file) const {
        return run({program, "check", "--home", (place / "home").string(), "--limits", "pictures=0", file});
    }
};

void measure(NamedFile const& photo, int rounds, Checked const& checked) {
    enum Work { map, facts, verdict, started, clock, works };
    Beside beside(works);
    std::string const file = checked.put("photo", photo.bytes), word = checked.put("word.txt", "nothing\n");
    for (int i = 0; i < rounds; ++i) {
        beside.decode(photo.bytes);
        beside.add(map, milliseconds([&] { (void)walk_picture(photo.bytes, 512u << 20); }));
        beside.add(facts, milliseconds([&] {
            Collect outlet;
            (void)photo_extractor()->extract(input_of(photo.bytes), outlet);
        }));
        Spent const start = checked.check(word), whole = checked.check(file);
        beside.add(verdict, whole.processor);
        beside.add(started, whole.processor - start.processor);
        beside.add(clock, whole.clock);
    }
    std::printf("%s: %.1f MB\n", photo.name.c_str(), double(photo.bytes.size()) / 1e6);
    beside.print_decode();
    beside.print(map, "byte map");
    beside.print(facts, "facts and map");
    beside.print(verdict, "keepmum check");
    beside.print(started, "  without its start");
    beside.print(clock, "  by the clock");
}

}  // namespace
}  // namespace keepmum

int main(int count, char** values) {
    int rounds = 11;
    if (count > 2 && std::strcmp(values[1], "-n") == 0) {
        rounds = std::max(1, std::atoi(values[2]));
        count -= 2;
        values += 2;
    }
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    keepmum::Checked const checked;
    for (keepmum::NamedFile const& photo : keepmum::photos(count, values)) keepmum::measure(photo, rounds, checked);
    return 0;
}
