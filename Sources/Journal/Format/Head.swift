import Glibc

/// The HEAD file: sequence number and hash of the last acknowledged line.
///
/// Two slots of 64 bytes are written in turn, so a torn write leaves the other one: number (8 bytes, little-endian),
/// hash (32), and the first 24 bytes of the SHA-256 of both. The valid slot with the higher number counts. HEAD is not
/// synced and is written after the log is (J1): it may be stale after a power cut, never ahead. If the log ends before
/// it, acknowledged lines are lost.
struct Head {
    var sequence = 0
    var hash = Digest.zero
    /// The slot for the next write, 0 or 1.
    private var slot = 0

    private static let slotSize = 64

    /// Reads HEAD; `sequence` is 0 when no slot is valid.
    init(reading file: Int32, from disk: any Disk) throws {
        let slots = try disk.bytes(of: file, from: 0, count: 2 * Head.slotSize)
        slots.withUnsafeBytes { decode($0) }
    }

    private mutating func decode(_ slots: UnsafeRawBufferPointer) {
        for candidate in 0..<2 where (candidate + 1) * Head.slotSize <= slots.count {
            let start = candidate * Head.slotSize
            let bytes = UnsafeRawBufferPointer(rebasing: slots[start..<start + Head.slotSize])
            let checksum = Digest(of: UnsafeRawBufferPointer(rebasing: bytes[..<40]))
            guard checksum.bytes.prefix(24).elementsEqual(bytes[40..<64]) else { continue }
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
        let checksum = bytes.withUnsafeBytes { Digest(of: $0) }
        bytes += checksum.bytes.prefix(24)
        try bytes.withUnsafeBytes { try disk.write($0, to: file, at: slot * Head.slotSize) }
        (self.sequence, self.hash, slot) = (sequence, hash, 1 - slot)
    }
}
