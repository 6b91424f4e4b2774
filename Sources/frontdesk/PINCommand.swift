import ArgumentParser
import Estate
import Foundation

/// `frontdesk pin`: sets, changes or removes the member's own PIN, or sets that of another.
struct PINCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin", abstract: "设置密码 · set, change or remove one's own PIN; a manager also sets that of others")
    @Option(name: .customLong("new-pin-file"), help: "新密码从此文件读 · the file that the new PIN is read from")
    var newPINFile: String?
    @Option(help: "经理为这位员工设置 · a manager sets the PIN of this member")
    var of: String?
    @Flag(help: "不再要密码 · have no PIN any more") var remove = false
    @Flag(help: "经理凭恢复码重设自己的密码 · a manager sets their PIN by the recovery code") var recover = false
    @Option(name: .customLong("code-file"), help: "恢复码从此文件读 · the file that the recovery code is read from")
    var codeFile: String?
    @Flag(name: .customLong("new-code"), help: "同时换一个恢复码 · also make a new recovery code") var newCode = false
    @Flag(help: "错误以 JSON 输出 · errors as JSON") var json = false
    @OptionGroup var data: DataOptions
    @OptionGroup var staff: StaffOptions

    func validate() throws {
        if [remove, recover, of != nil].count(where: { $0 }) > 1 || newCode && (remove || of != nil) {
            throw ValidationError(
                "--of, --remove, --recover：只能用一个 · one of them only; --new-code：只与自己的密码同用 · with one's own PIN only")
        }
    }

    func run() throws {
        let store = try data.open()
        let member = try staff.required(in: store.estate)
        let change = try change(of: member, in: store)
        printLine(change.receipt.json(recovery: change.code?.text))
        if change.code != nil {
            printError(
                Label(
                    "recovery 是恢复码，只显示这一次：请抄在纸上锁好。经理忘记密码或密码文件丢失时，用 frontdesk pin --recover 重设。",
                    en:
                        "recovery is the recovery code, shown this once: write it down and lock it away. It sets a manager's PIN (frontdesk pin --recover) when that is forgotten or its file is lost."
                )[.ofEnvironment()])
        }
    }

    private func change(of member: StaffMember, in store: Store) throws -> PINChange {
        if recover { return try store.recover(member, by: try code(), pin: try newPIN()) }
        if let of {
            let other = try store.estate.staff.working(of)
            if other.code != member.code {
                try staff.signIn(member, in: store)
                return try store.setPIN(of: other, to: try newPIN(), by: member)
            }
        }
        if let refusal = store.estate.staff.firstPINRefusal(of: member) { throw refusal }
        let current =
            store.estate.staff.hasPIN(member.code)
            ? try PIN.read(from: staff.pinFile, prompt: Label("现在的密码：", en: "present PIN: ")) : nil
        return try store.setPIN(
            of: member, to: remove ? nil : try newPIN(), current: current, wantsCode: newCode)
    }

    private func code() throws -> RecoveryCode {
        guard let text = try SecretLine.read(from: codeFile, prompt: Label("恢复码：", en: "recovery code: ")) else {
            throw Refusal.input(
                "staff.codeMissing", "没有终端可问：请用 --code-file 给出恢复码",
                en: "there is no terminal to ask at: give the code with --code-file")
        }
        return try RecoveryCode(typed: text)
    }

    private func newPIN() throws -> PIN {
        guard let pin = try PIN.read(from: newPINFile, prompt: Label("新密码（4–12 位数字）：", en: "new PIN (4-12 digits): "))
        else {
            throw Refusal.input(
                "staff.pinMissing", "没有终端可问：请用 --new-pin-file 给出新密码",
                en: "there is no terminal to ask at: give the new PIN with --new-pin-file")
        }
        if newPINFile == nil, try PIN.read(from: nil, prompt: Label("再输一次：", en: "once more: ")) != pin {
            throw Refusal.input("staff.pinDiffers", "两次输入不同，密码未变", en: "the two differ; nothing was changed")
        }
        return pin
    }
}

extension PIN {
    /// Reads a PIN as ``SecretLine`` does; `nil` if there is neither file nor terminal. Throws `Refusal` `staff.pinFile`
    /// or `staff.pinMalformed`.
    static func read(from file: String?, prompt: Label) throws -> PIN? {
        try SecretLine.read(from: file, prompt: prompt).map { try PIN(typed: $0) }
    }
}

/// A PIN or a recovery code that is given to a command.
private enum SecretLine {
    /// Reads a file's first line or, without a file, a line from the terminal without echo.
    ///
    /// `nil` if there is neither. Throws `Refusal` `staff.pinFile`.
    static func read(from file: String?, prompt: Label) throws -> String? {
        if let file {
            guard let handle = FileHandle(forReadingAtPath: file), let bytes = try? handle.read(upToCount: 64) else {
                throw Refusal.input("staff.pinFile", "读不到密码文件：\(file)", en: "the PIN file cannot be read: \(file)")
            }
            return String(String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline })
        }
        guard isatty(STDIN_FILENO) == 1, let typed = getpass(prompt[.ofEnvironment()]) else { return nil }
        defer { memset(typed, 0, strlen(typed)) }
        return String(cString: typed)
    }
}
