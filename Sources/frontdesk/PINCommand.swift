import ArgumentParser
import Estate
import Foundation

/// `frontdesk pin`: sets, changes or removes the member's own PIN.
struct PINCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin", abstract: "设置自己的密码 · set, change or remove one's own PIN")
    @Option(name: .customLong("new-pin-file"), help: "新密码从此文件读 · the file that the new PIN is read from")
    var newPINFile: String?
    @Flag(help: "不再要密码 · have no PIN any more") var remove = false
    @Flag(help: "错误以 JSON 输出 · errors as JSON") var json = false
    @OptionGroup var data: DataOptions
    @OptionGroup var staff: StaffOptions

    func run() throws {
        let store = try data.open()
        let member = try staff.required(in: store.estate)
        let current =
            store.estate.staff.hasPIN(member.code)
            ? try PIN.read(from: staff.pinFile, prompt: Label("现在的密码：", en: "present PIN: ")) : nil
        printLine(try store.setPIN(of: member, to: remove ? nil : try newPIN(), current: current).json())
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
    /// Reads a PIN from a file's first line or, without a file, from the terminal without echo.
    ///
    /// `nil` if there is neither. Throws `Refusal` `staff.pinFile` or `staff.pinMalformed`.
    static func read(from file: String?, prompt: Label) throws -> PIN? {
        if let file {
            guard let handle = FileHandle(forReadingAtPath: file), let bytes = try? handle.read(upToCount: 64) else {
                throw Refusal.input("staff.pinFile", "读不到密码文件：\(file)", en: "the PIN file cannot be read: \(file)")
            }
            let text = String(decoding: bytes, as: UTF8.self)
            return try PIN(typed: String(text.prefix { !$0.isNewline }))
        }
        guard isatty(STDIN_FILENO) == 1, let typed = getpass(prompt[.ofEnvironment()]) else { return nil }
        defer { memset(typed, 0, strlen(typed)) }
        return try PIN(typed: String(cString: typed))
    }
}
