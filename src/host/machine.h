// What is known of one computer: plain facts, each with the line that shows it. Readers (host/linux, host/windows,
// host/apple, host/android, host/osquery) fill this in from a snapshot; checks judge it and know no operating system.
//
// A list that is empty means "there is none" only where the place that would name one was read. What could not be
// read is said in `unseen`, so that a check answers unknown and names what is missing: absent is not denied.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace keepmum {

// Where a fact stands in the snapshot, and the line (or value) there. Keys and tokens were blotted when it was collected.
struct Proof {
    std::string path;  // "/proc/net/route", "cmd/nl80211.json", "HKLM\\…"
    std::string line;  // at most 200 bytes, valid UTF-8
    friend bool operator==(Proof const&, Proof const&) = default;
};

// Why nothing is known there.
enum class Blank : std::uint8_t {
    denied,     // it is there, the collector had no right to read it
    damaged,    // it was read and is not what it ought to be
    uncollected // this kind of snapshot does not hold it
};

struct Unseen {
    std::string path;  // what is missing
    Blank why = Blank::uncollected;
    friend bool operator==(Unseen const&, Unseen const&) = default;
};

// A list of facts and what of it could not be seen.
template <class T>
struct Known {
    std::vector<T> items;
    std::vector<Unseen> unseen;
    bool looked = false;  // a reader looked where these facts would stand, and could read at least one such place
};

struct Route {
    std::string destination;  // "0.0.0.0/0", "::/0"
    std::string gateway;      // "" where there is none
    std::string interface;
    bool everywhere = false;  // a default route
    Proof proof;
};

struct Address {
    std::string interface, address;  // address in its usual print
    unsigned prefix = 0;
    bool global = false;  // reachable from the public network as it stands (no RFC 1918, link-local, ULA, loopback)
    Proof proof;
};

enum class Link : std::uint8_t { wired, wireless, mobile, tethered, tunnel, bridge, virtual_, loopback };

struct Interface {
    std::string name, driver;
    Link link = Link::wired;
    bool up = false, carrier = false;
    Proof proof;
};

// IEEE 802.11; what protects the air.
enum class AirCipher : std::uint8_t { unknown, open, owe, wep, wpa1, wpa2, wpa3, enterprise, wapi };  // WAPI: GB 15629.11

struct Radio {           // an adapter for Wi-Fi, Bluetooth, mobile networks, near-field
    enum class Kind : std::uint8_t { wifi, bluetooth, mobile, other } kind = Kind::wifi;
    std::string name;    // "phy0", "hci0"
    std::string maker;   // id or driver
    bool on = false;     // switched on and not blocked
    std::optional<bool> discoverable;
    Proof proof;
};

struct Network {         // a Wi-Fi network: one in use, or one that is kept
    std::string ssid;
    AirCipher cipher = AirCipher::unknown;
    bool in_use = false, joins_itself = false, we_are_host = false;  // hotspot
    Proof proof;
};

struct Paired {          // a Bluetooth device that is known here
    std::string name, address;
    std::uint32_t device_class = 0;  // Bluetooth Assigned Numbers, Class of Device; 0 = not known
    bool trusted = false, connected = false;
    Proof proof;
};

struct UsbInterface {
    unsigned number = 0, device_class = 0, subclass = 0, protocol = 0;  // USB-IF class codes; HID 3, keyboard 1, mouse 2
};

struct UsbDevice {
    unsigned vendor = 0, product = 0, release = 0;  // idVendor, idProduct, bcdDevice
    std::string maker, name, serial;
    std::vector<UsbInterface> interfaces;
    bool removable_disk = false;
    Proof proof;
};

struct Past {            // a removable medium or a network that was here once
    std::string what;    // name for people
    std::string serial;
    std::string first, last;  // ISO 8601, "" where not known
    std::vector<std::string> files;  // that were opened from it, as far as this is kept
    Proof proof;
};

// A program that a row of packs/host/programs.toml names.
struct Program {
    std::string id;      // of that row: "dropbox"
    std::string kind;    // sync, chat, remote, tunnel, proxy, …
    std::string en, zh;  // its name
    bool installed = false, starts_itself = false, running = false, listening = false, connected = false;
    Proof proof;
};

struct SyncedFolder {    // what a sync or chat program carries away, or takes in
    std::string program;  // id as above
    std::string path, account;
    Proof proof;
};

struct Listener {
    std::string protocol, address;
    unsigned port = 0;
    bool outside = false;  // not bound to loopback
    Proof proof;
};

// A switch of the system. Names, and what their value is:
//   forwarding.ipv4, forwarding.ipv6: "0", "1" · bridge.NAME: its interfaces, blanks between
//   usb.authorized_default: "0", "1", "2" (one a controller) · usb.guard: what happens to a device that no rule names:
//   "allow", "block", "reject" · usb.module.usb-storage, usb.module.uas: "disabled", "blacklisted" (not enough alone)
//   usb.rule: a udev rule that refuses devices · hid.bluetooth: name of a keyboard or mouse by Bluetooth, in use
//   location.service: "enabled", "on demand", "masked" · location.enabled: "true", "false" · location.program: who may ask
//   proxy.environment, proxy.apt, proxy.desktop, proxy.browser: the address
//   tunnel.interface, tunnel.wireguard, tunnel.openvpn, tunnel.networkmanager: its name · tunnel.program: its service
//   remote.desktop, remote.login: "on", "off" · usb.debugging: "0", "1" (Android) · firewall.NAME: "on", "off"
//   core.pattern: where memory of a program that crashed goes · hibernation.resume: the device
struct Setting {
    std::string name, value;
    Proof proof;
};

struct Share {
    std::string kind, path, name;  // kind: smb, nfs, webdav, dlna, …
    bool open_to_all = false;      // no name or password asked
    Proof proof;
};

struct Sensor {          // camera or microphone
    enum class Kind : std::uint8_t { camera, microphone } kind = Kind::camera;
    std::string name;
    std::optional<bool> in_use;
    std::vector<std::string> allowed;  // programs that may use it, where this is kept
    Proof proof;
};

struct Volume {          // where data lies at rest
    std::string name;    // "sda2", "C:"
    std::string use;     // "/", "swap", "hibernation"
    std::optional<bool> encrypted;
    bool removable = false;
    Proof proof;
};

struct Printer {
    std::string name, address;
    bool over_network = false;
    Proof proof;
};

struct Account {         // for journeys: who can log in here, with what
    std::string name;
    bool may_administer = false, can_log_in = true;
    Proof proof;
};

struct Credential {      // a public key or certificate that is trusted here; never a secret one
    std::string kind;    // "ssh", "ca", "client"
    std::string name, fingerprint;
    Proof proof;
};

struct Service {
    std::string name;
    bool enabled = false;
    Proof proof;
};

struct Machine {
    std::string system;  // "linux", "windows", "macos", "android"
    std::string version;  // as it names itself
    std::string taken;   // ISO 8601: when the snapshot was made, "" where not known

    Known<Route> routes;
    Known<Address> addresses;
    Known<Interface> interfaces;
    Known<Setting> resolvers;        // name: "dns", "host"
    Known<Past> past_networks;
    Known<Radio> radios;
    Known<Network> networks;
    Known<Paired> paired;
    Known<UsbDevice> usb;
    Known<UsbDevice> removable;      // media plugged in now
    Known<Past> past_media;
    Known<Setting> settings;         // forwarding, USB policy, location, core dumps, proxies, tunnels, …
    Known<Program> programs;
    Known<SyncedFolder> folders;
    Known<Listener> listeners;
    Known<Share> shares;
    Known<Sensor> sensors;
    Known<Volume> volumes;
    Known<Printer> printers;
    Known<Account> accounts;
    Known<Credential> credentials;
    Known<Service> services;
};

}  // namespace keepmum
