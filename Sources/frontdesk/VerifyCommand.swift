import ArgumentParser
import Estate
import Foundation
import Handbook
import Journal

/// `frontdesk verify`: checks the whole journal and its mirror, and that it still has the lines that codes on paper name;
/// `--repair` restores each copy from the other. Exits with 4 if damage remains or a code does not fit, with 5 if the log
/// of another node could not be read.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "核对日志 · check the whole journal, and its mirror")
    @Flag(help: "JSON") var json = false
    @Flag(help: "用镜像修复（两份互补，绝不猜测） · mend the log and its mirror from one another, never guessing")
    var repair = false
    @Option(
        help: ArgumentHelp("单据页脚的核对码，可写几次 · the code under a printed document; may be repeated", valueName: "SEQ:HASH"))
    var against: [String] = []
    @Option(
        name: .customLong("public-key"),
        help: "公钥：只认有签名的核对码 · the public key: every code has to be signed with its key")
    var publicKey: String?
    @OptionGroup var data: DataOptions
    @OptionGroup var staff: StaffOptions
    @OptionGroup var time: TimeOptions

    func run() throws {
        let key = try publicKey.map(VerifyCommand.publicKey)
        let seals = try against.map { try VerifyCommand.seal($0, signedBy: key) }
        if repair {
            for done in try Journal.repair(folder: data.folder) where !json { printLine(done.label[.ofEnvironment()]) }
        }
        let found = try Verification(of: data.folder, against: seals)
        let store = try store()
        if found.damages.contains(where: { $0.copy == .primary }) { store.removeCheckpoint() }
        let unreadable = try store.unreadableParticulars()
        if json {
            printLine(found.json(unreadable))
        } else {
            found.lines(unreadable, in: data.folder, isRepaired: repair, .ofEnvironment()).forEach(printLine)
        }
        if !found.damages.isEmpty || !unreadable.isEmpty { throw ExitCode(4) }
        if !found.nodeFailures.isEmpty { throw ExitCode(5) }
    }

    private static func publicKey(_ text: String) throws -> SealPublicKey {
        guard let key = SealPublicKey(text) else {
            throw Refusal.input(
                "verify.publicKey", "不是公钥（64 位十六进制）", en: "this is no public key (64 hexadecimal digits)")
        }
        return key
    }

    /// With a key, nobody can put an unsigned code in the place of a signed one.
    private static func seal(_ text: String, signedBy key: SealPublicKey?) throws -> HeadSeal {
        if let signed = SignedSeal(text) {
            guard let key else {
                throw Refusal.input(
                    "verify.keyMissing", "这个核对码有签名：请用 --public-key 给出公钥",
                    en: "this code is signed: give the public key with --public-key")
            }
            if signed.isSigned(by: key) { return signed.seal }
            throw Refusal.rule(
                "verify.signature", "签名不符：核对码被改过，或不是用这把密钥签的；记录没有核对",
                en: "the signature does not fit: the code was changed, or signed with another key; nothing was checked")
        }
        if key != nil {
            throw Refusal.input(
                "verify.unsigned", "核对码没有签名，或不完整：\(text)", en: "the code is not signed, or not complete: \(text)")
        }
        guard let seal = HeadSeal(text) else {
            throw Refusal.input(
                "verify.code", "不是核对码：\(text)（例 1234:3f2a-91bc-77e0-15d4）",
                en: "this is no code: \(text) (such as 1234:3f2a-91bc-77e0-15d4)")
        }
        return seal
    }

    /// The estate. A handbook that is no good is told, and keeps nothing from being verified.
    private func store() throws -> Store {
        do { return try Store(at: data.folder, fullHistory: false) } catch let error as HandbookError {
            ErrorReport(error, language: .ofEnvironment())?.print(asJSON: false)
            return try Store(at: data.folder, fullHistory: false, ownHandbook: false)
        }
    }
}

/// `frontdesk mirror`: sets, ends or shows the second copy of the journal.
struct MirrorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mirror", abstract: "日志镜像 · keep a second copy of the journal in another folder")
    @Argument(help: "镜像文件夹；不写则显示现状 · the folder; none shows what there is", completion: .directory)
    var folder: String?
    @Flag(help: "停用镜像 · keep no mirror from now on")
    var off = false
    @Flag(
        help: "数据搬到别的磁盘或恢复后，接着用原日志名和原镜像 · the folder was moved or restored: keep its node and its mirror")
    var adopt = false
    @OptionGroup var data: DataOptions

    func run() throws {
        if adopt {
            let adoption = try Journal.adopt(data.folder, mirror: folder)
            adoption.labels.forEach { printLine($0[.ofEnvironment()]) }
            if adoption.repairs.contains(where: { $0.outcome == .conflict }) { throw ExitCode(4) }
        } else if off {
            try Journal.setMirror(of: data.folder, to: nil)
        } else if let folder {
            try Journal.setMirror(of: data.folder, to: folder)
        }
        let journal = try Journal(at: data.folder, readOnly: true)
        // The mirror of a copy is its original's.
        let mirror = journal.isCopy ? nil : try Journal.mirrorFolder(of: data.folder)
        printLine(
            (mirror.map { Label("镜像：\($0)", en: "the mirror is \($0)") } ?? Label("没有镜像", en: "there is no mirror"))[
                .ofEnvironment()])
    }
}
