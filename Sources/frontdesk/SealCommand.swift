import ArgumentParser
import Estate
import Foundation
import Journal

/// `frontdesk seal`: prints the code of the last record, signed with a key that lies outside the data folder; `--new-key`
/// makes such a key. Exits with 4 and signs nothing if the journal is damaged.
struct SealCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal", abstract: "给记录签名，日后可核对 · sign the last record's code, to be compared later")
    @Option(help: "密钥文件，放在数据文件夹以外 · the file of the key, outside the data folder", completion: .file())
    var key: String
    @Flag(name: .customLong("new-key"), help: "新建密钥文件，给出公钥 · make the file, and print the public key")
    var newKey = false
    @Flag(help: "JSON") var json = false
    @OptionGroup var unused: UnusedOptions

    func run() throws {
        let folder = unused.data.folder
        do {
            if newKey {
                let text = try SealKey.create(at: key, outside: folder).publicKey.text
                printLine(json ? JSONWriter.object { $0.member("publicKey", text) } : text)
            } else {
                let text = try SealKey(at: key, outside: folder).sign(try head(of: folder)).text
                printLine(json ? JSONWriter.object { $0.member("seal", text) } : text)
            }
        } catch let error as SealKeyError { throw error.refusal }
    }

    private static let damaged = Label(
        "日志有损坏，没有签名；请先 frontdesk verify", en: "the journal is damaged and was not signed: see frontdesk verify")

    private func head(of folder: String) throws -> HeadSeal {
        let journal = try Journal(at: folder, readOnly: true)
        let seal = try journal.acknowledgedSeal()
        if !journal.damages.isEmpty {
            journal.damages.forEach { printError("frontdesk: \($0.label[.ofEnvironment()])") }
            throw ErrorReport(
                code: "seal.damaged",
                message: SealCommand.damaged[.ofEnvironment()], exitCode: ExitStatus.damaged.rawValue)
        }
        guard let seal else { throw Refusal.rule("seal.empty", "还没有记录可签", en: "there is no record to sign yet") }
        return seal
    }
}

extension SealKeyError {
    fileprivate var refusal: Refusal {
        switch self {
        case .exists(let path):
            .input("seal.exists", "已有这个文件，没有改动：\(path)", en: "there is such a file, which was left alone: \(path)")
        case .missing(let path):
            .input(
                "seal.missing", "没有密钥文件：\(path)（用 --new-key 新建）", en: "there is no key \(path) (--new-key makes one)")
        case .malformed(let path):
            .input("seal.malformed", "不是密钥文件，或不完整：\(path)", en: "this is no key, or not all of it: \(path)")
        case .inside(let path, let folder):
            .input(
                "seal.inside", "密钥要放在数据和镜像以外，能改数据的人才拿不到：\(path) 在 \(folder) 里面",
                en: "the key has to lie away from those who may write the data: \(path) is in \(folder)")
        case .exposed(let path):
            .input(
                "seal.exposed", "密钥文件别人也能读写，请先 chmod 600：\(path)",
                en: "others may read or write the key, chmod 600 it first: \(path)")
        }
    }
}
