/// A line of one node's log with its place there, as nodes pass it on to one another.
///
/// The place is carried along, so that a copy of the log has the same bytes at the same offsets: the record of a torn tail
/// names the bytes before it by their offset.
public struct CarriedLine: Equatable, Sendable {
    public let node: String
    /// The line's number in its node's log, from 1.
    public let sequence: Int
    public let hash: Digest
    /// The hash of the line before.
    public let previous: Digest
    /// The entry's id; `nil` in a line of a newer format version, whose fields are unknown.
    public let id: EntryID?
    /// The segment's file name, e.g. `2026-11.jsonl`.
    public let segment: String
    /// In bytes from the segment's start.
    public let offset: Int
    /// The line without its newline.
    public let bytes: [UInt8]

    /// The numbers that a line may have.
    public static var numbers: ClosedRange<Int> { 1...Line.numbers.upperBound }

    /// A line that was received: `nil` unless the bytes are an intact line of that node with that number, and the place is
    /// one.
    public init?(node: String, sequence: Int, segment: String, offset: Int, bytes: [UInt8]) {
        guard Journal.isNodeName(node), LogReader.isSegment(segment), Line.numbers.contains(offset),
            bytes.count < Line.longest, !bytes.contains(UInt8(ascii: "\n"))
        else { return nil }
        let read = bytes.withUnsafeBytes { text -> (Digest, Digest, EntryID?)? in
            guard let line = Line(proving: text), line.sequence == sequence, line.isOf(Line.text(ofNode: node)) else {
                return nil
            }
            return (line.hash, line.previous, line.version > Line.version ? nil : line.id)
        }
        guard let read else { return nil }
        (self.node, self.sequence, self.segment, self.offset, self.bytes) = (node, sequence, segment, offset, bytes)
        (hash, previous, id) = read
    }

    /// A line that was read from a log, and proved.
    init(_ line: Line, node: String, segment: String, offset: Int) {
        (self.node, self.segment, self.offset) = (node, segment, offset)
        (sequence, hash, previous) = (line.sequence, line.hash, line.previous)
        id = line.version > Line.version ? nil : line.id
        bytes = Array(line.bytes)
    }
}

/// The most lines and bytes that are read, sent or written at once, so that memory stays bounded however far a node is
/// behind. At least one line is always taken.
public struct BatchLimit: Equatable, Sendable {
    public var lines: Int
    public var bytes: Int

    public init(lines: Int, bytes: Int) { (self.lines, self.bytes) = (lines, bytes) }

    public static let usual = BatchLimit(lines: 8_000, bytes: 4 << 20)
    /// No line has as many bytes.
    public static let longestLine = Line.longest

    /// The limit of the next piece of a batch that has some lines already; `nil` if it is full.
    public func piece(after taken: [CarriedLine], lines most: Int) -> BatchLimit? {
        let bytes = bytes - taken.reduce(0) { $0 + $1.bytes.count }
        return taken.count < lines && bytes > 0 ? BatchLimit(lines: min(most, lines - taken.count), bytes: bytes) : nil
    }
}

/// The last line of a log, or of a part of it: its number and hash; 0 and zeros before the first.
public struct LogEnd: Equatable, Sendable {
    public let sequence: Int
    public let hash: Digest

    public init(sequence: Int, hash: Digest) { (self.sequence, self.hash) = (sequence, hash) }

    public static let start = LogEnd(sequence: 0, hash: .zero)
}

extension Journal {
    /// Whether a text may name a node: it is the name of a folder.
    public static func isNodeName(_ name: String) -> Bool { CopySource.isNodeName(name) }

    /// The node whose log the folder writes, and whether the folder is a copy that has not begun a log of its own.
    ///
    /// - Throws: ``JournalError/missing(folder:)``, ``JournalError/disk(_:)``.
    public static func writer(
        of folder: String, disk: any Disk = SystemDisk()
    ) throws -> (node: String, isCopy: Bool) {
        try JournalError.wrap {
            guard let node = try nodeName(in: folder, disk: disk) else { throw JournalError.missing(folder: folder) }
            return (node, try FolderMark(of: folder, disk: disk) == .copied)
        }
    }

    /// The nodes that have a log in the folder, by name.
    ///
    /// - Throws: ``JournalError/disk(_:)``.
    public static func nodes(in folder: String, disk: any Disk = SystemDisk()) throws -> [String] {
        try JournalError.wrap {
            try disk.names(in: "\(folder)/journal").filter { name in
                guard isNodeName(name) else { return false }
                return try disk.names(in: "\(folder)/journal/\(name)").contains(where: LogReader.isSegment)
            }
        }
    }

    /// The id of the estate's first entry, which no other estate has; `nil` in an empty folder.
    ///
    /// - Throws: ``JournalError/disk(_:)``.
    public static func origin(of folder: String, disk: any Disk = SystemDisk()) throws -> EntryID? {
        var first: (time: HybridTime, id: EntryID)?
        for node in try nodes(in: folder, disk: disk) {
            var outbox = LogOutbox(of: node, in: folder, disk: disk)
            guard try outbox.refresh().sequence > 0, let line = try outbox.line(1), let id = line.id,
                let time = line.bytes.withUnsafeBytes({ Line($0)?.time })
            else { continue }
            if first.map({ time < $0.time }) ?? true { first = (time, id) }
        }
        return first?.id
    }
}
