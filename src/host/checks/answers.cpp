// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/checks/answers.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {

Answered answer_pass(std::string en, std::string zh, std::vector<Proof> proofs) {
    return {Answer::pass, std::move(en), std::move(zh), std::move(proofs), {}};
}

Answered answer_fail(std::string en, std::string zh, std::vector<Proof> proofs) {
    return {Answer::fail, std::move(en), std::move(zh), std::move(proofs), {}};
}

Answered answer_not_applicable(std::string en, std::string zh) {
    return {Answer::not_applicable, std::move(en), std::move(zh), {}, {}};
}

Answered answer_unknown(std::string en, std::string zh, std::vector<Unseen> missing) {
    return {Answer::unknown, std::move(en), std::move(zh), {}, std::move(missing)};
}

std::string listed(std::vector<std::string> const& names, Language language, std::size_t most) {
    std::vector<std::string_view> once;
    for (std::string const& name : names) {
        if (std::find(once.begin(), once.end(), name) == once.end()) once.push_back(name);
    }
    bool const chinese = language == Language::zh;
    std::string text;
    for (std::size_t i = 0; i < once.size() && i < most; ++i) {
        if (i > 0) text += chinese ? "、" : i + 1 == once.size() ? " and " : ", ";
        text += once[i];
    }
    if (once.size() > most) {
        text += chinese ? " 等 " + std::to_string(once.size()) + " 项" : " and " + std::to_string(once.size() - most) + " more";
    }
    return text;
}

void Gathered::add(std::string en, std::string zh, Proof const& proof) {
    constexpr std::size_t most_proofs = 40;
    en_.push_back(std::move(en));
    zh_.push_back(std::move(zh));
    bool const known = std::find(proofs_.begin(), proofs_.end(), proof) != proofs_.end();
    if (!known && proofs_.size() < most_proofs && !proof.path.empty()) proofs_.push_back(proof);
}

Unseen plain_place(Unseen unseen) {
    unseen.path.resize(std::min(unseen.path.find(" ("), unseen.path.size()));
    return unseen;
}

std::vector<Unseen> missing_settings(Machine const& machine, std::initializer_list<std::string_view> words, std::string_view path) {
    std::vector<Unseen> missing;
    for (Unseen const& unseen : machine.settings.unseen) {
        std::string const lower = ascii_lower(unseen.path);
        for (std::string_view const word : words) {
            if (lower.find(word) == std::string::npos) continue;
            missing.push_back(plain_place(unseen));
            break;
        }
    }
    if (missing.empty() && !machine.settings.looked) missing.push_back({std::string(path), Blank::uncollected});
    return missing;
}

Setting const* setting_of(Machine const& machine, std::string_view name) {
    for (Setting const& setting : machine.settings.items) {
        if (setting.name == name) return &setting;
    }
    return nullptr;
}

std::string day_of(Past const& past) {
    std::string_view const when = past.last.empty() ? past.first : past.last;
    std::string_view const day = when.substr(0, std::min<std::size_t>(10, when.find('T')));
    return std::string(day.substr(0, valid_utf8_prefix(day)));
}

std::string state_of(Program const& program, Language language) {
    struct State {
        bool is;
        Bilingual word;
    };
    State const states[] = {
        {program.connected, {"connected right now", "正有人连接"}},
        {program.listening, {"waiting for connections", "正在等待连接"}},
        {program.running && !program.listening && !program.connected, {"running", "正在运行"}},
        {program.starts_itself, {"starts by itself", "开机自启"}},
    };
    std::string text;
    for (State const& state : states) {
        if (!state.is) continue;
        if (!text.empty()) text += language == Language::zh ? "，" : ", ";
        text += state.word.in(language);
    }
    Bilingual const idle = program.installed ? Bilingual{"installed, not running", "已安装，未运行"} : Bilingual{"traces of it", "留有痕迹"};
    if (text.empty()) text = idle.in(language);
    return text;
}

}  // namespace keepmum
