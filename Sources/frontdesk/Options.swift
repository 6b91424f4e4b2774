import ArgumentParser
import Estate
import Foundation
import Journal

/// The options that every command takes.
struct DataOptions: ParsableArguments {
    @Option(help: "数据文件夹 · the data folder")
    var data: String?

    /// `--data`, else `$FRONTDESK_DATA`, else the user's data home.
    var folder: String {
        let environment = ProcessInfo.processInfo.environment
        func set(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let folder = data ?? set("FRONTDESK_DATA") { return folder }
        if let home = set("XDG_DATA_HOME") { return "\(home)/frontdesk" }
        // Foundation's idea of the home comes from the password file; a shell's `~` does not.
        return "\(set("HOME") ?? NSHomeDirectory())/.local/share/frontdesk"
    }

    /// Opens the estate, saying on standard error what the journal set aside or misses.
    func open(whole: Bool = true) throws -> Store {
        let store = try Store(at: folder, whole: whole)
        for notice in store.notices { complain("frontdesk: \(notice[.ofEnvironment()])") }
        return store
    }
}

extension Store {
    /// Says on standard error that the mirror lacks what was recorded just now.
    func complainOfMirror() {
        if let notice = mirrorNotice { complain("frontdesk: \(notice[.ofEnvironment()])") }
    }
}

/// Who acts.
struct StaffOptions: ParsableArguments {
    @Option(name: .customLong("as"), help: "工号 · the staff member who acts")
    var staff: String?
    @Option(name: .customLong("pin-file"), help: "密码从此文件读 · the file that the member's PIN is read from")
    var pinFile: String?

    /// `--as`, else `$FRONTDESK_STAFF`, else the only staff member there is; `nil` when none of these tells.
    func member(in estate: Estate) throws -> StaffMember? {
        let named = staff ?? ProcessInfo.processInfo.environment["FRONTDESK_STAFF"].flatMap { $0.isEmpty ? nil : $0 }
        if let named { return try estate.staff.named(named) }
        return estate.staff.members.count == 1 ? estate.staff.members.values.first : nil
    }

    func required(in estate: Estate) throws -> StaffMember {
        guard let member = try member(in: estate) else {
            throw Refusal.input(
                "staff.missing", "请用 --as 工号 说明是谁在操作（或设 FRONTDESK_STAFF）",
                en: "say who acts with --as (or FRONTDESK_STAFF)")
        }
        return member
    }

    /// The member who acts, with a PIN shown to be known if there is one to ask: what lacks it, the store refuses.
    func actor(in store: Store) throws -> StaffMember {
        let member = try required(in: store.estate)
        try signIn(member, in: store)
        return member
    }

    /// Signs the member in with the PIN from `--pin-file` or, where somebody sits at a terminal, as typed unseen.
    func signIn(_ member: StaffMember, in store: Store) throws {
        guard store.estate.staff.hasPIN(member.code) else { return }
        let words = Label("\(member.name) 的密码：", en: "PIN of \(member.name): ")
        if let pin = try PIN.given(in: pinFile, asking: words) { try store.signIn(member, pin: pin) }
    }
}

/// When it happened, or as of when.
struct TimeOptions: ParsableArguments {
    @Option(help: "时间，例 2026-11-23T16:10 · the time")
    var at: String?

    /// A date alone means its start where something is done and its end where something is shown.
    func moment(_ present: Present, dateMeansEnd: Bool) throws -> Moment? {
        try at.map { try Moment(typed: $0, present, dateMeansEnd: dateMeansEnd) }
    }
}

/// Reads `key=value` words.
func members(of pairs: [String]) throws -> [String: JSONValue] {
    var members: [String: JSONValue] = [:]
    for pair in pairs {
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
func say(_ line: String) { put(line + "\n") }

/// Writes text to standard output; where that fails, ends the program: what was done stays done.
func put(_ text: String) {
    do {
        try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
        let words = Label("无法写到标准输出；已经记录的仍然有效", en: "standard output cannot be written; what was recorded stands")
        Trouble(code: "output.failed", message: words[.ofEnvironment()], exitCode: 5).print(asJSON: false)
        exit(5)
    }
}

/// Writes a line to standard error, if there is anybody to read it.
func complain(_ line: String) { try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8)) }
