import Glibc

/// The copy of another node's log in this folder, to which received lines are appended (E1 to E4 in `Hub.md`).
///
/// It has the bytes and the offsets of the original; what is no line there, such as a torn tail, is newlines here, which
/// count for nothing. HEAD beside the segments says how far the copy is durable. Written by one process at a time.
public struct LogCopy {
    public let node: String
    private var walk: LogWalk
    private let disk: any Disk
    private var head = Head()
    private let headFile: Int32
    private var open: (segment: String, file: Int32)?

    /// What keeps lines from being appended. Nothing is lost by it, and nothing overwritten.
    public enum Refusal: Error, Equatable, Sendable {
        /// The next line is not there.
        case gap(node: String, after: Int)
        /// The line of this number that is here is not the one that the next line follows.
        case fork(node: String, sequence: Int)
        /// The copy is damaged after the line of this number; `frontdesk verify` names where.
        case damaged(node: String, after: Int)
    }

    /// The most bytes between two lines that are kept as newlines.
    private static let mostPadding = 64 << 20
    /// The bytes that are written at once, besides the padding of the last line.
    private static let mostBuffered = 8 << 20

    /// Opens the copy, or creates it, and syncs what is there.
    ///
    /// - Throws: ``Refusal/damaged(node:after:)``, ``JournalError/disk(_:)``.
    public init(of node: String, in folder: String, disk: any Disk = SystemDisk()) throws {
        (self.node, self.disk) = (node, disk)
        let log = "\(folder)/journal/\(node)"
        walk = LogWalk(log, node: node, disk: disk)
        headFile = try JournalError.wrap {
            // E2: a new copy has a HEAD at once. Without one, what a power cut leaves would look like damage.
            if try !disk.names(in: log).contains(where: { $0 == "HEAD" || LogReader.isSegment($0) }) {
                try Journal.makeLog(node, in: folder, disk: disk)
            }
            return try disk.open("\(log)/HEAD", flags: O_RDWR | O_CREAT, mode: 0o600)
        }
        do {
            try JournalError.wrap { try settle() }
        } catch {
            disk.close(headFile)
            throw error
        }
    }

    /// The last line that is here and durable.
    public var end: LogEnd { walk.place.end }

    public mutating func close() {
        if let open { disk.close(open.file) }
        open = nil
        disk.close(headFile)
    }

    // MARK: Opening

    /// Goes to the last line, and removes what a crash has left after it.
    private mutating func settle() throws {
        head = try Head(reading: headFile, from: disk)
        let isAtHead = try startAtHead()
        if !isAtHead { walk.move(to: LogWalk.Place()) }
        // E2: bytes after HEAD can be read and yet be lost.
        try Journal.writeUnacknowledged(after: isAtHead ? head : Head(), in: walk.folder, disk: disk)
        try walk.skip(through: .max)
        // After HEAD, whole lines behind a hole are of a write that a power cut took apart.
        if walk.isBroken, !isAtHead { throw Refusal.damaged(node: node, after: end.sequence) }
        if try walk.hasMore { try cutTornBytes() }
        if !head.isKnown {
            try head.file.withUnsafeBytes { try disk.write($0, to: headFile, at: 0) }
            try disk.synchronise(headFile)
        }
        if end.sequence != head.sequence { try writeHead() }
    }

    /// Goes to the line that HEAD names; `false` if it is not there.
    private mutating func startAtHead() throws -> Bool {
        if head.isKnown, head.sequence == 0 { return true }
        guard head.sequence > 0, LogReader.isSegment(head.segment),
            let file = try disk.openIfThere("\(walk.folder)/\(head.segment)")
        else { return false }
        defer { disk.close(file) }
        let position = Journal.Position(
            node: node, segment: head.segment, offset: head.offset, sequence: head.sequence, hash: head.hash)
        guard try position.time(in: file, on: disk) != nil else { return false }
        walk.move(
            to: LogWalk.Place(
                segment: head.segment, offset: head.offset, end: LogEnd(sequence: head.sequence, hash: head.hash)))
        return true
    }

    /// Removes the bytes after the last line that follows: a crash left them, and they come again.
    private mutating func cutTornBytes() throws {
        let place = walk.place
        for name in try disk.names(in: walk.folder).reversed() where LogReader.isSegment(name) && name >= place.segment
        {
            if name > place.segment {
                try disk.remove("\(walk.folder)/\(name)")
                continue
            }
            let former = try disk.open("\(walk.folder)/\(name)", flags: O_RDONLY, mode: 0)
            defer { disk.close(former) }
            try disk.replace(name, in: walk.folder) { try disk.copy(0..<place.offset, of: former, to: $0, at: 0) }
        }
        try disk.synchroniseFolder(walk.folder)
    }

    // MARK: Appending

    /// Appends lines that follow the last one, and returns once they are durable.
    ///
    /// - Throws: ``Refusal``, with the lines before the refused one appended; ``JournalError/disk(_:)``, after which the
    ///   copy has to be opened again.
    public mutating func append(_ lines: [CarriedLine]) throws {
        try JournalError.wrap {
            var (place, buffer, refusal): (LogWalk.Place, [UInt8], Refusal?) = (walk.place, [], nil)
            var start = place.offset
            for line in lines {
                refusal = refuse(line, after: place.end)
                if refusal != nil { break }
                // A place before the last line's end is one of a log that was repaired.
                let isNextSegment = line.segment > place.segment
                if isNextSegment || buffer.count >= LogCopy.mostBuffered {
                    try write(buffer, to: place.segment, at: start)
                    if isNextSegment { (place.segment, place.offset) = (line.segment, 0) }
                    (buffer, start) = ([], place.offset)
                }
                let gap = line.segment == place.segment ? line.offset - place.offset : 0
                if gap > 0, gap <= LogCopy.mostPadding {
                    buffer.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: gap))
                }
                buffer.append(contentsOf: line.bytes)
                buffer.append(UInt8(ascii: "\n"))
                place.offset = start + buffer.count
                place.end = LogEnd(sequence: line.sequence, hash: line.hash)
            }
            try write(buffer, to: place.segment, at: start)
            if place.end != end {
                walk.move(to: place)
                try writeHead()
            }
            if let refusal { throw refusal }
        }
    }

    private func refuse(_ line: CarriedLine, after end: LogEnd) -> Refusal? {
        if line.node != node || line.sequence != end.sequence + 1 { return .gap(node: node, after: end.sequence) }
        return line.previous == end.hash ? nil : .fork(node: node, sequence: end.sequence)
    }

    /// Writes and syncs bytes of one segment (E1). One that is finished is synced before the next exists (J2).
    private mutating func write(_ bytes: [UInt8], to segment: String, at offset: Int) throws {
        if bytes.isEmpty { return }
        let file = try file(of: segment)
        // Somebody has removed or cut the file: nothing is written behind a hole.
        if try disk.size(of: file) < offset {
            throw DiskFailure(call: "write", path: "\(walk.folder)/\(segment)", number: ESTALE)
        }
        try bytes.withUnsafeBytes { try disk.write($0, to: file, at: offset) }
        try disk.synchronise(file)
    }

    private mutating func file(of segment: String) throws -> Int32 {
        let path = "\(walk.folder)/\(segment)"
        if let open {
            if open.segment == segment, try disk.isCurrent(open.file, at: path) { return open.file }
            disk.close(open.file)
            self.open = nil
        }
        let file = try disk.open(path, flags: O_RDWR | O_CREAT, mode: 0o600)
        open = (segment, file)
        try disk.synchroniseFolder(walk.folder)
        return file
    }

    /// E2: HEAD names durable lines only.
    private mutating func writeHead() throws {
        let place = walk.place
        try head.write(
            sequence: place.end.sequence, hash: place.end.hash, segment: place.segment, offset: place.offset,
            to: headFile, on: disk)
    }
}
