// keepmum doctor: what works on this computer.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <algorithm>

#include "base/message.h"
#include "cli/context.h"
#include "engine/isolate/broker.h"
#include "io/file.h"
#include "io/models.h"

namespace keepmum {

namespace {

constexpr std::string_view families[] = {"office", "pdf", "archive", "mail", "database", "drawing", "image", "photo", "ocr", "objects", "clean"};
constexpr std::string_view character_maps = "/usr/share/poppler/cMap";

class Examination {
  public:
    explicit Examination(Language language) : language_(language) {}

    // `essential` things that fail make the whole fail.
    void tell(Message what, bool good, std::string const& detail, bool essential) {
        Message const mark = good ? Message::doctor_good : essential ? Message::doctor_bad : Message::doctor_missing;
        out_ += say(language_, mark) + "  " + say(language_, what) + (detail.empty() ? "" : ": " + detail) + "\n";
        failed_ = failed_ || (essential && !good);
    }
    std::string const& text() const { return out_; }
    bool failed() const { return failed_; }
    Language language() const { return language_; }

  private:
    Language language_;
    std::string out_;
    bool failed_ = false;
};

bool is_writable(std::string const& folder) { return make_folder(folder) && access(folder.c_str(), W_OK) == 0; }

void examine_sandbox(Examination& examination, Folders const& folders) {
    SandboxFacts const facts = probe_sandbox(folders.libexec, families);
    examination.tell(Message::doctor_seccomp, facts.seccomp, "", true);
    examination.tell(Message::doctor_landlock, facts.landlock_abi > 0, facts.landlock_abi > 0 ? "ABI " + std::to_string(facts.landlock_abi) : "", false);
    examination.tell(Message::doctor_namespaces, facts.user_namespaces, "", false);
    for (SandboxFacts::Worker const& worker : facts.workers) {
        examination.tell(Message::doctor_worker, worker.answers, worker.answers ? worker.family : worker.family + ", " + worker.why_not, true);
    }
}

void examine_objects(Examination& examination, Folders const& folders) {
    Result<std::string> const network = read_model(folders.workers().models, objects_model);
    std::string const trouble = network || network.error().fault == Fault::not_found ? "" : network.error().where + ", " + network.error().what;
    examination.tell(Message::doctor_objects, network.has_value(), trouble, false);
}

void examine_setup(Examination& examination, Folders const& folders) {
    Result<std::unique_ptr<Setup>> const setup = make_setup(folders, {});
    std::string const rules = setup ? std::to_string((*setup)->order.size()) : setup.error().where + " " + setup.error().what;
    examination.tell(Message::doctor_rules, setup.has_value(), rules, true);
    if (setup) examination.tell(Message::doctor_directive, true, (*setup)->directive.origin.file, true);
}

// What the worker program says of itself.
class AboutReaders final : public Outlet {
  public:
    void put(Evidence evidence) override { said = std::string(evidence.content.view()); }
    void gap(Gap) override {}
    void progress() override {}
    bool enough() const override { return false; }
    std::uint64_t allowance() const override { return 1u << 16; }
    std::string said;
};

void examine_picture_readers(Examination& examination, Folders const& folders) {
    Broker broker(folders.workers(), Limits());
    AboutReaders about;
    broker.run("ocr", "ocr.about", Evidence(), about);
    std::size_t const end = std::min(about.said.find('\n'), about.said.size());
    std::string const reader = about.said.substr(0, end), trouble = about.said.substr(std::min(end + 1, about.said.size()));
    examination.tell(Message::doctor_writing, !reader.empty(), reader, false);
    bool const by_networks = reader.starts_with("PP-OCR");
    examination.tell(Message::doctor_networks, by_networks, trouble.empty() && !by_networks ? folders.data + "/models" : trouble, false);
}

}  // namespace

int run_doctor(Context& context, Arguments const& arguments) {
    if (!arguments.words.empty()) return complain(context.language, error_of(Fault::invalid, Message::usage_no_path));
    Examination examination(context.language);
    examine_setup(examination, context.folders);
    examine_sandbox(examination, context.folders);
    examine_picture_readers(examination, context.folders);
    examination.tell(Message::doctor_cjk, exists(std::string(character_maps)), std::string(character_maps), false);
    examine_objects(examination, context.folders);
    examination.tell(Message::doctor_data, is_writable(context.folders.data), context.folders.data, false);
    examination.tell(Message::doctor_cache, is_writable(context.folders.cache), context.folders.cache, false);
    if (!print_out("keepmum " KEEPMUM_VERSION "\n" + examination.text())) return exit_failed;
    return examination.failed() ? exit_hold : exit_pass;
}

}  // namespace keepmum
