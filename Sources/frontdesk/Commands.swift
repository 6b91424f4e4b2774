import ArgumentParser
import Demo
import Estate
import Foundation
import Hub
import Journal

/// `frontdesk`: opens the console.
struct ConsoleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console", abstract: "打开控制台 · the console on the data folder")
    @OptionGroup var data: DataOptions
    @OptionGroup var staff: StaffOptions
    @OptionGroup var screen: ScreenOptions

    func run() throws {
        let store = try Store(at: data.folder, fullHistory: false)
        let member = try staff.member(in: store.estate)
        // Without a PIN file the console asks for the PIN.
        if let member, staff.pinFile != nil { try staff.signIn(member, in: store) }
        // It works beside the console, which ends with the program.
        let follower = HubFollower(of: data.folder)
        follower.start()
        defer { follower.stop(within: 1) }
        try screen.open(store, as: member)
    }
}

/// `frontdesk demo`: generates a sample estate with a year of data and opens the console on it.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "示例小区 · a made-up estate filled with a year of life")
    @Option(help: "种子：同一种子、同一天，同样的小区 · the same seed on the same day makes the same estate")
    var seed: UInt64 = 1
    @Flag(name: .customLong("no-console"), help: "只生成数据 · only fill the folder")
    var noConsole = false
    @OptionGroup var data: DataOptions
    @OptionGroup var staff: StaffOptions
    @OptionGroup var screen: ScreenOptions

    func run() throws {
        if !noConsole { try screen.check() }
        let chosen = data.data
        let folder = try chosen ?? temporaryFolder()
        defer { if chosen == nil, !noConsole { try? FileManager.default.removeItem(atPath: folder) } }
        if !noConsole {
            printError(Label("正在生成示例小区…", en: "making the demo estate…")[.ofEnvironment()])
        }
        try Demo.fill(at: folder, seed: seed, now: .now())
        if noConsole { return printLine(folder) }
        let store = try Store(at: folder)
        try screen.open(store, as: try staff.member(in: store.estate))
    }

    private func temporaryFolder() throws -> String {
        let parent = FileManager.default.temporaryDirectory.path
        var template = Array("\(parent)/frontdesk-demo-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw JournalError.disk(DiskFailure(call: "mkdtemp", path: parent, number: errno))
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// `frontdesk init`: creates an empty estate.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "建立小区 · make a new, empty estate")
    @Option(help: "小区名 · the estate's name")
    var name: String
    @Option(help: "首位员工 工号:姓名:岗位 · the first staff member, NUMBER:NAME:ROLE")
    var staff: [String]
    @Option(help: "本机日志名 · the name of this machine's log")
    var node = "desk"
    @Option(help: "时区 · the estate's time zone")
    var zone = Zone.shanghai.name
    @Option(
        help: "镜像文件夹，最好在另一块磁盘 · keep a second copy of the journal there, best on another disk",
        completion: .directory)
    var mirror: String?
    @OptionGroup var group: GroupOptions
    @OptionGroup var data: DataOptions

    func run() throws {
        let members = try staff.map(parse)
        guard members.first?.role == .manager else {
            throw Refusal.input("init.staff", "首位员工须是经理（manager）", en: "the first staff member must be a manager")
        }
        guard Set(members.map(\.code)).count == members.count else {
            throw Refusal.input("init.staff", "工号重复", en: "a staff number is there twice")
        }
        guard let zone = Zone(zone) else {
            throw Refusal.input("init.zone", "没有这个时区：\(self.zone)", en: "there is no time zone \(self.zone)")
        }
        guard !node.isEmpty, node.utf8.count < 64,
            node.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
        else {
            throw Refusal.input("init.node", "本机日志名只用字母、数字和 - _", en: "a log's name has letters, digits, - and _ only")
        }
        let name = try String(text: name, zone: zone)
        let group = try group.group(above: data.folder)
        let before = try JournalError.wrap { try FolderBefore(data.folder) }
        _ = try Store.found(at: data.folder, name: name, node: node, zone: zone, staff: members, group: group)
        if let mirror {
            do { try Journal.setMirror(of: data.folder, to: mirror) } catch {
                before.restore()
                throw error
            }
        }
        printLine(Language.ofEnvironment() == .chinese ? "已建立 \(name)：\(data.folder)" : "\(name) is in \(data.folder)")
    }

    private func parse(_ text: String) throws -> StaffMember {
        let parts = text.split(whereSeparator: { ":：".contains($0) }).map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 3, !parts.contains(""), !parts[0].contains(where: { ",，、 ".contains($0) }) else {
            throw Refusal.input("init.staff", "“\(text)”不是 工号:姓名:岗位", en: "“\(text)” is not NUMBER:NAME:ROLE")
        }
        return StaffMember(code: parts[0], name: parts[1], role: try Role(text: parts[2], zone: .shanghai))
    }
}
