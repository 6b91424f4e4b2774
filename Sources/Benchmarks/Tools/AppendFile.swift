import Glibc

/// A system call that failed.
struct SystemFailure: Error, CustomStringConvertible {
    let description: String

    /// - Parameter number: The error number, for calls that return it instead of setting `errno`.
    init(_ call: String, _ number: Int32 = errno) { description = "\(call): \(String(cString: strerror(number)))" }
}

/// A file to which bytes are appended with `write` and `fdatasync`: the lower bound of a durable append.
final class AppendFile {
    private let file: Int32

    init(at path: String) throws {
        file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        if file < 0 { throw SystemFailure("open") }
    }

    deinit { close(file) }

    func append(_ bytes: [UInt8]) throws {
        guard write(file, bytes, bytes.count) == bytes.count else { throw SystemFailure("write") }
        guard fdatasync(file) == 0 else { throw SystemFailure("fdatasync") }
    }
}
