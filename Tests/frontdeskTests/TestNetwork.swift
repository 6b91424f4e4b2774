import Foundation
import Glibc

/// Machines with cables to a hub, as network namespaces of the kernel. Removed with the object. Needs root and iproute2.
final class TestNetwork {
    private struct Failed: Error { let words: [String] }

    private let name = "fd\(UInt16.random(in: 0 ... .max))"
    private let machines: [String]
    /// The namespace of the hub.
    var hub: String { "\(name)-hub" }

    static let isPossible: Bool = geteuid() == 0 && (try? TestNetwork([])) != nil
    static let missing = "network namespaces need root and iproute2"

    init(_ machines: [String]) throws {
        self.machines = machines
        for machine in ["hub"] + machines { try ip("netns", "add", "\(name)-\(machine)") }
        for (index, machine) in machines.enumerated() {
            let (here, there) = ("\(name)m\(index)", "\(name)h\(index)")
            try ip(
                "link", "add", here, "netns", "\(name)-\(machine)", "type", "veth", "peer", "name", there, "netns", hub)
            for (space, link, end) in [("\(name)-\(machine)", here, 2), (hub, there, 1)] {
                try ip("-n", space, "address", "add", "10.79.\(index).\(end)/24", "dev", link)
                try ip("-n", space, "link", "set", link, "up")
            }
        }
    }

    deinit { for machine in ["hub"] + machines { try? ip("netns", "delete", "\(name)-\(machine)") } }

    private func ip(_ words: String...) throws {
        let process = Process()
        (process.executableURL, process.arguments) = (URL(fileURLWithPath: "/sbin/ip"), words)
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw Failed(words: words) }
    }

    /// The words before those of a program that run it on a machine.
    func running(on machine: String) -> [String] { ["/sbin/ip", "netns", "exec", "\(name)-\(machine)"] }

    /// The hub's address at the end of a machine's cable.
    func hubAddress(of machine: String) -> String { "10.79.\(machines.firstIndex(of: machine) ?? 0).1" }

    /// Cuts a machine's cable, or mends it. Nobody is told: what is sent is lost.
    func set(_ machine: String, isCut: Bool) throws {
        let index = machines.firstIndex(of: machine) ?? 0
        try ip("-n", hub, "link", "set", "\(name)h\(index)", isCut ? "down" : "up")
    }
}
