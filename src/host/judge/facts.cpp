// What of a computer is worth comparing before and after a journey: all that lets somebody in, carries something out, or
// was plugged in. What changes by itself (addresses of a lease, what is running) is left out.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>
#include <tuple>

#include "host/judge/answer.h"

namespace keepmum {

namespace {

constexpr std::size_t most_facts = 20'000;

class Facts {
  public:
    explicit Facts(HostAnswer& answer) : answer_(answer) {}

    template <class T, class Add>
    void each(std::string_view area, Known<T> const& known, Add add) {
        area_ = area;
        for (T const& item : known.items) {
            if (answer_.facts.size() < most_facts) add(item);
        }
        if (known.unseen.empty() && !known.looked) answer_.unseen.push_back({std::string(area), Blank::uncollected});
        else if (!known.unseen.empty()) answer_.unseen.push_back({std::string(area), known.unseen.front().why});
    }
    void put(std::string name, std::string en = {}, std::string zh = {}) {
        if (zh.empty()) zh = en;
        if (!name.empty()) answer_.facts.push_back({std::string(area_), std::move(name), std::move(en), std::move(zh)});
    }

  private:
    HostAnswer& answer_;
    std::string_view area_;
};

std::string hex4(unsigned number) {
    char text[16];
    std::snprintf(text, sizeof text, "%04x", number & 0xFFFF);
    return text;
}

std::string join(std::string left, std::string_view right) {
    if (!left.empty() && !right.empty()) left += ", ";
    return left + std::string(right);
}

void add_people(Machine const& machine, Facts& facts) {
    facts.each("account", machine.accounts, [&](Account const& one) {
        std::string en = one.may_administer ? "may administer" : "", zh = one.may_administer ? "可以管理本机" : "";
        if (!one.can_log_in) en = join(en, "cannot log in"), zh = join(zh, "不能登录");
        facts.put(one.name, en, zh);
    });
    facts.each("credential", machine.credentials, [&](Credential const& one) {
        facts.put(one.kind + " " + one.name + (one.fingerprint.empty() ? "" : " " + one.fingerprint));
    });
    facts.each("service", machine.services, [&](Service const& one) {
        facts.put(one.name, one.enabled ? "starts by itself" : "does not start by itself", one.enabled ? "自动启动" : "不自动启动");
    });
}

void add_devices(Machine const& machine, Facts& facts) {
    facts.each("usb", machine.usb, [&](UsbDevice const& one) {
        std::string const name = join(one.maker, one.name);
        facts.put(hex4(one.vendor) + ":" + hex4(one.product) + (one.serial.empty() ? "" : " " + one.serial), name);
    });
    facts.each("medium", machine.past_media, [&](Past const& one) {
        facts.put(one.what + (one.serial.empty() ? "" : " " + one.serial));
    });
    facts.each("paired", machine.paired, [&](Paired const& one) {
        facts.put(one.address.empty() ? one.name : one.address, one.name);
    });
    facts.each("radio", machine.radios, [&](Radio const& one) {
        facts.put(one.name, one.on ? "switched on" : "switched off", one.on ? "已打开" : "已关闭");
    });
    facts.each("printer", machine.printers, [&](Printer const& one) { facts.put(one.name, one.address); });
    facts.each("volume", machine.volumes, [&](Volume const& one) {
        if (one.removable) return;
        bool const known = one.encrypted.has_value();
        facts.put(join(one.name, one.use), !known ? "" : *one.encrypted ? "encrypted" : "not encrypted",
                  !known ? "" : *one.encrypted ? "已加密" : "未加密");
    });
}

void add_programs(Machine const& machine, Facts& facts) {
    facts.each("program", machine.programs, [&](Program const& one) {
        bool const self = one.starts_itself;
        facts.put(one.en.empty() ? one.id : one.en, self ? "starts by itself" : "", self ? "自动启动" : "");
    });
    facts.each("folder", machine.folders, [&](SyncedFolder const& one) { facts.put(one.path, join(one.program, one.account)); });
}

void add_networks(Machine const& machine, Facts& facts) {
    facts.each("network", machine.networks, [&](Network const& one) {
        facts.put(one.ssid, one.joins_itself ? "joins by itself" : "", one.joins_itself ? "自动连接" : "");
    });
    facts.each("past-network", machine.past_networks, [&](Past const& one) { facts.put(one.what); });
    facts.each("listener", machine.listeners, [&](Listener const& one) {
        if (!one.outside) return;
        facts.put(one.protocol + " " + std::to_string(one.port), "", "");
    });
    facts.each("share", machine.shares, [&](Share const& one) {
        facts.put(one.kind + " " + (one.path.empty() ? one.name : one.path), one.open_to_all ? "open to all" : "",
                  one.open_to_all ? "对所有人开放" : "");
    });
    facts.each("resolver", machine.resolvers, [&](Setting const& one) { facts.put(one.name + " " + one.value); });
    facts.each("setting", machine.settings, [&](Setting const& one) { facts.put(one.name, one.value); });
}

}  // namespace

void gather_facts(Machine const& machine, HostAnswer& answer) {
    Facts facts(answer);
    add_people(machine, facts);
    add_devices(machine, facts);
    add_programs(machine, facts);
    add_networks(machine, facts);
    auto const key = [](HostFact const& fact) { return std::tie(fact.area, fact.name, fact.en); };
    std::sort(answer.facts.begin(), answer.facts.end(), [&](auto const& a, auto const& b) { return key(a) < key(b); });
    answer.facts.erase(std::unique(answer.facts.begin(), answer.facts.end()), answer.facts.end());
}

}  // namespace keepmum
