import Foundation
import Testing
import TestServer

extension ProgramInTerminal {
    @Suite(
        "A gate's night without its hub, on two consoles",
        .enabled(if: Tmux.isInstalled, "tmux is not installed"),
        .enabled(if: PostgresServer.programs != nil, "\(PostgresServer.missing)"))
    struct OfflineNightTests {
        @Test("registers, lets out and hands over in the night; in the morning both consoles show the same")
        func night() throws {
            let machines = try TwoMachines()
            let (desk, gate) = (machines.desk, machines.gate)
            try gate.do("shift.open post=门岗 staff=S03")
            let (office, post) = (Tmux(desk), Tmux(gate))
            try office.console("a", "--as S02")
            try post.console("a", "--as S03")
            let watch = GuardConsole(post, "a")
            try watch.expect("中心库 已同步")
            try watch.arrive("赵一")
            try office.expect("中心库 已同步")
            #expect(try eventually { try TwoMachines.shows("赵一", at: desk) })

            machines.server.kill()
            try watch.expect("中心库 断开")
            for name in ["钱二", "孙三"] { try watch.arrive(name) }
            try watch.leave("赵一")
            try watch.handOver(to: "陈接待", people: 2)
            try watch.expect("待传")
            // The office takes a request meanwhile, and lets out a visitor who has left by the gate.
            try office.expect("中心库 断开")
            try desk.do("request.open class=repair.minor unit=3-2-502 text=水管漏水 --as S02")
            let visit = try #require(desk.show("gate").first { $0["name"].text == "赵一" }?["id"].text)
            try desk.do("visitor.leave visit=\(visit) --as S03")
            #expect(try !TwoMachines.shows("钱二", at: desk))

            try machines.server.start()
            try office.expectLater("中心库 已同步")
            try watch.expectLater("中心库 已同步")
            for home in [desk, gate] { #expect(try TwoMachines.shows("孙三", at: home)) }
            #expect(try gate.show("requests").contains { $0["text"].text == "水管漏水" })
            #expect(try gate.show("conflicts").map { $0["kind"].text } == ["visitor.left"])
            try machines.expectAgreement()
        }
    }
}

extension Tmux {
    /// Waits until a window shows a text that may take a minute: the hub is tried again after longer and longer pauses.
    func expectLater(_ text: String, in window: String = "a") throws {
        #expect(try eventually(within: 120) { try screen(window).contains(text) }, "no \(text)")
    }
}

extension GuardConsole {
    func expectLater(_ text: String) throws { try tmux.expectLater(text, in: window) }
}
