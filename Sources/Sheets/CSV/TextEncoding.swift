import Foundation

/// The encodings of CSV files.
enum TextEncoding {
    /// The bytes of a text file as UTF-8, without a byte order mark. Throws ``SheetError/encoding``.
    ///
    /// A byte order mark decides. Without one the file is UTF-16 if it has zero bytes at places of one kind only, UTF-8 if
    /// it is valid, else GB 18030.
    static func utf8(_ bytes: [UInt8]) throws -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return try validated(Array(bytes.dropFirst(3))) }
        if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes.dropFirst(2), isLittleEndian: true) }
        if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes.dropFirst(2), isLittleEndian: false) }
        if let isLittleEndian = isLittleEndian(bytes), let text = try? utf16(bytes[...], isLittleEndian: isLittleEndian)
        {
            return text
        }
        if let text = try? validated(bytes) { return text }
        // kCFStringEncodingGB_18030_2000 (0x0632) as an NSStringEncoding.
        guard let text = String(data: Data(bytes), encoding: String.Encoding(rawValue: 0x8000_0632)) else {
            throw SheetError.encoding
        }
        return Array(text.utf8)
    }

    private static func validated(_ bytes: [UInt8]) throws -> [UInt8] {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw SheetError.encoding }
        return bytes
    }

    /// Whether a text without byte order mark is UTF-16 with the low byte first; `nil` if it does not look like UTF-16.
    /// Separators and line ends have a zero byte there.
    private static func isLittleEndian(_ bytes: [UInt8]) -> Bool? {
        if bytes.count % 2 != 0 { return nil }
        let sample = bytes.prefix(1 << 16)
        var zeros = [0, 0]
        for (place, byte) in sample.enumerated() where byte == 0 { zeros[place % 2] += 1 }
        // UTF-8 with a few zero bytes; UTF-16 of Chinese text, which has as few, is no UTF-8.
        if (zeros[0] + zeros[1]) * 3 < sample.count, (try? validated(bytes)) != nil { return nil }
        if zeros[0] == 0, zeros[1] > 0 { return true }
        if zeros[1] == 0, zeros[0] > 0 { return false }
        return nil
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, isLittleEndian: Bool) throws -> [UInt8] {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var place = bytes.startIndex
        while place + 1 < bytes.endIndex {
            let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
            units.append(isLittleEndian ? second << 8 | first : first << 8 | second)
            place += 2
        }
        guard place == bytes.endIndex, let text = String(validating: units, as: UTF16.self) else {
            throw SheetError.encoding
        }
        return Array(text.utf8)
    }
}
