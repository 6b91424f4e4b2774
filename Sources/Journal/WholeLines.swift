import Glibc

extension UnsafeRawBufferPointer {
    /// Shows every whole line, without its newline, with the place where it begins; returns how many bytes those lines are,
    /// newlines included.
    @discardableResult
    public func eachLine(_ body: (UnsafeRawBufferPointer, _ place: Int) throws -> Void) rethrows -> Int {
        var start = 0
        while start < count, let base = baseAddress, let newline = memchr(base + start, 0x0A, count - start) {
            let end = UnsafeRawPointer(newline) - base
            try body(UnsafeRawBufferPointer(rebasing: self[start..<end]), start)
            start = end + 1
        }
        return start
    }
}
