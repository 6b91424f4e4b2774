/// Reads XML in UTF-8 element by element, as the parts of a workbook have it.
///
/// A document type is refused, so there are no entities but the five of XML and character references. Names are without
/// their prefix: programs choose prefixes freely. A missing, wrong or surplus end tag makes the text malformed.
struct XMLReader {
    enum Event {
        /// An element begins: ``name``, ``attribute(_:)``.
        case start
        /// An element ends: ``name``.
        case end
        /// Text between tags: ``text()``.
        case text
    }

    private let bytes: [UInt8]
    private let part: String
    private var place = 0
    /// The local name of the element that begins or ends.
    private(set) var name = ""
    /// The attributes of the element that begins, as raw bytes.
    private var attributes = 0..<0
    /// The text between tags; of a CDATA section its contents.
    private var textRange = 0..<0
    private var isCDATA = false
    private var open: [String] = []
    /// Whether the element that has begun ends at once.
    private var isEmptyElement = false

    /// `part`: its name, for errors.
    init(_ bytes: [UInt8], part: String) {
        (self.bytes, self.part) = (bytes, part)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    }

    var malformed: SheetError { .malformed(part: part) }

    /// The next event; `nil` at the end. Throws ``SheetError``.
    mutating func next() throws -> Event? {
        if isEmptyElement {
            isEmptyElement = false
            open.removeLast()
            return .end
        }
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "<") else {
                let start = place
                while place < bytes.count, bytes[place] != UInt8(ascii: "<") { place += 1 }
                if open.isEmpty { continue }
                (textRange, isCDATA) = (start..<place, false)
                return .text
            }
            if take("<?") {
                try skip(past: "?>")
            } else if take("<!--") {
                try skip(past: "-->")
            } else if take("<![CDATA[") {
                let start = place
                try skip(past: "]]>")
                guard !open.isEmpty else { throw malformed }
                (textRange, isCDATA) = (start..<(place - 3), true)
                return .text
            } else if take("</") {
                return try endTag()
            } else {
                place += 1
                return try startTag()
            }
        }
        guard open.isEmpty else { throw malformed }
        return nil
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard place + count <= bytes.count else { return false }
        for index in 0..<count where bytes[place + index] != text.utf8Start[index] { return false }
        place += count
        return true
    }

    private mutating func skip(past end: StaticString) throws {
        while place < bytes.count {
            if take(end) { return }
            place += 1
        }
        throw malformed
    }

    private mutating func endTag() throws -> Event {
        name = try tagName()
        skipBlanks()
        guard take(">"), open.popLast() == name else { throw malformed }
        return .end
    }

    private mutating func startTag() throws -> Event {
        // `<!DOCTYPE`, and whatever else is no name.
        name = try tagName()
        let start = place
        var quote: UInt8?
        while place < bytes.count {
            let byte = bytes[place]
            if let sign = quote {
                if byte == sign { quote = nil }
                if byte == UInt8(ascii: "<") { throw malformed }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                isEmptyElement = place > start && bytes[place - 1] == UInt8(ascii: "/")
                attributes = start..<(isEmptyElement ? place - 1 : place)
                place += 1
                open.append(name)
                if open.count > Limits.depth { throw SheetError.tooLarge }
                return .start
            } else if byte == UInt8(ascii: "<") {
                throw malformed
            }
            place += 1
        }
        throw malformed
    }

    /// The name without its prefix.
    private mutating func tagName() throws -> String {
        var start = place
        while place < bytes.count, XMLReader.isNameByte(bytes[place]) {
            if bytes[place] == UInt8(ascii: ":") { start = place + 1 }
            place += 1
        }
        guard place > start else { throw malformed }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: ":"), 0x80...:
            true
        default: false
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private mutating func skipBlanks() {
        while place < bytes.count, XMLReader.isBlank(bytes[place]) { place += 1 }
    }

    // MARK: Values

    /// The value of an attribute of the element that has begun, by its name without prefix; `nil` without it. Throws
    /// ``SheetError``.
    func attribute(_ wanted: StaticString) throws -> String? {
        var place = attributes.lowerBound
        let end = attributes.upperBound
        while true {
            while place < end, XMLReader.isBlank(bytes[place]) { place += 1 }
            if place == end { return nil }
            var start = place
            while place < end, XMLReader.isNameByte(bytes[place]) {
                if bytes[place] == UInt8(ascii: ":") { start = place + 1 }
                place += 1
            }
            let name = start..<place
            while place < end, XMLReader.isBlank(bytes[place]) { place += 1 }
            guard !name.isEmpty, place < end, bytes[place] == UInt8(ascii: "=") else { throw malformed }
            place += 1
            while place < end, XMLReader.isBlank(bytes[place]) { place += 1 }
            guard place < end, bytes[place] == UInt8(ascii: "\"") || bytes[place] == UInt8(ascii: "'") else {
                throw malformed
            }
            let quote = bytes[place]
            place += 1
            let valueStart = place
            while place < end, bytes[place] != quote { place += 1 }
            guard place < end else { throw malformed }
            if name.count == wanted.utf8CodeUnitCount,
                zip(name, 0...).allSatisfy({ bytes[$0] == wanted.utf8Start[$1] })
            {
                return try decoded(valueStart..<place)
            }
            place += 1
        }
    }

    /// The text of ``Event/text``. Throws ``SheetError``.
    func text() throws -> String { try decoded(textRange, hasReferences: !isCDATA) }

    /// Bytes as text, with references resolved.
    private func decoded(_ range: Range<Int>, hasReferences: Bool = true) throws -> String {
        guard hasReferences, bytes[range].contains(UInt8(ascii: "&")) else {
            guard let text = String(validating: bytes[range], as: UTF8.self) else { throw malformed }
            return text
        }
        var (out, place) = ([UInt8](), range.lowerBound)
        while place < range.upperBound {
            guard bytes[place] == UInt8(ascii: "&") else {
                out.append(bytes[place])
                place += 1
                continue
            }
            // The longest reference is `&#x10FFFF;`.
            guard let end = bytes[place..<min(place + 12, range.upperBound)].firstIndex(of: UInt8(ascii: ";")) else {
                throw malformed
            }
            out += Array(String(try scalar(bytes[(place + 1)..<end])).utf8)
            place = end + 1
        }
        guard let text = String(validating: out, as: UTF8.self) else { throw malformed }
        return text
    }

    private func scalar(_ reference: ArraySlice<UInt8>) throws -> Unicode.Scalar {
        let text = String(decoding: reference, as: UTF8.self)
        switch text {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default:
            let isHexadecimal = text.hasPrefix("#x")
            guard text.hasPrefix("#"),
                let value = UInt32(text.dropFirst(isHexadecimal ? 2 : 1), radix: isHexadecimal ? 16 : 10),
                let scalar = Unicode.Scalar(value)
            else { throw malformed }
            return scalar
        }
    }
}
