import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct KeyTableTests {
    private func keys(of name: String, _ table: KeyTable) throws -> [String] {
        table.keys(of: try #require(Command.all.first { $0.name == name })).map(\.description)
    }

    private func problems(_ text: String) -> [String] { KeyTable(reading: text).problems.map(\.label.chinese) }

    @Test func aLineSetsTheKeysOfACommand() throws {
        let table = KeyTable(
            reading: """
                \u{FEFF}# my keys
                gate.leave = enter, f17   # both

                  fees.dun=F16\r
                zoom = Ctrl-W,ｚ
                """)
        #expect(table.problems == [])
        #expect(try keys(of: "gate.leave", table) == ["Enter", "F17"])
        #expect(try keys(of: "fees.dun", table) == ["F16"])
        #expect(try keys(of: "zoom", table) == ["Ctrl-W", "z"])
        #expect(try keys(of: "gate.unknown", table) == ["Ctrl-U"], "what is left out stays")
    }

    @Test func faultyLinesAreReportedByNumber() throws {
        let text = """
            gate.leaf = Enter
            gate.leave = Enter, Hyper-Q
            fees.dun
            fees.dun = Ctrl-I, Up, 张
            requests.complete = Enter
            requests.complete = Ctrl-X
            gate.unknown = F18
            lock = q
            help =
            """
        #expect(
            problems(text) == [
                "第 1 行 gate.leaf：没有这个命令", "第 2 行 gate.leave：没有“Hyper-Q”这个键", "第 3 行 fees.dun：不是“命令 = 键, 键”",
                "第 4 行 fees.dun：Ctrl-I：终端分不出它和 Tab", "第 4 行 fees.dun：Up：这个键留作移动和返回",
                "第 4 行 fees.dun：张：文字不能作按键", "第 6 行 requests.complete：第 5 行已经写过",
                "第 8 行 lock：q：输入时要用这个键", "第 9 行 help：没有写按键",
            ])
        let table = KeyTable(reading: text)
        #expect(try keys(of: "gate.leave", table) == ["Enter"])
        #expect(try keys(of: "fees.dun", table) == ["Ctrl-R"], "a line of which nothing holds changes nothing")
        #expect(try keys(of: "gate.unknown", table) == ["F18"])
    }

    /// A default key that the file leaves alone wins over a line of the file, and an earlier line over a later one.
    @Test func aKeyMeansOneThingInEachPane() throws {
        #expect(problems("gate.leave = Enter, Ctrl-L") == ["第 1 行 gate.leave：Ctrl-L 已用于 redraw"])
        #expect(problems("gate.leave = F16\ngate.unknown = F16") == ["第 2 行 gate.unknown：F16 已用于 gate.leave"])
        #expect(problems("gate.leave = F16\nfees.dun = F16") == [], "two panes may use one key")
        #expect(problems("gate.leave = Ctrl-U\ngate.unknown = Enter") == [], "two may change places")
        let lost = "gate.leave = Ctrl-L\ngate.unknown = Enter"
        #expect(
            problems(lost) == ["第 1 行 gate.leave：Ctrl-L 已用于 redraw", "第 2 行 gate.unknown：Enter 已用于 gate.leave"])
        #expect(try keys(of: "gate.leave", KeyTable(reading: lost)) == ["Enter"])
        #expect(try keys(of: "gate.unknown", KeyTable(reading: lost)) == ["Ctrl-U"])
        #expect(problems("redraw = Ctrl-R") == ["第 1 行 redraw：Ctrl-R 已用于 calls.putonghua"])
        let table = KeyTable(reading: "gate.leave = F16\ngate.unknown = F16, F17")
        #expect(try keys(of: "gate.unknown", table) == ["F17"])
    }

    @Test(arguments: [Language.chinese, .english]) func theTableCanBeReadAsAKeyFile(language: Language) throws {
        let table = KeyTable(reading: "gate.leave = F16, Enter")
        let text = table.text(language)
        let again = KeyTable(reading: text)
        #expect(again.problems == [])
        for command in Command.all {
            #expect(again.keys(of: command) == table.keys(of: command), "\(command.name)")
            #expect(text.contains("# \(command.label[language])"))
            #expect(text.contains(command.doc[language]))
        }
        #expect(text.hasChinese == (language == .chinese))
    }

    @Test func everyNameBelongsToOneCommand() {
        let names = Command.all.map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test func aKeyOfTheFileShowsInFooterAndHelp() throws {
        let console = try ConsoleDriver(as: "马门岗", keys: KeyTable(reading: "gate.leave = F16\nzoom = F17"))
        try console.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        _ = console.controller.catchUp()
        #expect(console.lines[35].contains("F16 离场"))
        let before = console.screen
        console.press("Enter", "F12")
        #expect(console.screen == before)
        console.press("F16")
        console.expect("张三（3-2-501）现在离场？")
        console.press("Esc", "F1")
        console.type("离场")
        console.expect("现在离场", near: "F16")
    }

    @Test func faultsOfTheKeyFileShowAtTheStart() throws {
        for member in [nil, "马门岗"] {
            let console = try ConsoleDriver(as: member, keys: KeyTable(reading: "gate.leaf = F16\ngate.leave = Ctrl-L"))
            console.expect("按键文件有误")
            console.expect("第 1 行 gate.leaf：没有这个命令")
            console.expect("第 2 行 gate.leave：Ctrl-L 已用于 redraw")
            console.press("Esc")
            console.expectNot("按键文件有误")
            #expect(console.sees("请选择您是谁") == (member == nil))
        }
    }
}
