import Estate
import Foundation
import Journal

/// What is measured in a process of its own, so that nothing else has touched its memory: it prints an ``Report``.
enum Chore: String {
    /// Opens an estate, and no more.
    case open
    /// Decodes every line as a program without a reader of its own would.
    case decode
    /// Hashes every line, and no more: what verifying costs at the very least.
    case hash

    static let flag = "--chore"

    struct Report: Codable {
        let seconds: Double
        /// The highest number of bytes in memory at a time (`VmHWM`).
        let peak: Int
    }

    /// Does a chore, by name and folder.
    static func run(_ arguments: [String]) throws {
        guard arguments.count == 2, let chore = Chore(rawValue: arguments[0]) else {
            throw Misuse("there is no such chore")
        }
        let folder = EstateFolder(path: arguments[1])
        var store: Store?
        let seconds = try time {
            switch chore {
            case .open: store = try Store(at: folder.path)
            case .decode: try Decoding.decode(folder)
            case .hash: try folder.eachLine { _ = Digest(of: $0) }
            }
        }
        let outcome = try withExtendedLifetime(store) { Report(seconds: seconds, peak: try peak()) }
        print(String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self))
    }

    /// Has a chore done by a child process.
    func measured(on folder: EstateFolder) throws -> Report {
        try JSONDecoder().decode(Report.self, from: Program.chore([rawValue, folder.path]).output())
    }

    private static func peak() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) * 1024
    }
}

extension EstateFolder {
    /// Shows every line of the journal, without its newline.
    func eachLine(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        for segment in try segments {
            let data = try Data(contentsOf: URL(fileURLWithPath: segment), options: .alwaysMapped)
            _ = try data.withUnsafeBytes { bytes in try bytes.eachLine { line, _ in try body(line) } }
        }
    }
}
