// Reading conversations of a million messages: seconds of the processor and memory for each dialect. Prints one line a
// dialect; memory is the largest that the process had, file included.
//   build/release/bin/bench_chat [MESSAGES]
// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include "base/icu.h"
#include "format/chat/read_chat.h"

namespace {

std::string words(std::mt19937& dice) {
    static constexpr char const* english[] = {"the", "ship", "comes", "in", "on", "friday", "and",
                                             "we", "could", "look", "at", "it", "from", "pier"};
    static constexpr char const* chinese[] = {"我们", "周五", "去", "码头", "看船", "好不好", "你觉得", "天气", "怎么样", "听说", "有风"};
    std::string out;
    bool const latin = dice() % 3 != 0;
    for (unsigned i = 3 + dice() % 12; i-- > 0;)
        out += latin ? std::string(english[dice() % std::size(english)]) + " " : chinese[dice() % std::size(chinese)];
    return out;
}

std::string clock(std::size_t i) {
    char out[16];
    auto const part = [&](std::size_t seconds, std::size_t most) { return static_cast<int>(i / seconds % most); };
    std::snprintf(out, sizeof out, "%02d:%02d:%02d", part(3600, 24), part(60, 60), part(1, 60));
    return out;
}

std::string make(std::string const& dialect, std::size_t messages) {
    std::mt19937 dice(1);
    std::string out;
    if (dialect == "telegram") out = "{\"name\":\"Vincent\",\"type\":\"personal_chat\",\"id\":1,\"messages\":[\n";
    if (dialect == "wechat") out = "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\n";
    for (std::size_t i = 0; i < messages; ++i) {
        std::string const who = i % 3 == 0 ? "Dana" : "Vincent Wu", text = words(dice), id = std::to_string(i % 3);
        if (dialect == "whatsapp") out += "[2024/10/31 " + clock(i) + "] " + who + ": " + text + "\n";
        if (dialect == "telegram") {
            out += std::string(i == 0 ? "" : ",\n") + "{\"id\":1,\"type\":\"message\",\"date\":\"2026-03-01T" + clock(i) + "\",\"from\":\"";
            out += who + "\",\"from_id\":\"user" + id + "\",\"text\":\"" + text;
            out += "\",\"text_entities\":[{\"type\":\"plain\",\"text\":\"" + text + "\"}]}";
        }
        if (dialect == "wechat") {
            out += "1,12,1,0," + std::string(i % 3 == 0 ? "1" : "0") + ",1772355660,,\"" + text + "\",2026-03-01 " + clock(i);
            out += ",," + who + ",wxid_" + id + "\n";
        }
        if (dialect == "pasted") out += who + " 2026-03-01 " + clock(i) + "\n" + text + "\n\n";
        if (dialect == "pasted in GB18030") out += who + ": " + text + "\n";
    }
    if (dialect == "telegram") out += "]}";
    if (dialect == "pasted in GB18030") out = keepmum::encode_with_icu(out, "gb18030");
    out.shrink_to_fit();
    return out;
}

long resident() {
    long pages = 0;
    if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
        if (std::fscanf(file, "%*d %ld", &pages) != 1) pages = 0;
        std::fclose(file);
    }
    return pages * 4096;
}

double seconds_used() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    auto const seconds = [](timeval const& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void measure(std::string const& dialect, std::size_t messages) {
    std::string const bytes = make(dialect, messages);
    long const before = resident() - static_cast<long>(bytes.size());
    double const start = seconds_used();
    keepmum::ChatExport const read = keepmum::read_chat(bytes);
    double const seconds = seconds_used() - start;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::size_t count = 0;
    for (keepmum::Conversation const& conversation : read.conversations) count += conversation.messages.size();
    double const memory = static_cast<double>(usage.ru_maxrss * 1024 - before) / static_cast<double>(bytes.size());
    std::printf("%-18s %zu messages of %zu, %.1f MB, %.2f s, memory %.1f times the file\n", dialect.c_str(), count, messages,
                static_cast<double>(bytes.size()) / 1e6, seconds, memory);
}

}  // namespace

int main(int argc, char** argv) {
    std::size_t const messages = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1'000'000;
    for (char const* dialect : {"whatsapp", "telegram", "wechat", "pasted", "pasted in GB18030"}) {
        // A process each, so that the largest memory is its own.
        pid_t const child = fork();
        if (child == 0) {
            measure(dialect, messages);
            std::fflush(stdout);
            _exit(0);
        }
        int status = 0;
        waitpid(child, &status, 0);
        if (status != 0) return 1;
    }
}
