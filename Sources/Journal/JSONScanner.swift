import Foundation

/// Reads JSON from bytes, left to right, without a tree: built for our own canonical lines, strict about everything.
///
/// The bytes must outlive the scanner.
public struct JSONScanner {
    public let bytes: UnsafeRawBufferPointer
    public private(set) var position: Int

    public struct Malformed: Error, Equatable { public let position: Int }

    /// How deeply arrays and objects may nest.
    static let deepest = 64

    public init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    public var isAtEnd: Bool { position >= bytes.count }

    public func malformed() -> Malformed { Malformed(position: position) }

    /// The next byte, without taking it.
    public var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Takes exactly these bytes if they come next.
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

    /// Takes so many bytes, whatever they are, if there are.
    @inline(__always)
    mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
        guard position + count <= bytes.count else { return nil }
        position += count
        return UnsafeRawBufferPointer(rebasing: bytes[position - count..<position])
    }

    /// Takes `"key":` if it comes next.
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

    /// The bytes between the quotes of a string without escapes, and without turning them into a `String`.
    @inline(__always)
    public mutating func plain() throws -> UnsafeRawBufferPointer {
        guard take(UInt8(ascii: "\"")) else { throw malformed() }
        let start = position
        passPlain()
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

    /// Passes over bytes of a string that mean themselves, ASCII without quotes, escapes and control characters, eight at a
    /// time: up to the first of any others, or near it.
    @inline(__always)
    private mutating func passPlain() {
        func every(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }
        // The lowest byte that has its top bit set is the first that is zero; bytes above it may be wrongly marked.
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

    /// A string as it stands there, quotes and escapes included: as sound as ``string()`` would find it.
    @inline(__always)
    mutating func stringText() throws -> UnsafeRawBufferPointer {
        let start = position
        guard take(UInt8(ascii: "\"")) else { throw malformed() }
        passPlain()
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return UnsafeRawBufferPointer(rebasing: bytes[start..<position]) }
            // What is seldom, escapes and anything but ASCII, is looked at in full.
            if byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\\") { break }
        }
        position = start
        _ = try string()
        return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    }

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
        // Decoding replaces what is no UTF-8: whatever comes out the same was sound.
        var text = String(decoding: UnsafeRawBufferPointer(rebasing: slice), as: UTF8.self)
        let isSound = text.withUTF8 { decoded in
            guard decoded.count == slice.count, let copy = decoded.baseAddress, let base = slice.base.baseAddress
            else { return slice.isEmpty }
            return memcmp(copy, base + slice.startIndex, slice.count) == 0
        }
        guard isSound else { throw malformed() }
        return text
    }

    /// The rest of a string that has an escape in it.
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

    /// A whole number that fits an `Int`.
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

    /// One value of any kind, spaces allowed around it.
    public mutating func value() throws -> JSONValue { try value(depth: 0) }

    private mutating func value(depth: Int) throws -> JSONValue {
        guard depth < JSONScanner.deepest else { throw malformed() }
        skipSpace()
        defer { skipSpace() }
        switch next {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "n"):
            guard take("null") else { throw malformed() }
            return .null
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool(try bool())
        default: return .number(try numberText())
        }
    }

    private mutating func object(depth: Int) throws -> JSONValue {
        var members: [String: JSONValue] = [:]
        position += 1
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            let key = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw malformed() }
            let member = try value(depth: depth + 1)
            members[key] = member
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw malformed() }
        return .object(members)
    }

    private mutating func array(depth: Int) throws -> JSONValue {
        var elements: [JSONValue] = []
        position += 1
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            let element = try value(depth: depth + 1)
            elements.append(element)
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw malformed() }
        return .array(elements)
    }

    private mutating func numberText() throws -> String {
        let start = position
        _ = take(UInt8(ascii: "-"))
        try digits(leadingZero: false)
        if take(UInt8(ascii: ".")) { try digits(leadingZero: true) }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits(leadingZero: true)
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits(leadingZero: Bool) throws {
        let start = position
        while let byte = next, byte >= 48, byte <= 57 { position += 1 }
        guard position > start, leadingZero || bytes[start] != 48 || position == start + 1 else { throw malformed() }
    }
}

/// Any JSON value; a number keeps its own digits, so that amounts stay exact.
public enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Reads one value that takes up the whole text.
    public init(parsing text: String) throws {
        var text = text
        self = try text.withUTF8 { buffer in
            var scanner = JSONScanner(UnsafeRawBufferPointer(buffer))
            let value = try scanner.value()
            guard scanner.isAtEnd else { throw JSONScanner.Malformed(position: scanner.position) }
            return value
        }
    }
}
