import Journal

/// The exchange of keys of sealed particulars. Lines travel sealed; their keys stand apart, where they can be destroyed.
///
/// A key that nothing has ended of is given to every node. One of which something has ended is never given again: the
/// node that ended it destroys the hub's copy or leaves what is left of it there, and each node confirms that it has done
/// so itself (H7).
struct KeyExchange {
    private let keys: CarriedKeys
    /// For each node, the number of keys that it has not confirmed to have destroyed.
    private(set) var unconfirmed: [String: Int] = [:]
    /// The hub's copies that were looked at for what is missing here, of keys of which something has ended.
    private var seen: [String: Digest] = [:]
    /// The keys that were here at the last exchange.
    private var known: Set<String> = []
    /// Whether the hub has a key of this node that is another here: the node is there twice, and lines that are sealed with
    /// this one could be read nowhere.
    private(set) var isDoubled = false
    /// Whether there may be something to do.
    var isDue = true

    init(of folder: String, disk: any Disk) { keys = CarriedKeys(of: folder, disk: disk) }

    /// Notices keys that have come since, such as the first of a month. Throws ``JournalError``.
    mutating func notice() throws {
        if try !known.isSuperset(of: keys.names()) { isDue = true }
    }

    /// Brings both in step, if it is due. Returns whether anything moved.
    ///
    /// - Throws: ``HubError``, ``JournalError``.
    mutating func run(_ hub: some HubTransport, own: String, nodes: Set<String>) throws -> Bool {
        guard isDue else { return false }
        isDue = false
        // A name that is no key's, or of no node's, is of a machine that means no good, or of a former build's drafts.
        func isOfNode(_ name: String) -> Bool { CarriedKeys.node(of: name).map(nodes.contains) ?? false }
        func isOwn(_ name: String) -> Bool { CarriedKeys.node(of: name) == own }
        let ended = try keys.ended().filter(isOfNode)
        known = Set(try keys.names())
        // A log of which neither side has a line yet has its turn with its first one.
        let local = known.filter(isOfNode)
        var remote = try hub.keys().filter { isOfNode($0.key) }
        var endings = try hub.endings().filter { isOfNode($0.key) }
        var hasMoved = false
        isDoubled = false
        for name in ended.sorted() where try destroy(name, own, &remote, &endings, hub) { hasMoved = true }
        for name in local.subtracting(ended).sorted() where endings[name] == nil {
            let isOwn = isOwn(name)
            guard isOwn || remote[name] == nil, let content = try keys.form(of: name).content else { continue }
            if remote[name] == nil {
                remote[name] = try hub.add(key: name, content)
                hasMoved = true
            }
            if isOwn, let theirs = remote[name], theirs != digest(content), try isOther(name, content, hub) {
                isDoubled = true
            }
        }
        // Lines may come after something of their key has ended. Whoever made it knows them all, and leaves their keys.
        let rest = try ended.union(local.filter { endings[$0] != nil })
            .filter { try remote[$0] != nil && remote[$0] != seen[$0] && !keys.form(of: $0).isWhole }.sorted()
        let missing = remote.keys.filter { !local.contains($0) && !ended.contains($0) }.sorted()
        do {
            // First those for which the folder's lock is not needed: another program may hold that for long.
            for part in [missing.filter { !isOwn($0) }, missing.filter(isOwn)] {
                for (name, content) in try hub.contents(ofKeys: part) where try keys.add(name, content, own: own) {
                    hasMoved = true
                }
            }
            for (name, content) in try hub.contents(ofKeys: rest) {
                if try keys.add(name, rest: content) { hasMoved = true }
                seen[name] = remote[name]
            }
        } catch JournalError.busy {
            // The next round tries again; lines have waited for a moment only.
            isDue = true
        }
        for name in endings.keys.sorted() where endings[name]?.contains(own) == false {
            if try keys.form(of: name).isWhole { continue }
            try hub.confirm(ending: name, at: own)
            endings[name]?.insert(own)
            hasMoved = true
        }
        unconfirmed = [:]
        for confirmed in endings.values {
            for node in nodes.subtracting(confirmed) { unconfirmed[node, default: 0] += 1 }
        }
        return hasMoved
    }

    /// Whether both have the key of a month, and not the same. What is left of one is no other key.
    private func isOther(_ name: String, _ ours: [UInt8], _ hub: some HubTransport) throws -> Bool {
        guard CarriedKeys.form(ours)?.isWhole == true, let theirs = try wholeKey(name, hub) else { return false }
        return ours != theirs
    }

    /// The hub's copy of a key, if that opens all its records.
    private func wholeKey(_ name: String, _ hub: some HubTransport) throws -> [UInt8]? {
        try hub.contents(ofKeys: [name])[name].flatMap { CarriedKeys.form($0)?.isWhole == true ? $0 : nil }
    }

    private func digest(_ bytes: [UInt8]) -> Digest { bytes.withUnsafeBytes { Digest(of: $0) } }

    /// Destroys what the hub has of a key of which something has ended here; returns whether anything was to do.
    private mutating func destroy(
        _ name: String, _ own: String, _ remote: inout [String: Digest], _ endings: inout [String: Set<String>],
        _ hub: some HubTransport
    ) throws -> Bool {
        let form = try keys.form(of: name)
        // The month's key is still here: the ending is not finished.
        if form.isWhole { return false }
        let left = form.content
        // This file is lost, or damaged; it is made whole from what the hub has left.
        if left == nil, remote[name] != nil, let theirs = try hub.contents(ofKeys: [name])[name],
            try keys.hasRest(name, theirs)
        {
            seen[name] = nil
            return false
        }
        let isConfirmed = endings[name]?.contains(own) == true
        let isToReplace = try remote[name] != left.map(digest) && isOurs(name, own, hub)
        if isConfirmed, !isToReplace { return false }
        // Before the hub's copy changes, so that nobody adds the former again.
        if !isConfirmed {
            try hub.confirm(ending: name, at: own)
            endings[name, default: []].insert(own)
        }
        if isToReplace {
            try hub.replace(key: name, with: left)
            remote[name] = left.map(digest)
        }
        return true
    }

    /// Whether this node says what is left of a key: it made the key and knows all lines under it, or the hub's copy still
    /// opens everything.
    private func isOurs(_ name: String, _ own: String, _ hub: some HubTransport) throws -> Bool {
        try CarriedKeys.node(of: name) == own || wholeKey(name, hub) != nil
    }
}

extension CarriedKeys.Form {
    /// Whether it opens all records of its month.
    fileprivate var isWhole: Bool { if case .whole = self { true } else { false } }
}
