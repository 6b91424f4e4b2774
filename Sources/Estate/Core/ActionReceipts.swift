import Journal

/// The receipts of the actions that were recorded with a key in the last 62 days of the record, also of those that were
/// undone. See ``IdempotencyKey``.
///
/// Counted are the days, in UTC, on which any node recorded anything. A clock that is months ahead for a moment passes
/// one; the days until the others have caught up with it pass none, and keys are known for longer.
///
/// Records of a fixed size in sorted runs, each at least twice as long as the next, so that a copy of the state shares
/// them, and a checkpoint is read without looking at each.
struct ActionReceipts: Sendable {
    /// For how many days of the record a key is known.
    private static let days = 62

    /// One receipt. 64 bytes without gaps, which stand in a checkpoint as they are.
    private struct Record {
        /// The fingerprint of member and key.
        let key: UInt64
        let content: IdempotencyKey.ShortDigest
        let id: EntryID
        /// The action's day of the record, and the number of its first line.
        let day, sequence: Int64
        /// Indices of ``ActionReceipts/nodes`` and ``ActionReceipts/warnings``.
        let node, warnings: UInt32

        static func < (a: Record, b: Record) -> Bool {
            (a.key, a.day, a.sequence, a.node) < (b.key, b.day, b.sequence, b.node)
        }
    }

    /// Each value once: the names of the nodes, and the warnings of the receipts.
    private var nodes: [String] = []
    private var warnings: [[String]] = []
    /// Sorted.
    private var runs: [[Record]] = []
    /// The newest, as they came.
    private var recent: [Record] = []
    private static let mostRecent = 1_024
    /// The number of days on which anything was recorded.
    private var day: Int64 = 0
    /// The last of these, in days since 1970.
    private var date: Int64 = 0

    init() {}

    /// Counts the day of a line; lines come in the order of their time.
    mutating func countDay(of time: HybridTime) {
        let date = time.milliseconds / 86_400_000
        if date > self.date { (day, self.date) = (day + 1, date) }
    }

    /// The first day of the record whose receipts count.
    private var firstDay: Int64 { day - Int64(ActionReceipts.days) }

    // MARK: Looking up

    /// The receipt of the action that was recorded with a key: that of this node, whose sender asks again, if two nodes
    /// have one. Throws ``Refusal`` `key.reused` if its content was another.
    fileprivate func receipt(for key: IdempotencyKey, of member: String, at node: String) throws -> Receipt? {
        let found = records(of: Fingerprint(member, key.digest).value)
        let own = found.filter { name(of: $0) == node }
        guard let record = (own.isEmpty ? found : own).min(by: <) else { return nil }
        if record.content != key.content {
            throw Refusal.rule(
                "key.reused", "这个 key 已用于另一项内容，那一项已经记录；没有再记，请先核对",
                en: "this key was used for other content, which is recorded; nothing more was: look at that first")
        }
        let index = Int(record.warnings)
        return Receipt(
            id: record.id, node: name(of: record), sequence: Int(record.sequence),
            warnings: warnings.indices.contains(index) ? warnings[index] : [], isRepeated: true)
    }

    fileprivate func holds(_ key: IdempotencyKey.ShortDigest, of member: String) -> Bool {
        !records(of: Fingerprint(member, key).value).isEmpty
    }

    private func name(of record: Record) -> String {
        nodes.indices.contains(Int(record.node)) ? nodes[Int(record.node)] : ""
    }

    private func records(of key: UInt64) -> [Record] {
        var found = recent.filter { $0.key == key && $0.day >= firstDay }
        for run in runs {
            var (low, high) = (0, run.count)
            while low < high {
                let middle = (low + high) / 2
                if run[middle].key < key { low = middle + 1 } else { high = middle }
            }
            found += run[low...].prefix { $0.key == key }.filter { $0.day >= firstDay }
        }
        return found
    }

    // MARK: Adding

    /// Adds the receipt that a line states.
    mutating func add(_ line: Line) {
        var scanner = JSONScanner(line.idempotency)
        let comma = UInt8(ascii: ",")
        guard scanner.take("["), let key = (try? scanner.plain()).map({ IdempotencyKey.ShortDigest($0) }),
            scanner.take(comma),
            let content = (try? scanner.plain()).map({ IdempotencyKey.ShortDigest($0) }), scanner.take(comma),
            let id = (try? scanner.plain()).flatMap({ EntryID($0) })
        else { return }
        var warnings: [String] = []
        while scanner.take(comma), let warning = try? scanner.string() { warnings.append(warning) }
        add(
            Receipt(id: id, node: line.node, sequence: line.sequence, warnings: warnings), Fingerprint(line.by, key),
            content)
    }

    fileprivate mutating func add(
        _ receipt: Receipt, _ key: Fingerprint, _ content: IdempotencyKey.ShortDigest
    ) {
        recent.append(
            Record(
                key: key.value, content: content, id: receipt.id, day: day, sequence: Int64(receipt.sequence),
                node: UInt32(nodes.place(of: receipt.node)), warnings: UInt32(warnings.place(of: receipt.warnings))))
        guard recent.count == ActionReceipts.mostRecent else { return }
        runs.append(recent.sorted(by: <))
        recent.removeAll(keepingCapacity: true)
        while runs.count > 1, runs[runs.count - 2].count < 2 * runs[runs.count - 1].count {
            let last = runs.removeLast()
            runs.append(ActionReceipts.merged(runs.removeLast(), last, from: firstDay))
        }
    }

    /// One sorted run of two, without repeats and without what is older than `firstDay`.
    private static func merged(_ a: [Record], _ b: [Record], from firstDay: Int64) -> [Record] {
        var merged: [Record] = []
        merged.reserveCapacity(a.count + b.count)
        var (i, j) = (0, 0)
        while i < a.count || j < b.count {
            let takesB = i == a.count || j < b.count && b[j] < a[i]
            let next = takesB ? b[j] : a[i]
            if takesB { j += 1 } else { i += 1 }
            if next.day >= firstDay, merged.last.map({ $0 < next }) ?? true { merged.append(next) }
        }
        return merged
    }

    // MARK: Checkpoints

    /// The bytes for a checkpoint: a hash of the others; a line of JSON,
    /// `{"day":…,"date":…,"nodes":[…],"warnings":[[…],…]}`; the records, sorted.
    var bytes: [UInt8] {
        var all = ActionReceipts.merged([], recent.sorted(by: <), from: firstDay)
        for run in runs.reversed() { all = ActionReceipts.merged(run, all, from: firstDay) }
        let head = JSONWriter.object { json in
            json.member("day", Int(day))
            json.member("date", Int(date))
            json.member("nodes", nodes)
            json.key("warnings")
            json.openArray()
            for codes in warnings {
                json.openArray()
                for code in codes { json.string(code) }
                json.closeArray()
            }
            json.closeArray()
        }
        var bytes = Array(head.utf8) + [0x0A]
        all.withUnsafeBytes { bytes.append(contentsOf: $0) }
        let hash = bytes.withUnsafeBytes { Fingerprint(of: $0).value }
        return withUnsafeBytes(of: hash) { Array($0) } + bytes
    }

    /// Reads ``bytes``; `nil` for anything else.
    init?(_ bytes: UnsafeRawBufferPointer) {
        let size = MemoryLayout<UInt64>.size
        guard bytes.count > size else { return nil }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[size...])
        guard bytes.loadUnaligned(as: UInt64.self) == Fingerprint(of: rest).value, let end = rest.firstIndex(of: 0x0A),
            let json = try? JSONValue(parsing: String(decoding: rest[..<end], as: UTF8.self)),
            case .object(let head) = json, let day: Int64 = head.integer("day"), let date: Int64 = head.integer("date"),
            case .array(let nodes)? = head["nodes"], case .array(let warnings)? = head["warnings"]
        else { return nil }
        (self.day, self.date) = (day, date)
        self.nodes = nodes.compactMap(\.text)
        self.warnings = warnings.map { if case .array(let codes) = $0 { codes.compactMap(\.text) } else { [] } }
        let records = UnsafeRawBufferPointer(rebasing: rest[(end + 1)...])
        let (count, odd) = records.count.quotientAndRemainder(dividingBy: MemoryLayout<Record>.stride)
        guard odd == 0 else { return nil }
        if count > 0 {
            runs = [
                Array(unsafeUninitializedCapacity: count) { buffer, filled in
                    UnsafeMutableRawBufferPointer(buffer).copyMemory(from: records)
                    filled = count
                }
            ]
        }
    }
}

extension Estate {
    /// The receipt of the action that a member has recorded with a key; `nil` if none is known. `node`: where it is asked.
    /// Throws ``Refusal`` `key.reused`.
    func receipt(for key: IdempotencyKey, of member: String, at node: String) throws -> Receipt? {
        try actionReceipts.receipt(for: key, of: member, at: node)
    }

    /// Whether a member has recorded an action with a key.
    public func hasReceipt(for key: String, of member: String) -> Bool {
        actionReceipts.holds(IdempotencyKey.digest(of: key), of: member)
    }

    /// Adds the receipt of joined actions that were applied one by one.
    mutating func keep(_ receipt: Receipt, for key: IdempotencyKey, of member: String) {
        actionReceipts.add(receipt, Fingerprint(member, key.digest), key.content)
    }
}

/// FNV-1a with 64 bits.
struct Fingerprint {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    init(of text: String) { for byte in text.utf8 { add(UInt64(byte)) } }

    init(_ member: String, _ key: IdempotencyKey.ShortDigest) {
        self.init(of: member)
        // No byte of UTF-8.
        add(0xFF)
        add(key.high)
        add(key.low)
    }

    /// Of bytes, taken in words; any change within one word changes it.
    init(of bytes: UnsafeRawBufferPointer) {
        let words = bytes.count / 8
        for index in 0..<words { add(bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)) }
        for byte in bytes[(words * 8)...] { add(UInt64(byte)) }
    }

    private mutating func add(_ word: UInt64) { value = (value ^ word) &* 0x100_0000_01B3 }
}

extension Array where Element: Equatable {
    /// The index of an element, which is appended if it is not there.
    fileprivate mutating func place(of element: Element) -> Int {
        if let index = lastIndex(of: element) { return index }
        append(element)
        return count - 1
    }
}

extension JSONValue {
    fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
}
