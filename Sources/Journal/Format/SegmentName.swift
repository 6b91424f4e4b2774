extension Moment {
    /// The segment of the moment's month: `2026-11.jsonl`.
    func segmentName(in zone: Zone) -> String {
        String(decoding: bytes(in: zone, milliseconds: false).prefix(7), as: UTF8.self) + ".jsonl"
    }
}

extension LogReader {
    /// Whether a file is a segment, named like `2026-11.jsonl`. Other files in the folder, such as backups, are
    /// ignored.
    static func isSegment(_ name: String) -> Bool {
        guard name.utf8.count == 13, name.hasSuffix(".jsonl") else { return false }
        for (place, byte) in name.utf8.prefix(7).enumerated()
        where place == 4 ? byte != UInt8(ascii: "-") : !(48...57).contains(byte) { return false }
        return true
    }
}
