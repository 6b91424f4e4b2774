/// Writes canonical JSON: keys in the order given, no spaces, no escapes but the required ones and those of
/// ``string(_:)``. Commas are added. The caller makes the calls in an order that gives
/// valid JSON.
public struct JSONWriter {
    public private(set) var bytes: [UInt8] = []
    /// Whether the next member or element needs a comma before it.
    private var needsComma = false

    public init() {}

    /// Takes a text over, behind which a value is to stand.
    init(continuing text: inout [UInt8]) { swap(&bytes, &text) }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public mutating func openObject() { open("{") }
    public mutating func closeObject() { close("}") }
    public mutating func openArray() { open("[") }
    public mutating func closeArray() { close("]") }

    /// Starts a member; write its value next.
    ///
    /// - Precondition: `key` needs no escapes.
    public mutating func key(_ key: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        key.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Starts a member with a name known at run time.
    public mutating func key(named name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a string. Control characters (C0, DEL, C1), line separators and bidirectional controls are escaped, so
    /// that a printed line cannot disturb a terminal.
    public mutating func string(_ value: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var value = value
        value.withUTF8 { text in
            // The bytes from `start` on stand as they are.
            var (start, place) = (0, 0)
            while place < text.count {
                let byte = text[place]
                guard JSONWriter.mayNeedEscape(byte) else {
                    place += 1
                    continue
                }
                bytes.append(contentsOf: text[start..<place])
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
                case 0x0A: bytes += "\\n".utf8
                case 0x0D: bytes += "\\r".utf8
                case 0x09: bytes += "\\t".utf8
                case 0..<0x20, 0x7F: escape(UInt16(byte))
                case 0xC2 where text[place + 1] < 0xA0:
                    escape(UInt16(text[place + 1]))
                    place += 1
                case 0xE2 where JSONWriter.isDirectional(text[place + 1], text[place + 2]):
                    escape(0x2000 | UInt16(text[place + 1] & 0x3F) << 6 | UInt16(text[place + 2] & 0x3F))
                    place += 2
                default: bytes.append(byte)
                }
                place += 1
                start = place
            }
            bytes.append(contentsOf: text[start...])
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    @inline(__always)
    private static func mayNeedEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F || byte == 0xC2
            || byte == 0xE2
    }

    /// Whether 0xE2 and these two bytes encode U+200E, U+200F, U+2028–U+202E or U+2066–U+2069.
    private static func isDirectional(_ second: UInt8, _ third: UInt8) -> Bool {
        second == 0x80 && ((0x8E...0x8F).contains(third) || (0xA8...0xAE).contains(third))
            || second == 0x81 && (0xA6...0xA9).contains(third)
    }

    private mutating func escape(_ unit: UInt16) {
        bytes += "\\u".utf8
        for shift in [12, 8, 4, 0] { bytes.append(JSONWriter.hexadecimal[Int(unit >> UInt16(shift) & 15)]) }
    }

    /// Writes a string that needs no escapes: an id, a hash, a date.
    public mutating func plain(_ value: [UInt8]) { value.withUnsafeBufferPointer { plain($0) } }

    public mutating func plain(_ value: String) {
        var value = value
        value.withUTF8 { plain($0) }
    }

    private mutating func plain(_ value: UnsafeBufferPointer<UInt8>) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: value)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    public mutating func integer(_ value: Int) {
        separate()
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var (place, rest) = (digits.count, value.magnitude)
            repeat {
                place -= 1
                digits[place] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
            bytes.append(contentsOf: digits[place...])
        }
        needsComma = true
    }
    public mutating func bool(_ value: Bool) { raw((value ? "true" : "false").utf8) }
    public mutating func null() { raw("null".utf8) }

    /// Writes a value that is JSON already.
    public mutating func raw(_ json: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
        needsComma = true
    }

    static let hexadecimal = Array("0123456789abcdef".utf8)

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func open(_ bracket: Unicode.Scalar) {
        separate()
        bytes.append(UInt8(ascii: bracket))
        needsComma = false
    }

    private mutating func close(_ bracket: Unicode.Scalar) {
        bytes.append(UInt8(ascii: bracket))
        needsComma = true
    }
}
