/// A parameter of a command in PostgreSQL's binary form, with the OID of its type (pg_type.dat).
struct Parameter {
    let type: UInt32
    let bytes: [UInt8]

    private enum OID {
        static let (bytea, int8, text): (UInt32, UInt32, UInt32) = (17, 20, 25)
        static let textArray: UInt32 = 1009
    }

    static func text(_ value: String) -> Parameter { Parameter(type: OID.text, bytes: Array(value.utf8)) }
    static func integer(_ value: Int) -> Parameter { Parameter(type: OID.int8, bytes: Int64(value).bigEndianBytes) }
    static func bytes(_ value: [UInt8]) -> Parameter { Parameter(type: OID.bytea, bytes: value) }

    static func texts(_ values: [String]) -> Parameter {
        array(OID.textArray, of: OID.text, values.map { Array($0.utf8) })
    }

    /// One dimension, from 1, without NULL: the header, then each element with its length (arrayfuncs.c, array_recv).
    private static func array(_ type: UInt32, of element: UInt32, _ values: [[UInt8]]) -> Parameter {
        var bytes = Int32(1).bigEndianBytes
        bytes += Int32(0).bigEndianBytes + element.bigEndianBytes
        bytes += Int32(values.count).bigEndianBytes + Int32(1).bigEndianBytes
        bytes.reserveCapacity(bytes.count + values.reduce(0) { $0 + 4 + $1.count })
        for value in values { bytes.append(value: value) }
        return Parameter(type: type, bytes: bytes)
    }
}

extension [UInt8] {
    mutating func append(bigEndian integer: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: integer.bigEndian) { append(contentsOf: $0) }
    }

    /// Appends a value as arrays and rows have it: its length, then its bytes.
    mutating func append(value: some Collection<UInt8>) {
        append(bigEndian: Int32(value.count))
        append(contentsOf: value)
    }
}

extension FixedWidthInteger {
    var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }

    /// An integer of a result in binary form; `nil` for any other length.
    init?(bigEndian bytes: [UInt8]) {
        guard bytes.count == MemoryLayout<Self>.size else { return nil }
        self.init(bigEndian: bytes.withUnsafeBytes { $0.loadUnaligned(as: Self.self) })
    }
}
