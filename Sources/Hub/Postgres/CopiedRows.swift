import Journal

/// Lines as `COPY` takes them in binary form (PostgreSQL's manual, COPY, File Formats): each row the number of its columns,
/// and each column its length and bytes.
struct CopiedRows {
    static let command = """
        COPY frontdesk.line (node, seq, hash, segment, place, body) FROM STDIN (FORMAT binary)
        """
    /// The signature, no flags, no extension.
    static let header: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    static let trailer: [UInt8] = [0xFF, 0xFF]

    private(set) var bytes: [UInt8] = []

    init(of lines: [CarriedLine]) {
        bytes.reserveCapacity(lines.reduce(0) { $0 + $1.bytes.count + 128 })
        for line in lines {
            bytes.append(bigEndian: Int16(6))
            bytes.append(value: line.node.utf8)
            bytes.append(value: Int64(line.sequence).bigEndianBytes)
            bytes.append(value: line.hash.bytes)
            bytes.append(value: line.segment.utf8)
            bytes.append(value: Int64(line.offset).bigEndianBytes)
            bytes.append(value: line.bytes)
        }
    }
}
