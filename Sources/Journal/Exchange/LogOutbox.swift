/// Reads the durable lines of one node's log in order, to be sent elsewhere. There is no other queue: the log is the outbox.
///
/// Only intact lines that follow one another are given, so none after the first damage. What stands after HEAD may be lost
/// in a power cut, and is not given.
public struct LogOutbox {
    public let node: String
    /// Whether it is the log that this folder writes.
    private let isOwn: Bool
    private var walk: LogWalk
    /// How far a log without HEAD was read.
    private var whole: LogWalk
    /// The last line that was durable at the last ``refresh()``.
    public private(set) var goal = LogEnd.start

    /// Reads nothing yet.
    public init(of node: String, in folder: String, isOwn: Bool = false, disk: any Disk = SystemDisk()) {
        (self.node, self.isOwn) = (node, isOwn)
        walk = LogWalk("\(folder)/journal/\(node)", node: node, disk: disk)
        whole = walk
    }

    /// Reads in HEAD how far the log is durable, and returns that. Another node's log that was copied here without HEAD is
    /// read to its end.
    ///
    /// - Throws: ``JournalError/disk(_:)``.
    public mutating func refresh() throws -> LogEnd {
        try JournalError.wrap {
            let head = try Head.of(walk.folder, disk: walk.disk)
            if head.isKnown || isOwn {
                goal = LogEnd(sequence: head.sequence, hash: head.hash)
            } else {
                try whole.skip(through: .max)
                goal = whole.place.end
            }
            return goal
        }
    }

    /// The last line that follows all before it, whether durable or not.
    ///
    /// - Throws: ``JournalError/disk(_:)``.
    public func lastLine() throws -> LogEnd {
        try JournalError.wrap {
            var whole = LogWalk(walk.folder, node: node, disk: walk.disk)
            try whole.start(before: max(1, goal.sequence))
            try whole.skip(through: .max)
            return whole.place.end
        }
    }

    /// The lines that follow a number, up to a limit; empty at the end of what was durable at the last ``refresh()``.
    ///
    /// - Throws: ``JournalError/disk(_:)``.
    public mutating func lines(after sequence: Int, _ limit: BatchLimit = .usual) throws -> [CarriedLine] {
        try JournalError.wrap {
            guard goal.sequence > sequence else { return [] }
            if walk.place.end.sequence != sequence {
                try walk.start(before: sequence + 1)
                try walk.skip(through: sequence)
            }
            var (found, bytes): ([CarriedLine], Int) = ([], 0)
            if walk.place.end.sequence == sequence {
                try walk.go(through: goal.sequence) { line in
                    found.append(line)
                    bytes += line.bytes.count
                    return found.count < limit.lines && bytes < limit.bytes
                }
            }
            return found
        }
    }

    /// The line of a number; `nil` if it is not there.
    ///
    /// - Throws: ``JournalError/disk(_:)``.
    public mutating func line(_ sequence: Int) throws -> CarriedLine? {
        if sequence < 1 { return nil }
        return try lines(after: sequence - 1, BatchLimit(lines: 1, bytes: 1)).first
    }
}

extension Head {
    /// HEAD of a log; not known if there is none.
    static func of(_ log: String, disk: any Disk) throws -> Head {
        guard let file = try disk.openIfThere("\(log)/HEAD") else { return Head() }
        defer { disk.close(file) }
        let head = try Head(reading: file, from: disk)
        // Another process may be writing it.
        return head.isKnown ? head : try Head(reading: file, from: disk)
    }
}
