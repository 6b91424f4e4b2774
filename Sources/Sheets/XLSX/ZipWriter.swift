/// A zip archive that is being written: deflated entries, without times, so that the same contents give the same bytes.
struct ZipWriter {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// 1980-01-01, the first day of the format.
    private static let date = 0x21

    mutating func add(_ name: String, _ contents: [UInt8]) {
        let compressed = Deflate.deflated(contents)
        let offset = bytes.count
        var common: [UInt8] = []
        // Version 2.0, names in UTF-8, deflate.
        for value in [20, 0x0800, 8, 0, ZipWriter.date] { common.append(value, 2) }
        common.append(Int(Deflate.checksum(of: contents)), 4)
        common.append(compressed.count, 4)
        common.append(contents.count, 4)
        common.append(name.utf8.count, 2)
        common.append(0, 2)
        bytes.append(0x0403_4B50, 4)
        bytes += common + Array(name.utf8) + compressed
        directory.append(0x0201_4B50, 4)
        directory.append(20, 2)
        directory += common
        // Comment, disk, attributes.
        for (value, size) in [(0, 2), (0, 2), (0, 2), (0, 4)] { directory.append(value, size) }
        directory.append(offset, 4)
        directory += Array(name.utf8)
        count += 1
    }

    /// The archive with its central directory.
    func finished() -> [UInt8] {
        var end: [UInt8] = []
        end.append(0x0605_4B50, 4)
        for value in [0, 0, count, count] { end.append(value, 2) }
        end.append(directory.count, 4)
        end.append(bytes.count, 4)
        end.append(0, 2)
        return bytes + directory + end
    }
}

extension [UInt8] {
    /// Appends a number of `size` bytes, the lowest first.
    fileprivate mutating func append(_ value: Int, _ size: Int) {
        for index in 0..<size { append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }
}
