import Glibc

extension UnsafeRawBufferPointer {
    /// Calls `body` with each complete line, without its newline, and the offset of its first byte.
    ///
    /// - Returns: The length of these lines in bytes, newlines included.
    @discardableResult
    public func eachLine(_ body: (UnsafeRawBufferPointer, _ offset: Int) throws -> Void) rethrows -> Int {
        var start = 0
        while start < count, let base = baseAddress, let newline = memchr(base + start, 0x0A, count - start) {
            let end = UnsafeRawPointer(newline) - base
            try body(UnsafeRawBufferPointer(rebasing: self[start..<end]), start)
            start = end + 1
        }
        return start
    }
}
