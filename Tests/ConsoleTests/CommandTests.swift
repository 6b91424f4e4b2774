import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct CommandTests {
    static let panes = Command.panes.map(\.name)

    private func commands(of pane: String) throws -> [Command] {
        try #require(Command.panes.first { $0.name == pane }).commands + Command.global
    }

    @Test(arguments: panes) func noKeyMeansTwoThings(pane: String) throws {
        var owners: [Key: String] = [:]
        for command in try commands(of: pane) {
            for key in command.keys {
                #expect(owners[key] == nil, "\(key) is \(owners[key] ?? "") and \(command.name)")
                owners[key] = command.name
            }
        }
    }

    @Test(arguments: panes) func namesAreUnique(pane: String) throws {
        let names = try commands(of: pane).map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: panes) func everyCommandSpeaksBothLanguages(pane: String) throws {
        for command in try commands(of: pane) {
            for label in [command.label, command.doc] {
                #expect(label.chinese.hasChinese, "\(command.name): \(label.chinese)")
                #expect(!label.english.isEmpty)
                #expect(!label.english.hasChinese, "\(command.name): \(label.english)")
            }
        }
    }

    /// An input method swallows letters and signs.
    @Test(arguments: panes) func everyCommandHasAKeyThatIsNoLetter(pane: String) throws {
        for command in try commands(of: pane) {
            let isReachable = command.keys.contains { if case .character = $0 { false } else { true } }
            #expect(isReachable, "\(command.name): \(command.keys)")
        }
    }

    @Test(arguments: panes) func keysAreTypedAsTheyAreNamed(pane: String) throws {
        for key in try commands(of: pane).flatMap(\.keys) {
            #expect(Key(key.description) == key)
            #expect(key.commandEquivalent == key, "full-width keys are never declared")
        }
    }

    @Test(arguments: panes.filter { $0 != "calls" }) func movingKeysAreLeftToTheList(pane: String) throws {
        let moving: [Key] = [.up, .down, .pageUp, .pageDown, .home, .end, .escape, .character("j"), .character("k")]
        for command in try commands(of: pane) {
            #expect(Set(moving).isDisjoint(with: command.keys), "\(command.name): \(command.keys)")
        }
    }

    /// Whatever a key does, the command's own reason or its work is what comes of it.
    @Test(arguments: panes) func aCommandThatCannotBeDoneSaysWhyOnItsKey(pane: String) throws {
        let desk = try Script(as: "钱科长")
        let index = try #require(CommandTests.panes.firstIndex(of: pane))
        for command in try commands(of: pane) where command.name.hasPrefix(pane) {
            desk.press("F\(index + 2)")
            desk.expectNothingRecorded {
                for key in command.keys {
                    let before = desk.screen
                    desk.desk.send(.key(key))
                    #expect(desk.screen != before, "\(command.name) on \(key) says nothing")
                    desk.press("Esc", "Esc")
                    desk.estate.clock.pass(seconds: 60)
                    _ = desk.desk.catchUp()
                }
            }
        }
    }

    @Test func everyPaneIsReachedByItsKeyAndByTab() throws {
        let desk = try Script(as: "赵经理", size: Size(width: 80, height: 24))
        for (index, pane) in Command.panes.enumerated() {
            desk.press("F\(index + 2)")
            desk.expect("F\(index + 2) \(pane.label.chinese)")
        }
        var seen: Set<String> = []
        for _ in Command.panes {
            desk.press("Tab")
            seen.insert(desk.lines[2])
        }
        #expect(seen.count == Command.panes.count)
        let there = desk.screen
        desk.press("Tab", "Shift-Tab")
        #expect(desk.screen == there)
    }

    @Test func everyRoleStartsAtItsOwnWork() {
        for role in Role.allCases {
            let arrangement = Arrangement.of(role)
            #expect(CommandTests.panes.contains(arrangement.first))
            #expect(Set(arrangement.panes).count == arrangement.panes.count)
            #expect(Set(arrangement.panes).isSubset(of: CommandTests.panes))
        }
    }
}

extension String {
    /// Whether there is any Chinese character in it.
    var hasChinese: Bool { unicodeScalars.contains { $0.properties.isIdeographic } }
}
