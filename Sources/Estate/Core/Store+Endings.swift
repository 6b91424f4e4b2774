import Journal

// Ending particulars: a fact asks for it, then the keys are destroyed, then a fact says so. Whatever a crash leaves
// undone of this, and keys that a backup has brought back, are dealt with at the next opening or write.

extension Store {
    /// Tells the ring what has ended, if that has changed.
    func noteEndings() {
        if knownEndings == estate.endings.count {
            if ring.refresh() { generation += 1 }
            return
        }
        (knownEndings, mustLookAtKeys) = (estate.endings.count, true)
        // What was worked out from the state is shown differently now.
        generation += 1
        let endings = estate.endings
        ring.forget { endings.holds($0, $1) }
    }

    /// Whether keys are there that have to go, or a fact has to say that they are gone.
    private var hasEndingsToFinish: Bool {
        get throws {
            if !estate.endings.asked.isEmpty { return true }
            if estate.endings.count == 0 { return false }
            return try ring.names().contains { name in
                try estate.endings.concern(name) && ring.opens(name) { estate.endings.holds(name, $0) }
            }
        }
    }

    /// Destroys the keys of what others have asked to end since the last look. Throws ``JournalError``.
    public func finishWhatEnded() throws {
        if mustLookAtKeys || !estate.endings.asked.isEmpty { try finishEndings() }
    }

    /// Destroys the keys of what has ended, and records that. Throws ``JournalError``.
    func finishEndings() throws {
        noteEndings()
        mustLookAtKeys = false
        do {
            guard try hasEndingsToFinish else { return }
        } catch let failure as DiskFailure { throw JournalError.disk(failure) }
        // The other records under a key have to be known.
        try readWhole()
        let ring = ring
        try attempt(by: estate.endings.asked.first?.by ?? "") { try $0.finishEndings(ring) }
        noteEndings()
        mustLookAtKeys = false
    }
}

/// A key of which something has ended.
private struct KeyToEnd {
    let name: KeyName
    let kept: [(id: EntryID, kind: String)]
    /// `nil`: all but ``kept``.
    let ended: Set<EntryID>?
}

extension Estate {
    /// The keys that concern what has ended, each with the lines that have not.
    fileprivate func endedKeys(of ring: KeyRing) throws -> [KeyToEnd] {
        try ring.names().filter { endings.concern($0) }.map { name in
            let kept = (sealedLines.entries[name] ?? Chunks()).filter { !endings.holds(name, $0.id) }
            return KeyToEnd(name: name, kept: kept.map { ($0.id, $0.kind) }, ended: endings.records(under: name))
        }
    }

    /// The keys that seal nothing in the journal and whose retention is over on a day.
    fileprivate func unusedKeys(of ring: KeyRing, before day: Day) throws -> [KeyName] {
        try ring.names().filter { name in
            guard sealedLines.generation(of: name.place) == nil,
                let month = try? Period(text: name.place.month, zone: zone)
            else { return false }
            return lastDay(of: name.place.kind, month).map { $0 < day } ?? false
        }
    }
}

extension Store.Batch {
    /// Destroys the keys of what has ended, under the lock, and then records that.
    fileprivate mutating func finishEndings(_ ring: KeyRing) throws {
        for key in try withState({ try $0.endedKeys(of: ring) }) {
            try ring.end(key.name, keeping: key.kept, ended: key.ended)
        }
        // Nothing in the journal is sealed with these: the keys of forms that were never sent.
        let today = Day(now, in: zone)
        for name in try withState({ try $0.unusedKeys(of: ring, before: today) }) { try ring.end(name, keeping: []) }
        let asked = try withState { $0.endings.asked }
        guard let first = asked.first else { return }
        try record(KeysDestroyed(asked: asked.map { Ref($0.id) }), by: first.by)
    }
}

/// Sealed records that cannot be opened, although nothing says that they have ended: their key is lost or damaged.
public struct UnreadableParticulars: Sendable {
    public let key: KeyName
    public let records: Int
}

extension Store {
    /// The keys that do not open what they should. Reads the whole journal, and opens all that is sealed and has not
    /// ended. Throws ``JournalError``.
    public func unreadableParticulars() throws -> [UnreadableParticulars] {
        let ring = KeyRing(of: folder, disk: disk)
        var closed: [(name: KeyName, id: EntryID)] = []
        try Journal(at: folder, zone: zone, disk: disk, readOnly: true).catchUp { line in
            guard let sealed = SealedText(line.sealed) else { return }
            let (name, kind) = (sealed.keyName(of: line.node), String(decoding: line.kind, as: UTF8.self))
            if estate.endings.holds(name, line.id) { return }
            if case .plain = ring.open(sealed, node: line.node, id: line.id, kind: kind) { return }
            closed.append((name, line.id))
        }
        // What others ended meanwhile is among what was read.
        try catchUp()
        let lost = Dictionary(grouping: closed) { $0.name }
            .mapValues { $0.count { !estate.endings.holds($0.name, $0.id) } }.filter { $0.value > 0 }
        return lost.sorted { $0.key < $1.key }.map { UnreadableParticulars(key: $0.key, records: $0.value) }
    }
}
