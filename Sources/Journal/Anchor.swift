import Glibc

/// A line that was read in another run: where it ends, and what it was. If it stands there still, so does all before it,
/// for its hash is made over the hashes of all those lines.
struct Anchor: Equatable, Sendable {
    let segment: String
    /// Behind the line's newline.
    let offset: Int
    let sequence: Int
    let hash: Digest

    /// Whether the line that ends here in an open segment proves itself and is the same: one read, as lines go.
    func holds(in file: Int32, of nodeText: [UInt8], on disk: any Disk) throws -> Bool {
        guard offset > 0 else { return false }
        var count = min(offset, 16 << 10)
        while true {
            let bytes = try disk.bytes(of: file, from: offset - count, count: count)
            guard bytes.count == count, bytes.last == UInt8(ascii: "\n") else { return false }
            let line = bytes.dropLast()
            if let newline = line.lastIndex(of: UInt8(ascii: "\n")) {
                return line[(newline + 1)...].withUnsafeBytes { isLine($0, nodeText) }
            }
            if count == offset { return line.withUnsafeBytes { isLine($0, nodeText) } }
            count = min(offset, count * 16)
        }
    }

    private func isLine(_ bytes: UnsafeRawBufferPointer, _ nodeText: [UInt8]) -> Bool {
        guard let line = Line(proving: bytes) else { return false }
        return line.isOf(nodeText) && line.sequence == sequence && line.hash == hash
    }
}
