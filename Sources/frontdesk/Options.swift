import ArgumentParser
import Estate
import Foundation
import Journal
import Screen

/// The option for the data folder.
struct DataOptions: ParsableArguments {
    @Option(help: "数据文件夹 · the data folder", completion: .directory)
    var data: String?

    /// `--data`, else `$FRONTDESK_DATA`, else `frontdesk` in the user's data home (XDG).
    var folder: String {
        if let folder = data ?? EnvironmentVariable.data.value { return folder }
        if let home = EnvironmentVariable.dataHome.value { return "\(home)/frontdesk" }
        // NSHomeDirectory reads the password file; a shell's `~` is $HOME.
        return "\(EnvironmentVariable.home.value ?? NSHomeDirectory())/.local/share/frontdesk"
    }

    /// Opens the estate and prints notices about damage in the journal on standard error.
    func open(fullHistory: Bool = true) throws -> Store {
        let store = try Store(at: folder, fullHistory: fullHistory)
        store.printNotices()
        return store
    }

    /// Opens the estate at its checkpoint and calls `body`, which reads the whole history only where it has to. Then
    /// prints the notices about what else was read, warns if the mirror lags, and leaves a checkpoint for the next
    /// start, unless the journal is damaged.
    func openQuickly(_ body: (Store) throws -> Void) throws {
        let store = try open(fullHistory: false)
        let notices = store.notices + store.nodeNotices
        defer {
            store.printNotices(besides: notices)
            store.awaitMirror()
            store.warnAboutMirror()
            store.leaveCheckpoint()
        }
        try body(store)
    }
}

extension Store {
    /// Prints notices about damage in the journal on standard error.
    fileprivate func printNotices(besides known: [Label] = []) {
        for notice in notices + nodeNotices where !known.contains(notice) {
            printError("frontdesk: \(notice[.ofEnvironment()])")
        }
    }

    /// Warns on standard error if the mirror lacks the latest records.
    func warnAboutMirror() {
        if let notice = mirrorNotice { printError("frontdesk: \(notice[.ofEnvironment()])") }
    }
}

/// The options for the acting staff member.
struct StaffOptions: ParsableArguments {
    @Option(name: .customLong("as"), help: "工号 · the staff member who acts")
    var staff: String?
    @Option(
        name: .customLong("pin-file"), help: "密码从此文件读 · the file that the member's PIN is read from",
        completion: .file())
    var pinFile: String?

    /// `--as`, else `$FRONTDESK_STAFF`, else the only staff member; `nil` if there are several. Throws
    /// `Refusal` `staff.unknown` or `staff.left`.
    func member(in estate: Estate) throws -> StaffMember? {
        if let named { return try estate.staff.working(named) }
        let present = estate.staff.present
        return present.count == 1 ? present[0] : nil
    }

    /// The member who reads a view; `nil` if nobody is named, whose restricted columns are empty. A member who is named
    /// for these, and the reader of a restricted view, must sign in. In any other view, one who has a PIN and did not give it
    /// counts as nobody. Throws `Refusal`, among them `staff.missing` and `staff.pinRequired`.
    func reader<V: View>(of view: V.Type, in store: Store) throws -> StaffMember? {
        guard view.isRestricted || view.hasRestrictedColumns && named != nil else {
            guard let member = try member(in: store.estate) else { return nil }
            if pinFile != nil { try signIn(member, in: store) }
            return (try? store.requireSignIn(of: member)) == nil ? nil : member
        }
        let member = try actor(in: store)
        try store.requireSignIn(of: member)
        return member
    }

    private var named: String? { staff ?? EnvironmentVariable.staff.value }

    /// The acting member. Throws `Refusal` `staff.missing`.
    func required(in estate: Estate) throws -> StaffMember {
        guard let member = try member(in: estate) else {
            throw Refusal.input(
                "staff.missing", "请用 --as 工号 说明是谁在操作（或设 FRONTDESK_STAFF）",
                en: "say who acts with --as (or FRONTDESK_STAFF)")
        }
        return member
    }

    /// The acting member, signed in if a PIN is set and can be read. Otherwise the store refuses the action.
    func actor(in store: Store) throws -> StaffMember {
        let member = try required(in: store.estate)
        try signIn(member, in: store)
        return member
    }

    /// Signs a member with a PIN in, reading the PIN from `--pin-file` or from the terminal without echo.
    func signIn(_ member: StaffMember, in store: Store) throws {
        guard store.estate.staff.hasPIN(member.code) else {
            if let refusal = store.estate.staff.pinNeeded(by: member) { throw refusal }
            return
        }
        let words = Label("\(member.name) 的密码：", en: "PIN of \(member.name): ")
        if let pin = try PIN.read(from: pinFile, prompt: words) { try store.signIn(member, pin: pin) }
    }
}

/// The option for the time of an event, or the time as of which to show the state.
struct TimeOptions: ParsableArguments {
    @Option(help: "时间，例 2026-11-23T16:10 · the time")
    var at: String?

    /// The time of `--at`; `nil` without it. A date without time means its end if `dateMeansEnd` (`show`), else its
    /// start (`do`).
    func moment(_ present: Present, dateMeansEnd: Bool) throws -> Moment? {
        try at.map { try Moment(typed: $0, present.ofPast, dateMeansEnd: dateMeansEnd) }
    }
}

/// The options that every command accepts, for commands that need none of them.
struct UnusedOptions: ParsableArguments {
    @OptionGroup var data: DataOptions
    @OptionGroup var staff: StaffOptions
    @OptionGroup var time: TimeOptions
}

/// Parses `key=value` arguments; `@FILE` stands for those in a file. Throws `Refusal` `pair.malformed`, `pair.double` or
/// `pair.file`.
func members(of pairs: [String]) throws -> [String: JSONValue] {
    var members: [String: JSONValue] = [:]
    for pair in try pairs.flatMap(pairs(of:)) {
        guard let sign = pair.firstIndex(of: "="), sign != pair.startIndex else {
            throw Refusal.input("pair.malformed", "“\(pair)”不是 字段=值", en: "“\(pair)” is not key=value")
        }
        let key = String(pair[..<sign])
        if members[key] != nil { throw Refusal.input("pair.double", "字段重复：\(key)", en: "\(key) is given twice") }
        members[key] = .string(String(pair[pair.index(after: sign)...]))
    }
    return members
}

/// Writes a line to standard output.
func printLine(_ line: String) { printText(line + "\n") }

/// The arguments that one stands for: itself, or of `@FILE` the lines of the file, of `@-` those of standard input.
///
/// All accounts of a machine see the arguments of a running program, so that names and numbers are better in a file.
private func pairs(of argument: String) throws -> [String] {
    /// In bytes, more than the fields of an action can have.
    let most = 1 << 20
    guard argument.hasPrefix("@") else { return [argument] }
    let path = String(argument.dropFirst())
    let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
    guard let handle, let bytes = try? handle.read(upToCount: most + 1) ?? Data(), bytes.count <= most,
        let text = String(data: bytes, encoding: .utf8)
    else {
        throw Refusal.input(
            "pair.file", "读不到字段文件：\(path)（每行一个 字段=值，UTF-8）",
            en: "the file of fields cannot be read: \(path) (key=value, one a line, UTF-8)")
    }
    return text.split(whereSeparator: \.isNewline).map(String.init)
}

/// Writes text to standard output, control characters as signs. If that fails, exits with 5; recorded facts remain.
func printText(_ text: String) { printBytes(Array(text.withoutControls.utf8)) }

/// Writes bytes to standard output, as ``printText(_:)`` does.
func printBytes(_ bytes: [UInt8]) {
    do {
        try FileHandle.standardOutput.write(contentsOf: Data(bytes))
    } catch {
        let words = Label("无法写到标准输出；已经记录的仍然有效", en: "standard output cannot be written; what was recorded stands")
        ErrorReport(code: "output.failed", message: words[.ofEnvironment()], exitCode: 5).print(asJSON: false)
        exit(5)
    }
}

/// Writes a line to standard error, control characters as signs; failures are ignored.
func printError(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data((line.withoutControls + "\n").utf8))
}

extension String {
    /// The text with all control characters but line ends and tabs replaced by signs: a name in a file, or of one, must
    /// not command a terminal, also when the output is shown later. JSON and CSV have none.
    var withoutControls: String {
        // Most texts have none. The controls above U+007F begin with the byte C2.
        if utf8.allSatisfy({ 0x20..<0x7F ~= $0 || $0 > 0x7F && $0 != 0xC2 || $0 == 0x0A }) { return self }
        return reduce(into: "") { text, character in
            let isShown =
                ["\n", "\r\n", "\t"].contains(character)
                || character.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
            text += isShown ? String(character) : VisibleText.visible(String(character))
        }
    }
}
