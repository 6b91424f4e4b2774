import Estate
import Foundation
import Journal

/// A task measured in a process of its own, so that its peak memory is not affected by others. It prints its ``Result``.
enum Worker: String {
    /// Opens an estate.
    case open
    /// Decodes every line with `JSONDecoder`.
    case decode
    /// Hashes every line, the lower bound of a verification.
    case hash

    static let flag = "--worker"

    struct Result: Codable {
        let seconds: Double
        /// Peak resident memory in bytes (`VmHWM`).
        let peak: Int
    }

    /// Runs a task in this process.
    ///
    /// - Parameter arguments: The name of the task and the estate's folder.
    static func run(_ arguments: [String]) throws {
        guard arguments.count == 2, let worker = Worker(rawValue: arguments[0]) else {
            throw UsageError("there is no such worker")
        }
        let folder = EstateFolder(path: arguments[1])
        var store: Store?
        let seconds = try time {
            switch worker {
            case .open: store = try Store(at: folder.path)
            case .decode: try Decoding.decode(folder)
            case .hash: try folder.eachLine { _ = Digest(of: $0) }
            }
        }
        let outcome = try withExtendedLifetime(store) { Result(seconds: seconds, peak: try peak()) }
        print(String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self))
    }

    /// Runs the task in a child process.
    func measured(on folder: EstateFolder) throws -> Result {
        try JSONDecoder().decode(Result.self, from: Program.worker([rawValue, folder.path]).output())
    }

    private static func peak() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) * 1024
    }
}

extension EstateFolder {
    /// Calls `body` with each line of the journal, without its newline.
    func eachLine(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        for segment in try segments {
            let data = try Data(contentsOf: URL(fileURLWithPath: segment), options: .alwaysMapped)
            _ = try data.withUnsafeBytes { bytes in try bytes.eachLine { line, _ in try body(line) } }
        }
    }
}
