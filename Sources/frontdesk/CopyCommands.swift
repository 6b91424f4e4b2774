import ArgumentParser
import Estate
import Foundation
import Journal

/// The parts of a copy besides the journal.
struct PartOptions: ParsableArguments {
    @Flag(name: .customLong("without-pins"), help: "不含密码文件 · leave the hashes of the PINs out")
    var withoutPINs = false
    @Flag(name: .customLong("without-handbook"), help: "不含本小区手册 · leave the estate's own handbook out")
    var withoutHandbook = false
    @Flag(name: .customLong("without-keys"), help: "不含个人信息的密钥 · leave the keys of sealed particulars out")
    var withoutKeys = false

    var parts: Set<CopyPart> {
        var parts = Set(CopyPart.allCases)
        if withoutPINs { parts.remove(.pins) }
        if withoutHandbook { parts.remove(.handbook) }
        if withoutKeys { parts.remove(.keys) }
        return parts
    }

    /// The particulars in a folder that cannot be opened, if the copy is to have their keys. Records nothing: a restored
    /// folder may still have to be compared with its former mirror.
    func unreadable(in folder: String) throws -> [UnreadableParticulars] {
        if withoutKeys { return [] }
        return try Store(at: folder, fullHistory: false, ownHandbook: false, readOnly: true).unreadableParticulars()
    }
}

/// `frontdesk backup`: copies the data folder while others write to it. Exits with 4 if the original is damaged, or has lost
/// keys that the copy should have.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "备份 · a consistent copy while others write")
    @Argument(
        help: "新文件夹；- 则以 tar 写到标准输出 · a new folder; - writes a tar archive to standard output", completion: .directory)
    var place: String
    @Flag(help: "错误以 JSON 输出 · errors as JSON")
    var json = false
    @OptionGroup var parts: PartOptions
    @OptionGroup var data: DataOptions

    func run() throws {
        let backup: Backup
        if place == "-" {
            backup = try Backup(of: data.folder, parts: parts.parts) { try BackupCommand.write($0) }
        } else {
            backup = try Backup(of: data.folder, to: place, parts: parts.parts)
        }
        let language = Language.ofEnvironment()
        let numbers = backup.lines.numbers
        let done =
            place == "-"
            ? Label("已写出 \(backup.files) 个文件：\(numbers)", en: "\(backup.files) files written: \(numbers)")
            : Label(
                "已备份并核对 \(place)：\(numbers)；\(backup.files) 个文件，\(backup.bytes) 字节",
                en: "\(place) is written and verified: \(numbers); \(backup.files) files, \(backup.bytes) bytes")
        // Standard output may be the archive.
        if place == "-" { printError(done[language]) } else { printLine(done[language]) }
        for (node, failure) in backup.failures.sorted(by: { $0.key < $1.key }) {
            printError(
                Label(
                    "读不到 \(node) 的日志，未备份：\(failure.reasonLabel.chinese)",
                    en: "the log of \(node) cannot be read, it is left out: \(failure.reasonLabel.english)")[
                        language])
        }
        for damage in backup.damages { printError("frontdesk: \(damage.label[language])") }
        // Of the original: what ended while it was copied has no key in the copy, rightly.
        let unreadable = try parts.unreadable(in: data.folder)
        for key in unreadable { printError("frontdesk: \(key.label[language])") }
        if !backup.damages.isEmpty || !backup.failures.isEmpty || !unreadable.isEmpty { throw ExitCode(4) }
    }

    /// Writes all bytes to standard output.
    private static func write(_ bytes: UnsafeRawBufferPointer) throws {
        var done = 0
        while done < bytes.count {
            let count = Foundation.write(STDOUT_FILENO, bytes.baseAddress.map { $0 + done }, bytes.count - done)
            if count < 0, errno == EINTR { continue }
            if count <= 0 {
                let words = Label("无法写到标准输出，备份不完整", en: "standard output cannot be written; the backup is not complete")
                throw ErrorReport(code: "output.failed", message: words[.ofEnvironment()], exitCode: 5)
            }
            done += count
        }
    }
}

/// `frontdesk restore`: makes a data folder of a backup. Exits with 4 if the source is damaged.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "恢复 · a data folder from a backup, its archive, a mirror or a copied folder")
    @Argument(help: "备份、tar 文件、镜像或复制的文件夹 · a backup, its archive, a mirror or a copied folder", completion: .file())
    var source: String
    @Argument(help: "新的数据文件夹 · the new data folder", completion: .directory)
    var place: String
    @Option(help: "今后的日志名；不写则接着编号（desk-2） · the node name from now on; else the next number")
    var node: String?
    @Flag(
        name: .customLong("keep-node"),
        help: "沿用原日志名；仅当原文件夹永不再用 · keep the node name: only if the original is never used again")
    var keepsNode = false
    @Flag(help: "错误以 JSON 输出 · errors as JSON")
    var json = false
    @OptionGroup var group: GroupOptions
    @OptionGroup var parts: PartOptions
    @OptionGroup var unused: UnusedOptions

    func run() throws {
        if node != nil, keepsNode {
            throw Refusal.input("usage", "--node 与 --keep-node 只能用一个", en: "--node and --keep-node exclude one another")
        }
        let name: Restore.Name = keepsNode ? .same : node.map { .named($0) } ?? .next
        let restored = try Restore(
            from: source, to: place, as: name, parts: parts.parts, group: group.group(above: place))
        let language = Language.ofEnvironment()
        printLine(
            Label(
                "已恢复并核对 \(place)：\(restored.lines.numbers)；今后以 \(restored.node) 记录，没有镜像",
                en:
                    "\(place) is restored and verified: \(restored.lines.numbers); it records as \(restored.node) and has no mirror"
            )[language])
        for file in restored.differing {
            printError(
                Label("与备份时不符或缺少：\(file)", en: "missing, or not as it was backed up: \(file)")[language])
        }
        for damage in restored.damages { printError("frontdesk: \(damage.label[language])") }
        // A mirror has no keys, and a backup may have been made without: nothing is wrong with either.
        for key in try parts.unreadable(in: place) { printError("frontdesk: \(key.label[language])") }
        if !restored.damages.isEmpty || !restored.differing.isEmpty { throw ExitCode(4) }
    }
}

extension [String: Int] {
    /// `desk 1–42 · gate 1–7`
    fileprivate var numbers: String {
        sorted { $0.key < $1.key }.map { $0.value > 0 ? "\($0.key) \((1...$0.value).numbers)" : $0.key }
            .joined(separator: " · ")
    }
}
