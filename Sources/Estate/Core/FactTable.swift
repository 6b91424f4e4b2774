import Journal

/// The purpose for which a fact's line is read.
enum FactUse {
    /// Apply the fact if it holds by a moment.
    case apply(until: Moment)
    /// Decide whether a checkpoint keeps it.
    case retain(in: WorkingSet)
    /// Tell since when it holds.
    case tell(HoldingTime)
}

/// Since when a fact holds; the distant past until it was told.
final class HoldingTime {
    fileprivate(set) var moment = Moment.distantPast
}

/// Reads the journal lines of one kind of fact.
struct FactReader: Sendable {
    let kind: StaticString
    /// The kind and its fields: a checkpoint written for another schema is not read.
    let schema: String
    /// Reads the fact's own fields, which follow the common ones, and uses the fact. Returns whether a checkpoint
    /// retains it; always `true` for ``FactUse/apply(until:)``.
    let use: @Sendable (inout Estate, Metadata, FactUse, JSONScanner, _ isFirst: Bool, SealedObject?) throws -> Bool
    /// The fact from members in any order: for lines that another program wrote, and for showing it.
    let read: @Sendable ([String: JSONValue], Zone, SealedObject?) throws -> any Fact

    @inline(__always)
    static func of<Kind: Fact>(_: Kind.Type) -> FactReader {
        FactReader(
            kind: Kind.kind,
            schema: SchemaWriter.schema(of: Kind.self),
            use: { estate, metadata, use, scanner, isFirst, sealed in
                var fact = Kind()
                var reader = CanonicalReader(scanner, isFirst: isFirst, zone: estate.zone, sealed: sealed)
                try fact.fields(&reader)
                try reader.finish()
                return fact.withCurrentNames(in: estate).used(use, in: &estate, metadata)
            },
            read: { members, zone, sealed in
                var fact = Kind()
                var reader = MemberReader(members, .stored, zone: zone, sealed: sealed)
                try fact.fields(&reader)
                return fact
            })
    }
}

extension Fact {
    @inline(__always)
    fileprivate func used(_ use: FactUse, in estate: inout Estate, _ metadata: Metadata) -> Bool {
        switch use {
        case .apply(let limit):
            if let subject { estate.sealedLines.assign(metadata.id, to: subject) }
            if estate.partial != nil, let subject, !estate.knows(subject) { estate.partial?.isInsufficient = true }
            let since = holds(since: metadata, in: estate.zone)
            estate.lateFacts.note(since, recorded: estate.latest.milliseconds, in: estate.zone)
            if since <= limit, noteConflict(in: &estate, metadata, until: limit) {
                apply(to: &estate, metadata)
            }
            return true
        case .retain(let set): return isRetained(in: set, metadata)
        case .tell(let time):
            time.moment = holds(since: metadata, in: estate.zone)
            return true
        }
    }
}

/// Writes a kind's name and its fields with their types.
private struct SchemaWriter: FieldVisitor {
    var text: String

    static func schema<Kind: Fact>(of _: Kind.Type) -> String {
        var (fact, writer) = (Kind(), SchemaWriter(text: Kind.kind.description))
        try? fact.fields(&writer)
        return writer.text
    }

    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label?) throws {
        text += " \(key):\(Value.type.name)"
    }
}

/// The readers of all kinds, found by the bytes of a line's kind, without making a `String` of it.
struct FactTable: Sendable {
    /// Buckets of a small hash of the kind's name.
    private let buckets: [[(name: [UInt8], reader: FactReader)]]
    /// Changes whenever a fact's fields do.
    let schema: String

    init(_ kinds: [any Fact.Type]) {
        var buckets = Array(repeating: [(name: [UInt8], reader: FactReader)](), count: 256)
        let readers = kinds.map { $0.reader }
        for reader in readers {
            let name = Array(reader.kind.description.utf8)
            buckets[name.withUnsafeBytes(FactTable.bucket)].append((name, reader))
        }
        self.buckets = buckets
        let text = Array(readers.map(\.schema).sorted().joined(separator: "\n").utf8)
        schema = text.withUnsafeBytes { Digest(of: $0).text }
    }

    private static func bucket(of name: UnsafeRawBufferPointer) -> Int {
        guard let first = name.first, let last = name.last else { return 0 }
        return (name.count &* 31 &+ Int(first) &* 7 &+ Int(last) &+ Int(name[name.count / 2]) &* 3) & 255
    }

    private func reader(of line: Line) -> FactReader? {
        buckets[FactTable.bucket(of: line.kind)].first { $0.name.elementsEqual(line.kind) }?.reader
    }

    enum Outcome { case applied, unknownKind, unreadable }

    /// Applies a line that holds by `limit`, unless it was undone. `keepsReceipt`: also keeps its receipt, if it states
    /// one, even if it was undone.
    func apply(
        _ line: Line, to estate: inout Estate, until limit: Moment = .distantFuture, keepsReceipt: Bool = true
    ) -> Outcome {
        estate.latest = max(estate.latest, line.time)
        estate.actionReceipts.countDay(of: line.time)
        if keepsReceipt, !line.idempotency.isEmpty { estate.actionReceipts.add(line) }
        estate.nodes.note(line)
        if !line.sealed.isEmpty { estate.sealedLines.note(line) }
        if estate.undone.holds(line.id) { return .applied }
        estate.changes &+= 1
        // A fact of an unknown kind may depend on an earlier one, so it goes into the undo window as well.
        estate.undoWindow.append(line)
        guard let reader = reader(of: line) else { return .unknownKind }
        return use(line, reader, .apply(until: limit), &estate) == nil ? .unreadable : .applied
    }

    /// Whether a checkpoint of a working set keeps a line.
    func isRetained(_ line: Line, in set: WorkingSet, _ estate: inout Estate) -> Bool {
        guard !set.undone.holds(line.id), let reader = reader(of: line) else { return false }
        return use(line, reader, .retain(in: set), &estate) ?? false
    }

    /// Since when a line's fact holds; the distant past for one that this program cannot read or that was undone.
    func holdingTime(of line: Line, in estate: inout Estate) -> Moment {
        guard !estate.undone.holds(line.id), let reader = reader(of: line) else { return .distantPast }
        let time = HoldingTime()
        _ = use(line, reader, .tell(time), &estate)
        return time.moment
    }

    /// The fact of a line and when it happened; `nil` when this program cannot read it.
    func read(_ line: Line, zone: Zone, _ ring: KeyRing) -> (fact: any Fact, at: Moment)? {
        reader(of: line).flatMap { read(line, $0, zone, sealed(in: line, $0, ring)) }
    }

    private func sealed(in line: Line, _ reader: FactReader, _ ring: KeyRing) -> SealedObject? {
        line.sealed.isEmpty ? nil : SealedObject(line, kind: reader.kind, ring)
    }

    private func read(
        _ line: Line, _ reader: FactReader, _ zone: Zone, _ sealed: SealedObject?
    ) -> (fact: any Fact, at: Moment)? {
        guard let json = try? JSONValue(parsing: String(decoding: line.data, as: UTF8.self)),
            case .object(var members) = json
        else { return nil }
        var at = line.written
        // In a line that another program wrote, the moment may stand anywhere.
        if let other = members.removeValue(forKey: "at") {
            guard case .string(let text) = other, let moment = Moment(iso: text.utf8) else { return nil }
            at = moment
        }
        return (try? reader.read(members, zone, sealed)).map { ($0, at) }
    }

    private func use(_ line: Line, _ reader: FactReader, _ use: FactUse, _ estate: inout Estate) -> Bool? {
        var scanner = JSONScanner(line.data)
        guard scanner.take("{") else { return nil }
        let isFirst = !scanner.takeKey("at")
        let at: Moment
        if isFirst {
            at = line.written
        } else {
            guard let moment = (try? scanner.plain()).flatMap({ Moment(iso: $0) }) else { return nil }
            at = moment
        }
        var metadata = Metadata(id: line.id, at: at, by: line.by, node: estate.nodes.latest)
        let sealed = sealed(in: line, reader, estate.ring)
        if let result = try? reader.use(&estate, metadata, use, scanner, isFirst, sealed) { return result }
        guard let read = read(line, reader, estate.zone, sealed) else { return nil }
        metadata.at = read.at
        return read.fact.withCurrentNames(in: estate).used(use, in: &estate, metadata)
    }
}
