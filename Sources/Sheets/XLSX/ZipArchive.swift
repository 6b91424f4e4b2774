import CZlib

/// A zip archive in memory: what its central directory lists, inflated on demand within `Limits`.
struct ZipArchive {
    private struct Entry {
        let isEncrypted: Bool
        let method: Int
        let checksum: UInt32
        let compressed, inflated: Int
        /// Where its local header stands.
        let offset: Int
    }

    private let bytes: [UInt8]
    /// By name, in small letters and with `/` between folders, as OPC compares them.
    private var entries: [String: Entry] = [:]
    /// The bytes that may still be inflated.
    private var budget: Int

    /// Throws ``SheetError``.
    init(_ bytes: [UInt8], _ limits: Limits = Limits()) throws {
        (self.bytes, budget) = (bytes, limits.inflated)
        let (count, start) = try directory()
        if count > limits.entries { throw SheetError.tooLarge }
        var place = start
        for _ in 0..<count { try readEntry(at: &place) }
    }

    private static let malformed = SheetError.malformed(part: "zip")

    /// A little-endian number of up to eight bytes.
    private func number(at place: Int, _ count: Int) throws -> Int {
        guard place >= 0, place <= bytes.count - count else { throw ZipArchive.malformed }
        var value: UInt64 = 0
        for index in 0..<count { value |= UInt64(bytes[place + index]) << (8 * index) }
        guard let number = Int(exactly: value) else { throw ZipArchive.malformed }
        return number
    }

    private func has(_ signature: Int, at place: Int) -> Bool { (try? number(at: place, 4)) == signature }

    /// The number of entries and the place of the central directory, from its end record, which is searched for from
    /// the end of the file.
    private func directory() throws -> (count: Int, place: Int) {
        let longestComment = 0xFFFF
        var end = bytes.count - 22
        while end >= 0, !has(0x0605_4B50, at: end) {
            end -= 1
            if bytes.count - 22 - end > longestComment { end = -1 }
        }
        if end < 0 { throw ZipArchive.malformed }
        let (count, place) = (try number(at: end + 10, 2), try number(at: end + 16, 4))
        if count == 0xFFFF || place == 0xFFFF_FFFF, has(0x0706_4B50, at: end - 20) {
            let record = try number(at: end - 12, 8)
            guard has(0x0606_4B50, at: record) else { throw ZipArchive.malformed }
            return (try number(at: record + 32, 8), try number(at: record + 48, 8))
        }
        return (count, place)
    }

    private mutating func readEntry(at place: inout Int) throws {
        guard has(0x0201_4B50, at: place) else { throw ZipArchive.malformed }
        let (nameLength, extraLength) = (try number(at: place + 28, 2), try number(at: place + 30, 2))
        let next = place + 46 + nameLength + extraLength + (try number(at: place + 32, 2))
        guard next <= bytes.count else { throw ZipArchive.malformed }
        // Sizes and offset that do not fit are in the extra field 1, in this order.
        var extra = try zip64(at: place + 46 + nameLength, extraLength)
        func wide(_ offset: Int) throws -> Int {
            let value = try number(at: place + offset, 4)
            guard value == 0xFFFF_FFFF, let place = extra else { return value }
            extra = place + 8
            return try number(at: place, 8)
        }
        let inflated = try wide(24)
        let compressed = try wide(20)
        let entry = Entry(
            isEncrypted: try number(at: place + 8, 2) & 1 == 1, method: try number(at: place + 10, 2),
            checksum: UInt32(truncatingIfNeeded: try number(at: place + 16, 4)), compressed: compressed,
            inflated: inflated, offset: try wide(42))
        let name = String(decoding: bytes[(place + 46)..<(place + 46 + nameLength)], as: UTF8.self)
        guard entries.updateValue(entry, forKey: ZipArchive.key(of: name)) == nil else { throw ZipArchive.malformed }
        place = next
    }

    private func zip64(at start: Int, _ length: Int) throws -> Int? {
        var place = start
        while place + 4 <= start + length {
            if try number(at: place, 2) == 1 { return place + 4 }
            place += 4 + (try number(at: place + 2, 2))
        }
        return nil
    }

    private static func key(of name: String) -> String {
        let path = name.lowercased().replacing("\\", with: "/")
        return path.hasPrefix("/") ? String(path.dropFirst()) : path
    }

    /// The contents of an entry; `nil` if there is none of the name. Throws ``SheetError``.
    mutating func contents(of name: String) throws -> [UInt8]? {
        guard let entry = entries[ZipArchive.key(of: name)] else { return nil }
        let malformed = SheetError.malformed(part: name)
        if entry.isEncrypted { throw SheetError.oldFormat }
        if entry.inflated > budget { throw SheetError.tooLarge }
        guard has(0x0403_4B50, at: entry.offset) else { throw malformed }
        let start = entry.offset + 30 + (try number(at: entry.offset + 26, 2)) + (try number(at: entry.offset + 28, 2))
        guard entry.compressed >= 0, start <= bytes.count, entry.compressed <= bytes.count - start else {
            throw malformed
        }
        let compressed = bytes[start..<(start + entry.compressed)]
        let contents: [UInt8]
        switch entry.method {
        case 0: contents = Array(compressed)
        case 8: contents = try Deflate.inflated(compressed, limit: budget, part: name)
        default: throw malformed
        }
        guard contents.count == entry.inflated, Deflate.checksum(of: contents) == entry.checksum else {
            throw malformed
        }
        budget -= contents.count
        return contents
    }
}
