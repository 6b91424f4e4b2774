// What HEAD says of a log, compared with the log.

extension LogReader {
    /// What HEAD names and the log does not have: lines after its end, or the acknowledged one of its number.
    mutating func damage(by head: Head) -> Damage? {
        func damage(_ kind: Damage.Kind, _ sequences: ClosedRange<Int>?) -> Damage {
            Damage(kind: kind, node: node, segment: segment, offset: offset, sequences: sequences)
        }
        if !head.isKnown { return last.sequence > 0 ? damage(.noHead, nil) : nil }
        if head.sequence > last.sequence { return damage(.head, last.sequence + 1...head.sequence) }
        return has(head) ? nil : damage(.rewritten, head.sequence...head.sequence)
    }

    private mutating func has(_ head: Head) -> Bool {
        if head.sequence == 0 { return true }
        if head.sequence == last.sequence { return head.hash == last.hash }
        // HEAD was read before others appended, or is stale.
        if let lookedUp, lookedUp.head.sequence == head.sequence, lookedUp.head.hash == head.hash {
            return lookedUp.isThere
        }
        // A failing disk reports itself when the log is read.
        guard let isThere = try? looksUp(head) else { return true }
        lookedUp = (head, isThere)
        return isThere
    }

    private func looksUp(_ head: Head) throws -> Bool {
        let position = Journal.Position(
            node: node, segment: head.segment, offset: head.offset, sequence: head.sequence, hash: head.hash)
        if LogReader.isSegment(head.segment), let file = try disk.openIfThere("\(folder)/\(head.segment)") {
            defer { disk.close(file) }
            if try position.time(in: file, on: disk) != nil { return true }
        }
        // A repair has moved the line, it is damaged, or it is another one.
        return try LogScan(folder, node: node, disk: disk).hashes[head.sequence]?.contains(head.hash) ?? true
    }

    /// Lines that were read, the last one among them; whoever reads the log again has to find each.
    var heads: [HeadSeal] {
        points.map { HeadSeal(node: node, sequence: $0.position.sequence, hash: $0.position.hash) }
            + [lastHead].compactMap { $0 }
    }

    /// The line with the highest number so far.
    var lastHead: HeadSeal? {
        last.sequence > 0 ? HeadSeal(node: node, sequence: last.sequence, hash: last.hash) : nil
    }
}
