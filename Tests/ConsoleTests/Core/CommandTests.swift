import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct CommandTests {
    static let windows = Windows.all.map(\.name)
    static let panes = Windows.all.flatMap(\.tabs).map(\.pane.name)

    private func commands(of pane: String) throws -> [Command] {
        try #require(Windows.all.flatMap(\.tabs).first { $0.pane.name == pane }).pane.commands + Command.global
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

    /// An input method swallows letters and signs. A window without a key is reached by the palette, and so are an import
    /// and what a manager does on a person's request.
    @Test(arguments: panes) func everyCommandHasAKeyThatIsNoLetter(pane: String) throws {
        let rare = [
            "import", Command.eraseParticulars.name, Command.holdParticulars.name, Command.staffPIN.name,
        ]
        let keyless = Set(Self.windows).subtracting(Windows.order(for: nil)).map { "focus.\($0)" } + rare
        for command in try commands(of: pane) where !keyless.contains(command.name) {
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

    /// Each key of a command does its work or shows the reason why it cannot.
    @Test(arguments: panes) func aCommandThatCannotBeDoneSaysWhyOnItsKey(pane: String) throws {
        let console = try ConsoleDriver(as: "钱科长")
        for command in try commands(of: pane) where command.name.hasPrefix(pane) {
            console.show(pane)
            console.expectNothingRecorded {
                for key in command.keys {
                    let before = console.lines
                    let reason = command.disabledReason(console.controller.session, console.controller.context)
                    console.controller.send(.key(key))
                    let after = console.lines
                    if let reason {
                        #expect(after[0].contains(reason.chinese), "\(command.name) on \(key) gives no reason")
                        #expect(after.dropFirst() == before.dropFirst(), "\(command.name) on \(key) does more")
                    } else {
                        #expect(after != before, "\(command.name) on \(key) does nothing")
                    }
                    console.press("Esc", "Esc")
                    console.estate.clock.pass(seconds: 60)
                    _ = console.controller.catchUp()
                }
            }
        }
    }

    /// Tab goes through the windows on the role's keys.
    @Test(arguments: Role.allCases) func tabReachesEveryWindowOnAKey(role: Role) throws {
        let order = Windows.order(for: role)
        let console = try ConsoleDriver(as: TestEstate.member(role), size: Size(width: 80, height: 24))
        var seen: Set<String> = []
        for _ in order {
            console.press("Tab")
            seen.insert(console.controller.session.focus)
        }
        #expect(seen == Set(order))
        let there = console.screen
        console.press("Tab", "Shift-Tab")
        #expect(console.screen == there)
    }

    @Test func everyRoleStartsAtItsOwnWork() {
        for role in Role.allCases {
            let arrangement = Windows.arrangement(for: role)
            #expect(CommandTests.windows.contains(arrangement.first))
            #expect(Set(arrangement.panes).count == arrangement.panes.count)
            #expect(Set(arrangement.panes).isSubset(of: CommandTests.windows))
        }
    }

    /// What a role may not do is not hinted at, not even faintly, in any pane.
    @Test(arguments: Role.allCases) func hintsAreOfWhatTheRoleMayDo(role: Role) throws {
        let console = try ConsoleDriver(as: TestEstate.member(role), size: Size(width: 160, height: 45))
        let context = console.controller.context
        let refusals = Set(Estate.actions.compactMap { context.disabledReason($0)?.chinese })
        for window in Windows.visible(to: role) {
            for tab in window.tabs {
                console.show(tab.pane.name)
                let (session, context) = (console.controller.session, console.controller.context)
                let hints = Set(session.hints(context).map(\.key))
                for command in session.focusedWindow.commands + Command.global {
                    guard let key = context.keys.firstKey(of: command.name), hints.contains(key),
                        let why = command.disabledReason(session, context)
                    else { continue }
                    #expect(!refusals.contains(why.chinese), "\(role) \(tab.pane.name) \(command.name): \(why.chinese)")
                }
            }
        }
    }

    @Test func aGuardReadsNoKeysThatAreRefused() throws {
        let console = try ConsoleDriver(as: "马门岗", size: Size(width: 80, height: 24))
        console.open("calls")
        for words in ["来电响铃", "拨出"] { console.expectNot(words) }
        console.signIn("王芳")
        console.open("calls")
        console.expect("来电响铃", near: "拨出")
    }
}

extension String {
    /// Whether there is any Chinese character in it.
    var hasChinese: Bool { unicodeScalars.contains { $0.properties.isIdeographic } }
}
