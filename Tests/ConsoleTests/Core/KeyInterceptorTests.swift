import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// Keys that a terminal, a multiplexer or an input method takes before the console sees them.
@Suite struct KeyInterceptorTests {
    /// The environments in which one of the programs is there, by the program's English name.
    static let environments: [String: [String: String]] = [
        "GNOME Terminal, Xfce Terminal": ["VTE_VERSION": "7600"], "Konsole": ["KONSOLE_VERSION": "230805"],
        "Windows Terminal": ["WT_SESSION": "x"], "tmux": ["TMUX": "/tmp/tmux"], "screen": ["STY": "1.pts"],
        "input methods": [:],
    ]

    @Test(arguments: environments.keys) func theEnvironmentTellsWhatIsTaken(name: String) throws {
        let environment = try #require(KeyInterceptorTests.environments[name])
        let interceptor = try #require(KeyInterceptor.all.first { $0.name.english == name })
        #expect(interceptor.keys.isSubset(of: KeyInterceptor.taken(in: environment)))
        let others = KeyInterceptor.all.filter { $0.name.english != name && $0.name.english != "input methods" }
        #expect(others.allSatisfy { !$0.isPresent(environment) })
    }

    @Test func overSSHTheTerminalMayBeAny() {
        #expect(
            KeyInterceptor.taken(in: ["SSH_CONNECTION": "a"]).isSuperset(of: [
                .function(1), .function(11), .control("v"),
            ]))
        #expect(!KeyInterceptor.taken(in: ["SSH_CONNECTION": "a", "VTE_VERSION": "1"]).contains(.control("v")))
    }

    /// In each environment, for each role, every command has a key that arrives, and it runs that command.
    @Test(arguments: KeyInterceptor.all.map(\.name.english), Role.allCases)
    func everyCommandHasAKeyThatIsNotTaken(name: String, role: Role) throws {
        let interceptor = try #require(KeyInterceptor.all.first { $0.name.english == name })
        let list = interceptor.keys.map(\.description).joined(separator: ",")
        let table = KeyTable(reading: "taken = \(list)").serving(role)
        #expect(table.problems == [])
        let console = try ConsoleDriver(as: TestEstate.member(role), keys: KeyTable(reading: "taken = \(list)"))
        for window in Windows.all {
            for tab in window.tabs {
                let commands = tab.commands + Command.global
                for command in commands where !table.keys(of: command).isEmpty {
                    let key = try #require(table.names(of: command).first.flatMap { Key($0) })
                    #expect(!interceptor.keys.contains(key), "\(name), \(command.name): \(key)")
                    let meant = commands.first { table.keys(of: $0).contains(key) }
                    #expect((meant ?? command).name == command.name, "\(key) is \(meant?.name ?? "")")
                }
            }
        }
        #expect(console.controller.session.command(on: .function(13), console.controller.context)?.name == "help")
    }

    @Test func aHintShowsAKeyThatArrives() throws {
        let table = KeyTable().reached(in: ["VTE_VERSION": "7600"])
        let console = try ConsoleDriver(as: "马门岗", keys: table)
        #expect(console.lines[35].contains("Shift-F1 帮助") && console.lines[35].contains("Ctrl-Q 退出"))
        #expect(!console.lines[35].contains(" F1 ") && !console.lines[35].contains("F10"))
        console.press("Shift-F1")
        console.expect("帮助 · 门岗")
        console.type("用语")
        console.expect("用语", near: "Shift-F11")
        console.press("Esc", "Shift-F11")
        console.expect("中文或拼音，类别亦可")
    }

    /// The keys inside a form have second ones, too: Ctrl-S is flow control on some lines.
    @Test func aFormIsSentByTheSecondKey() throws {
        let console = try ConsoleDriver(as: "马门岗", keys: KeyTable(reading: "taken = Ctrl-S"))
        console.press("F8")
        #expect(console.lines[35].contains("Alt-S 提交"))
        console.fill("姓名", "张三")
        console.fill("房号/被访人", "3-2-501")
        console.fill("事由", "快递")
        console.press("Alt-s")
        #expect(console.store.estate.gate.visits.count == 1)
    }

    /// A key that the user's file gives to a command is not also the second key of another.
    @Test func theKeyFileComesBeforeSecondKeys() throws {
        let table = KeyTable(reading: "gate.leave = Enter, F13\ntaken = F1")
        let console = try ConsoleDriver(as: "马门岗", keys: table)
        console.press("F13")
        console.expectNot("帮助 · 门岗")
    }

    @Test func aKeyThatIsNoKeyIsReported() {
        #expect(
            KeyTable(reading: "taken = Ctrl-S, Hyper").problems.map(\.label.chinese) == ["第 1 行 taken：没有“Hyper”这个键"])
    }

    /// The manual's table names each program in both languages, its keys, and for each one a key that works there.
    @Test func theTableInTheManualIsThatOfTheCommands() throws {
        let root = URL(fileURLWithPath: #filePath).pathComponents.prefix { $0 != "Tests" }.joined(separator: "/")
        let manual = try String(
            contentsOfFile: "\(root)/Sources/frontdesk/frontdesk.docc/Console.md", encoding: .utf8)
        let rows = manual.split(separator: "\n").filter { $0.hasPrefix("|") }
        for interceptor in KeyInterceptor.all {
            let (chinese, english) = (interceptor.name.chinese, interceptor.name.english)
            let name = chinese == english ? english : "\(english) · \(chinese)"
            let row = try #require(rows.first { $0.hasPrefix("| \(name) |") }, "\(name)")
            let cells = row.split(separator: "|").map { cell in
                cell.split(separator: "`").compactMap { Key(String($0)) }.filter { $0 != .character(" ") }
            }
            #expect(Set(cells[1]) == interceptor.keys, "\(row)")
            let table = KeyTable(reading: "taken = \(interceptor.keys.map(\.description).joined(separator: ","))")
            let commands = Command.all.filter { !Set(table.keys(of: $0)).isDisjoint(with: interceptor.keys) }
            let keys = commands.compactMap { table.names(of: $0).first }.compactMap { Key($0) }
            #expect(Set(keys).isSubset(of: cells[2]), "\(row): \(keys)")
        }
    }
}
