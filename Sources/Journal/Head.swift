import Glibc

/// The head file: the last acknowledged line's sequence number and hash, in two slots written in turn, each with a check.
///
/// It is not synced: it tells of lost lines after anything but a power cut, and after that it is merely old.
struct Head {
    var sequence = 0
    var hash = Digest.zero
    /// The slot that the next write goes to.
    private var slot = 0

    private static let slotSize = 64

    /// Reads the newer of the two valid slots; the zero head when there is none.
    init(reading file: Int32, from disk: any Disk) throws {
        let slots = try disk.bytes(of: file, from: 0, count: 2 * Head.slotSize)
        slots.withUnsafeBytes { take($0) }
    }

    private mutating func take(_ slots: UnsafeRawBufferPointer) {
        for candidate in 0..<2 where (candidate + 1) * Head.slotSize <= slots.count {
            let start = candidate * Head.slotSize
            let bytes = UnsafeRawBufferPointer(rebasing: slots[start..<start + Head.slotSize])
            let check = Digest(of: UnsafeRawBufferPointer(rebasing: bytes[..<40]))
            guard check.bytes.prefix(24).elementsEqual(bytes[40..<64]) else { continue }
            let sequence = Int(Int64(littleEndian: bytes.loadUnaligned(as: Int64.self)))
            if sequence >= self.sequence {
                self.sequence = sequence
                hash = Digest(raw: UnsafeRawBufferPointer(rebasing: bytes[8..<40]))
                slot = 1 - candidate
            }
        }
    }

    mutating func write(sequence: Int, hash: Digest, to file: Int32, on disk: any Disk) throws {
        var bytes = withUnsafeBytes(of: Int64(sequence).littleEndian) { Array($0) } + hash.bytes
        let check = bytes.withUnsafeBytes { Digest(of: $0) }
        bytes += check.bytes.prefix(24)
        try bytes.withUnsafeBytes { try disk.write($0, to: file, at: slot * Head.slotSize) }
        (self.sequence, self.hash, slot) = (sequence, hash, 1 - slot)
    }
}
