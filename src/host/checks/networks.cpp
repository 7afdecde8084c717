// Networks: ways to the public one, two at once, phones and modems, traces of networks that were, who answers for names.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "host/addresses.h"
#include "host/checks/answers.h"
#include "host/checks/connections.h"

namespace keepmum {
namespace {

void add_missing(std::vector<Unseen>& missing, std::vector<Unseen> const& more) {
    for (Unseen const& one : more) {
        if (std::find(missing.begin(), missing.end(), one) == missing.end()) missing.push_back(one);
    }
}

bool carries_people(Link link) {
    return link == Link::wired || link == Link::wireless || link == Link::mobile || link == Link::tethered;
}

// Time servers that everyone on the public network may ask.
bool is_public_clock(std::string_view name) {
    constexpr std::string_view known[] = {"pool.ntp.org",     "ntp.ubuntu.com", "time.google.com",
                                          "time.windows.com", "time.apple.com", "time.cloudflare.com",
                                          "aliyun.com",       "tencent.com",    "ntsc.ac.cn",
                                          "ntp.org.cn",       "nist.gov",       "time.asia.apple.com",
                                          "edu.cn",           "ptb.de"};
    return is_public_address(name) ||
           std::any_of(std::begin(known), std::end(known), [&](std::string_view one) { return name.ends_with(one); });
}

bool leads_everywhere(Machine const& machine, std::string_view interface) {
    return std::any_of(machine.routes.items.begin(), machine.routes.items.end(),
                       [&](Route const& route) { return route.everywhere && route.interface == interface; });
}

// Networks that an interface stands in: destinations without a gateway, link-local ones left out.
std::set<std::string> networks_of(Machine const& machine, std::string_view interface) {
    std::set<std::string> all;
    for (Route const& route : machine.routes.items) {
        bool const local = route.destination.starts_with("fe80:") || route.destination.starts_with("169.254.");
        if (route.interface == interface && route.gateway.empty() && !route.everywhere && !local)
            all.insert(route.destination);
    }
    return all;
}

}  // namespace

Answered ask_public_route(Machine const& machine) {
    Gathered ways, addresses;
    for (Route const& route : machine.routes.items) {
        if (!route.everywhere) continue;
        std::string const by = route.gateway.empty() ? std::string() : " " + route.gateway;
        ways.add(route.interface.empty() && by.empty() ? "a routing table of its own" : route.interface + by,
                 route.interface.empty() && by.empty() ? "单独的路由表" : route.interface + by, route.proof);
    }
    for (Address const& address : machine.addresses.items) {
        if (address.global) addresses.add(address.address, address.proof);
    }
    if (!ways.empty() || !addresses.empty()) {
        std::string en, zh;
        std::vector<Proof> proofs = ways.proofs();
        if (!ways.empty()) {
            en = "there is a way out of your own network: " + ways.en();
            zh = "有通往外部网络的路：" + ways.zh();
        }
        if (!addresses.empty()) {
            en += (en.empty() ? "" : "; ") + std::string("the public network can reach it under ") + addresses.en();
            zh += (zh.empty() ? "" : "；") + std::string("公网可以直接访问的地址：") + addresses.zh();
        }
        proofs.insert(proofs.end(), addresses.proofs().begin(), addresses.proofs().end());
        return answer_fail(std::move(en), std::move(zh), std::move(proofs));
    }
    std::vector<Unseen> missing = missing_of(machine.routes, "routes");
    add_missing(missing, missing_of(machine.addresses, "addresses"));
    if (!missing.empty())
        return answer_unknown("it cannot be said whether there is a way to a public network",
                              "无法判断有没有通往公网的路", std::move(missing));
    return answer_pass("no route leads out of its own networks", "没有通往外部网络的路由");
}

Answered ask_two_networks(Machine const& machine) {
    Gathered joined;
    bool forwards = false;
    for (Setting const& setting : machine.settings.items) {
        if (setting.name.starts_with("forwarding.") && setting.value != "0") forwards = true;
        if (!setting.name.starts_with("bridge.")) continue;
        std::size_t real = 0;
        for (Interface const& one : machine.interfaces.items) {
            bool const member = (" " + setting.value + " ").find(" " + one.name + " ") != std::string::npos;
            real += member && carries_people(one.link) ? 1 : 0;
        }
        if (real < 2) continue;
        joined.add("a bridge joins " + setting.value, "网桥把这些接口连在一起：" + setting.value, setting.proof);
    }
    std::vector<Interface const*> live;
    std::set<std::string> networks;
    for (Interface const& one : machine.interfaces.items) {
        bool const counts = carries_people(one.link) || (one.link == Link::virtual_ && leads_everywhere(machine, one.name));
        if (!counts || !one.up || !one.carrier) continue;
        std::set<std::string> const own = networks_of(machine, one.name);
        bool const other = leads_everywhere(machine, one.name) ||
                           std::any_of(own.begin(), own.end(),
                                       [&](std::string const& network) { return !networks.contains(network); });
        if (!other) continue;  // not in any network, or in the same one twice
        networks.insert(own.begin(), own.end());
        live.push_back(&one);
    }
    if (live.size() >= 2) {
        for (Interface const* one : live) joined.add(one->name, one->proof);
    }
    if (!joined.empty()) {
        std::string en = "it is in several networks at once: " + joined.en(), zh = "同时接在多个网络上：" + joined.zh();
        if (forwards) {
            en += "; and it passes on what comes in from one to the other";
            zh += "；而且会在它们之间转发数据";
        }
        return answer_fail(std::move(en), std::move(zh), joined.proofs());
    }
    std::vector<Unseen> missing = missing_of(machine.interfaces, "network interfaces");
    add_missing(missing, missing_of(machine.routes, "routes"));
    add_missing(missing, missing_settings(machine, {"forward", "brif"}, "forwarding"));
    if (!missing.empty())
        return answer_unknown("it cannot be said in how many networks it is", "无法判断接在几个网络上",
                              std::move(missing));
    if (live.empty()) return answer_pass("it is in no network", "没有接入任何网络");
    return answer_pass("it is in one network: " + live.front()->name, "只接在一个网络上：" + live.front()->name,
                       {live.front()->proof});
}

Answered ask_phone_or_modem(Machine const& machine) {
    Gathered found;
    for (Interface const& one : machine.interfaces.items) {
        if (one.link == Link::tethered) {
            found.add(one.name + ": a phone or another device lends its connection (" + one.driver + ")",
                      one.name + "：手机等设备在共享网络（" + one.driver + "）", one.proof);
        }
        if (one.link == Link::mobile) found.add(one.name + ": a mobile modem", one.name + "：移动上网模块", one.proof);
    }
    for (Radio const& radio : machine.radios.items) {
        if (radio.kind == Radio::Kind::mobile)
            found.add(radio.name + ": a mobile modem", radio.name + "：移动上网模块", radio.proof);
    }
    if (!found.empty())
        return answer_fail("a way round your own network: " + found.en(), "有绕开单位网络的通道：" + found.zh(),
                           found.proofs());
    std::vector<Unseen> missing = missing_of(machine.interfaces, "network interfaces");
    if (!missing.empty())
        return answer_unknown("it cannot be said whether a phone or modem is plugged in",
                              "无法判断是否接了手机或上网模块", std::move(missing));
    return answer_pass("no phone lends its connection, there is no modem", "没有手机共享网络，也没有上网模块");
}

Answered ask_past_networks(Machine const& machine) {
    Gathered found;
    for (Past const& past : machine.past_networks.items) {
        std::string const when = day_of(past), day = when.empty() ? when : " " + when;
        if (past.what == "apt") found.add("packages fetched by apt" + day, "曾用 apt 联网下载软件包" + day, past.proof);
        else found.add(past.what + day, past.proof);
    }
    if (!found.empty())
        return answer_fail("it was in networks before: " + found.en(), "以前连过网络：" + found.zh(), found.proofs());
    std::vector<Unseen> missing = missing_of(machine.past_networks, "traces of networks");
    if (!missing.empty())
        return answer_unknown("no trace of a network was seen, but not every place could be looked at",
                              "没有看到联网痕迹，但有些记录无法查看", std::move(missing));
    return answer_pass("no trace of a network that it was in", "没有连过网络的痕迹");
}

Answered ask_public_names(Machine const& machine) {
    Gathered found;
    bool any = false;
    for (Setting const& setting : machine.resolvers.items) {
        any = true;
        if (setting.name == "dns" && is_public_address(setting.value)) found.add("DNS " + setting.value, setting.proof);
        if (setting.name == "host") found.add("hosts: " + setting.value, setting.proof);
        if (setting.name == "time" && is_public_clock(setting.value))
            found.add("time: " + setting.value, "对时：" + setting.value, setting.proof);
    }
    if (!found.empty()) {
        return answer_fail("servers outside are asked for names or time: " + found.en(),
                           "会向外部服务器查询域名或时间：" + found.zh(), found.proofs());
    }
    std::vector<Unseen> missing = missing_of(machine.resolvers, "DNS settings");
    if (!missing.empty()) return answer_unknown("it cannot be said who answers for names", "无法判断域名由谁解析", std::move(missing));
    if (!any) return answer_pass("no server is asked for names", "没有设置域名服务器");
    return answer_pass("only servers of the own network are asked", "只使用内部网络的服务器");
}

}  // namespace keepmum
