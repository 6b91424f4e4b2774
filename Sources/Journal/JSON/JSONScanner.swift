import Foundation

/// A pull parser for JSON (RFC 8259) in UTF-8, for the journal's canonical lines: no tree, no lookahead. The bytes must
/// outlive the scanner.
///
/// Functions named `take` that return a `Bool` or an optional leave the position unchanged when they fail. The others
/// throw ``Malformed``. Strings are the longest part of a line, so they are scanned eight bytes at a time.
public struct JSONScanner {
    public let bytes: UnsafeRawBufferPointer
    public internal(set) var position: Int

    /// Text that is not the JSON asked for, with the position in bytes.
    public struct Malformed: Error, Equatable { public let position: Int }

    public init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    public var isAtEnd: Bool { position >= bytes.count }

    public func malformed() -> Malformed { Malformed(position: position) }

    /// The next byte; `nil` at the end.
    public var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Takes these bytes if they are next.
    @inline(__always)
    public mutating func take(_ literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard position + count <= bytes.count, let base = bytes.baseAddress,
            memcmp(base + position, literal.utf8Start, count) == 0
        else { return false }
        position += count
        return true
    }

    @inline(__always)
    public mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Takes `count` bytes, if there are so many.
    @inline(__always)
    mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
        guard position + count <= bytes.count else { return nil }
        position += count
        return UnsafeRawBufferPointer(rebasing: bytes[position - count..<position])
    }

    /// Takes `"key":` if it is next.
    @inline(__always)
    public mutating func takeKey(_ key: StaticString) -> Bool {
        let count = key.utf8CodeUnitCount
        guard position + count + 3 <= bytes.count, let base = bytes.baseAddress,
            bytes[position] == UInt8(ascii: "\""), memcmp(base + position + 1, key.utf8Start, count) == 0,
            bytes[position + count + 1] == UInt8(ascii: "\""), bytes[position + count + 2] == UInt8(ascii: ":")
        else { return false }
        position += count + 3
        return true
    }

    public mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
    }

    /// Takes a string without escapes; returns the bytes between the quotes, not checked for valid UTF-8.
    @inline(__always)
    public mutating func plain() throws -> UnsafeRawBufferPointer {
        guard take(UInt8(ascii: "\"")) else { throw malformed() }
        let start = position
        skipPlain()
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return UnsafeRawBufferPointer(rebasing: bytes[start..<position - 1])
            }
            guard byte >= 0x20, byte != UInt8(ascii: "\\") else { throw malformed() }
            position += 1
        }
        throw malformed()
    }

    /// Skips plain bytes of a string, eight at a time: ASCII without quotes, escapes and control characters. Stops at
    /// the first other byte, or up to seven bytes before the end.
    @inline(__always)
    private mutating func skipPlain() {
        func every(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }
        // Marks zero bytes with their top bit. Only the lowest mark is reliable: a borrow may mark bytes above it.
        func zeros(_ word: UInt64) -> UInt64 { (word &- every(1)) & ~word }
        while position + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let controls = (word &- every(0x20)) & ~word
            let others = word | controls | zeros(word ^ every(0x22)) | zeros(word ^ every(0x5C))
            let marks = others & every(0x80)
            if marks != 0 {
                position += marks.trailingZeroBitCount / 8
                return
            }
            position += 8
        }
    }

    /// Takes a string and returns its JSON text, quotes and escapes included; accepts the same strings as ``string()``.
    @inline(__always)
    mutating func stringText() throws -> UnsafeRawBufferPointer {
        let start = position
        guard take(UInt8(ascii: "\"")) else { throw malformed() }
        skipPlain()
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return UnsafeRawBufferPointer(rebasing: bytes[start..<position]) }
            // Escapes and non-ASCII text are rare, and parsed in full below.
            if byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\\") { break }
        }
        position = start
        _ = try string()
        return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    }

    /// Takes a string.
    public mutating func string() throws -> String {
        guard take(UInt8(ascii: "\"")) else { throw malformed() }
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                let text = try utf8(bytes[start..<position])
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw malformed() }
            position += 1
        }
        throw malformed()
    }

    private func utf8(_ slice: Slice<UnsafeRawBufferPointer>) throws -> String {
        // Decoding replaces invalid UTF-8, so equal bytes were valid.
        var text = String(decoding: UnsafeRawBufferPointer(rebasing: slice), as: UTF8.self)
        let isValid = text.withUTF8 { decoded in
            guard decoded.count == slice.count, let copy = decoded.baseAddress, let base = slice.base.baseAddress
            else { return slice.isEmpty }
            return memcmp(copy, base + slice.startIndex, slice.count) == 0
        }
        guard isValid else { throw malformed() }
        return text
    }

    /// Takes the rest of a string with escapes, from the first one on.
    private mutating func escapedString(from start: Int) throws -> String {
        var out = Array(bytes[start..<position])
        while let byte = next {
            position += 1
            if byte == UInt8(ascii: "\"") {
                guard let text = String(validating: out, as: UTF8.self) else { throw malformed() }
                return text
            }
            guard byte >= 0x20 else { throw malformed() }
            guard byte == UInt8(ascii: "\\") else {
                out.append(byte)
                continue
            }
            guard let escape = next else { throw malformed() }
            position += 1
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(escape)
            case UInt8(ascii: "n"): out.append(0x0A)
            case UInt8(ascii: "r"): out.append(0x0D)
            case UInt8(ascii: "t"): out.append(0x09)
            case UInt8(ascii: "b"): out.append(0x08)
            case UInt8(ascii: "f"): out.append(0x0C)
            case UInt8(ascii: "u"): out.append(contentsOf: Character(try unicodeEscape()).utf8)
            default: throw malformed()
            }
        }
        throw malformed()
    }

    private mutating func unicodeEscape() throws -> Unicode.Scalar {
        let first = try fourDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800..<0xDC00).contains(first), take("\\u") else { throw malformed() }
        let second = try fourDigits()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw malformed() }
        return scalar
    }

    private mutating func fourDigits() throws -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw malformed()
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    /// Takes an array of strings and integers, and returns its text.
    mutating func flatArray() throws -> UnsafeRawBufferPointer {
        let start = position
        guard take("[") else { throw malformed() }
        while !take("]") {
            if position > start + 1, !take(",") { throw malformed() }
            if next == UInt8(ascii: "\"") { _ = try stringText() } else { _ = try integer() }
        }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    }

    /// Takes an integer that fits an `Int`. A fraction or exponent after it is left.
    public mutating func integer() throws -> Int {
        let negative = take(UInt8(ascii: "-"))
        let start = position
        var value = 0
        while let byte = next, byte >= 48, byte <= 57 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, more) = product.addingReportingOverflow(Int(byte - 48))
            guard !overflow, !more else { throw malformed() }
            value = sum
            position += 1
        }
        guard position > start, bytes[start] != 48 || position == start + 1 else { throw malformed() }
        return negative ? -value : value
    }

    public mutating func bool() throws -> Bool {
        if take("true") { return true }
        if take("false") { return false }
        throw malformed()
    }
}
