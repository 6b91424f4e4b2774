import Glibc

/// The ustar archive format (POSIX.1-2001, pax): blocks of 512 bytes, for each file a header and its bytes, and two
/// blocks of zeros at the end.
enum Tar {
    private static let blockSize = 512
    /// The header field of each value: its offset and length.
    private static let (name, mode, size, checksum, kind, magic, prefix) = (
        (0, 100), (100, 8), (124, 12), (148, 8), (156, 1), (257, 8), (345, 155)
    )

    static var end: [UInt8] { [UInt8](repeating: 0, count: 2 * blockSize) }

    /// The zeros that fill a file's last block.
    static func padding(after size: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: (blockSize - size % blockSize) % blockSize)
    }

    /// The header of a file of mode 0600. Its name has at most 100 bytes, or can be split at a `/` into 155 and 100.
    ///
    /// - Throws: ``DiskFailure`` for a longer name, and for a file of 8 GiB or more.
    static func header(of path: String, size count: Int) throws -> [UInt8] {
        var header = [UInt8](repeating: 0, count: blockSize)
        func put(_ text: some Collection<UInt8>, _ field: (offset: Int, length: Int)) {
            header.replaceSubrange(field.offset..<field.offset + text.count, with: text)
        }
        func octal(_ value: Int, _ length: Int) -> [UInt8] {
            let digits = String(value, radix: 8)
            return Array((String(repeating: "0", count: length - digits.utf8.count) + digits).utf8)
        }
        var (before, last) = (Array<UInt8>(), Array(path.utf8))
        if last.count > 100 {
            guard let slash = last.indices.dropFirst(last.count - 101).first(where: { last[$0] == UInt8(ascii: "/") }),
                slash <= 155
            else { throw DiskFailure(call: "tar", path: path, number: ENAMETOOLONG) }
            (before, last) = (Array(last[..<slash]), Array(last[(slash + 1)...]))
        }
        guard count < 1 << 33 else { throw DiskFailure(call: "tar", path: path, number: EFBIG) }
        put(last, name)
        put(before, prefix)
        put(octal(0o600, 7), mode)
        for owner in [(108, 8), (116, 8)] { put(octal(0, 7), owner) }
        put(octal(count, 11), size)
        put(octal(0, 11), (136, 12))
        put("0".utf8, kind)
        put(Array("ustar\0".utf8) + Array("00".utf8), magic)
        put(octal(sum(of: header), 6) + [0, 0x20], checksum)
        return header
    }

    /// The sum of a header's bytes, with blanks for the checksum itself.
    private static func sum(of header: [UInt8]) -> Int {
        header.indices.reduce(0) {
            $0 + ((checksum.0..<checksum.0 + checksum.1).contains($1) ? 0x20 : Int(header[$1]))
        }
    }

    /// The files in an archive and where they are in it, by name; `nil` if it is none or ends too early. Also reads what
    /// GNU tar writes for short names; links and folders are passed over.
    static func files(in file: Int32, on disk: any Disk) throws -> [String: Range<Int>]? {
        var (files, place) = ([String: Range<Int>](), 0)
        while true {
            let header = try disk.bytes(of: file, from: place, count: blockSize)
            guard header.count == blockSize else { return nil }
            if header.allSatisfy({ $0 == 0 }) { return files }
            func text(_ field: (offset: Int, length: Int)) -> String {
                String(decoding: header[field.offset..<field.offset + field.length].prefix { $0 != 0 }, as: UTF8.self)
            }
            func number(_ field: (Int, Int)) -> Int? {
                Int(text(field).split(separator: " ").first.map(String.init) ?? "", radix: 8)
            }
            guard number(checksum) == sum(of: header), let count = number(size), count >= 0 else { return nil }
            let start = place + blockSize
            guard try count == 0 || disk.bytes(of: file, from: start + count - 1, count: 1).count == 1 else {
                return nil
            }
            if ["", "0"].contains(text(kind)) {
                let before = text(magic) == "ustar" ? text(prefix) : ""
                files[(before.isEmpty ? "" : before + "/") + text(name)] = start..<start + count
            }
            place = start + count + padding(after: count).count
        }
    }
}
