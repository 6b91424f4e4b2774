/// The beginning of a byte string, read as UTF-8 (Unicode 15, table 3-7: no overlong forms, surrogates or numbers above
/// U+10FFFF).
enum UTF8Piece: Equatable {
    /// A whole scalar and its number of bytes.
    case scalar(Unicode.Scalar, length: Int)
    /// The bytes end within a scalar.
    case incomplete
    /// So many bytes cannot begin a scalar: a stray byte, or a scalar that another byte cuts short.
    case invalid(length: Int)

    /// - Parameter start: A valid place in `bytes`.
    init(_ bytes: [UInt8], at start: Int) {
        let lead = bytes[start]
        let length: Int
        switch lead {
        case 0..<0x80:
            self = .scalar(Unicode.Scalar(lead), length: 1)
            return
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default:
            self = .invalid(length: 1)
            return
        }
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for offset in 1..<length {
            guard start + offset < bytes.count else {
                self = .incomplete
                return
            }
            let byte = bytes[start + offset]
            guard (offset == 1 ? UTF8Piece.second(after: lead) : 0x80...0xBF).contains(byte) else {
                self = .invalid(length: offset)
                return
            }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        self = Unicode.Scalar(value).map { .scalar($0, length: length) } ?? .invalid(length: length)
    }

    /// The bytes that may follow a lead byte.
    private static func second(after lead: UInt8) -> ClosedRange<UInt8> {
        switch lead {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
    }
}

extension String {
    /// The whole characters of UTF-8 bytes; bytes that belong to none are left out.
    init(wholeCharactersOf bytes: [UInt8]) {
        if let valid = String(validating: bytes, as: UTF8.self) {
            self = valid
            return
        }
        var (scalars, place) = (UnicodeScalarView(), 0)
        while place < bytes.count {
            switch UTF8Piece(bytes, at: place) {
            case .scalar(let scalar, let length):
                scalars.append(scalar)
                place += length
            case .invalid(let length): place += length
            case .incomplete: place = bytes.count
            }
        }
        self.init(scalars)
    }
}
