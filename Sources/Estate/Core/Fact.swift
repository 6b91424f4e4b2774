import Journal

/// Something that happened and is never changed. Its effect on the state is all that the state ever is.
protocol Fact: Record {
    /// As the journal names it, in the past tense, e.g. `visitor.arrived`.
    static var kind: StaticString { get }
    /// The action that leaves it, whose words are the fact's as well.
    static var action: (any Action.Type)? { get }
    static var label: Label { get }
    /// From when on it holds: when it happened, unless it is of a kind that is entered after it was so.
    func holds(since stamp: Stamp, in zone: Zone) -> Moment
    /// Whether today's work still needs it.
    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool
    /// What it makes or changes besides itself, as later facts name it: ids, units. While one of these, or the fact itself, is
    /// named by a later one, it cannot be taken back; a kind that gives `nil` never can.
    func touches(in estate: Estate) -> [String]?
    /// What follows. Facts were checked before they were written: this must not fail, only pass over what it cannot place.
    func apply(to estate: inout Estate, _ stamp: Stamp)
}

extension Fact {
    static var label: Label { action?.label ?? .none }
    func touches(in estate: Estate) -> [String]? { nil }
    func holds(since stamp: Stamp, in zone: Zone) -> Moment { stamp.at }
    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { true }
}

/// What holds as of any moment, however early: the estate itself, its units and people, who works here.
protocol TimelessFact: Fact {}

extension TimelessFact {
    func holds(since stamp: Stamp, in zone: Zone) -> Moment { .distantPast }
}

/// What a fact carries besides its own fields.
struct Stamp: Hashable, Sendable {
    public let id: EntryID
    /// When it happened.
    public var at: Moment
    /// The staff member who recorded it.
    public let by: String
}

/// What a fact's line is read for.
enum FactUse {
    /// To apply it, if it holds by a moment.
    case apply(until: Moment)
    /// To tell whether today's work still needs it.
    case sift(WorkingSet)
}

/// A kind of fact, as the journal's lines are matched with it.
public struct FactKind: Sendable {
    let kind: StaticString
    /// The kind and its fields: what a checkpoint's reader must know to be the same.
    let schema: String
    /// Reads a line's data behind its common head and uses it; tells whether it applied, or is needed.
    let use: @Sendable (inout Estate, Stamp, FactUse, JSONScanner, _ isFirst: Bool) throws -> Bool
    /// The fact from members in any order: for lines that another program wrote, and to tell of it.
    let read: @Sendable ([String: JSONValue], Zone) throws -> any Fact

    @inline(__always)
    static func of<Kind: Fact>(_: Kind.Type) -> FactKind {
        FactKind(
            kind: Kind.kind,
            schema: "\(Kind.kind) \(Kind.description.map { "\($0.key):\($0.type.name)" })",
            use: { estate, stamp, use, scanner, isFirst in
                var fact = Kind()
                var reader = CanonicalReader(scanner, isFirst: isFirst, zone: estate.zone)
                try fact.fields(&reader)
                try reader.finish()
                return fact.used(use, in: &estate, stamp)
            },
            read: { members, zone in
                var fact = Kind()
                var reader = MemberReader(members, zone: zone)
                try fact.fields(&reader)
                return fact
            })
    }
}

extension Fact {
    @inline(__always)
    fileprivate func used(_ use: FactUse, in estate: inout Estate, _ stamp: Stamp) -> Bool {
        switch use {
        case .apply(let limit):
            if holds(since: stamp, in: estate.zone) <= limit { apply(to: &estate, stamp) }
            return true
        case .sift(let set): return isNeeded(in: set, stamp)
        }
    }
}

/// All kinds of facts, by name.
struct FactTable: Sendable {
    /// In as many rows as ``row(of:)`` tells apart: a line's kind is found by its bytes, without making a `String` of it.
    private let rows: [[(name: [UInt8], kind: FactKind)]]
    /// Changes whenever a fact's fields do.
    let schema: String

    init(_ kinds: [FactKind]) {
        var rows = Array(repeating: [(name: [UInt8], kind: FactKind)](), count: 256)
        for kind in kinds {
            let name = Array(kind.kind.description.utf8)
            rows[name.withUnsafeBytes(FactTable.row)].append((name, kind))
        }
        self.rows = rows
        let text = Array(kinds.map(\.schema).sorted().joined(separator: "\n").utf8)
        schema = text.withUnsafeBytes { Digest(of: $0).text }
    }

    private static func row(of name: UnsafeRawBufferPointer) -> Int {
        guard let first = name.first, let last = name.last else { return 0 }
        return (name.count &* 31 &+ Int(first) &* 7 &+ Int(last) &+ Int(name[name.count / 2]) &* 3) & 255
    }

    private func kind(of line: Line) -> FactKind? {
        rows[FactTable.row(of: line.kind)].first { $0.name.elementsEqual(line.kind) }?.kind
    }

    enum Outcome { case applied, unknownKind, unreadable }

    /// Applies a line that holds by `limit`, unless it was taken back.
    func apply(_ line: Line, to estate: inout Estate, until limit: Moment = .distantFuture) -> Outcome {
        if estate.undone.holds(line.id) { return .applied }
        // What this program cannot read may build on what it can.
        estate.daybook.note(line)
        guard let kind = kind(of: line) else { return .unknownKind }
        return use(line, kind, .apply(until: limit), &estate) == nil ? .unreadable : .applied
    }

    /// Whether today's work still needs what a line tells of.
    func isNeeded(_ line: Line, in set: WorkingSet, _ estate: inout Estate) -> Bool {
        guard !set.undone.holds(line.id), let kind = kind(of: line) else { return false }
        return use(line, kind, .sift(set), &estate) ?? false
    }

    /// The fact that a line tells of, and when that happened; `nil` when this program cannot read it.
    func read(_ line: Line, zone: Zone) -> (fact: any Fact, at: Moment)? {
        kind(of: line).flatMap { read(line, $0, zone) }
    }

    private func read(_ line: Line, _ kind: FactKind, _ zone: Zone) -> (fact: any Fact, at: Moment)? {
        guard let json = try? JSONValue(parsing: String(decoding: line.data, as: UTF8.self)),
            case .object(var members) = json
        else { return nil }
        var at = line.written
        // In a line that another program wrote, the moment may stand anywhere.
        if let other = members.removeValue(forKey: "at") {
            guard case .string(let text) = other, let moment = Moment(iso: text.utf8) else { return nil }
            at = moment
        }
        return (try? kind.read(members, zone)).map { ($0, at) }
    }

    private func use(_ line: Line, _ kind: FactKind, _ use: FactUse, _ estate: inout Estate) -> Bool? {
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
        var stamp = Stamp(id: line.id, at: at, by: line.by)
        if let result = try? kind.use(&estate, stamp, use, scanner, isFirst) { return result }
        guard let read = read(line, kind, estate.zone) else { return nil }
        stamp.at = read.at
        return read.fact.used(use, in: &estate, stamp)
    }
}

extension Fact {
    /// The data of the fact's line; `at` only when that is not when it is written.
    func data(at: Moment?, zone: Zone) -> [UInt8] {
        var (fact, writer) = (self, JSONRecordWriter(json: JSONWriter(), zone: zone, keepsAbsent: false))
        writer.json.openObject()
        if let at {
            writer.json.key("at")
            writer.json.plain(at.text(in: zone).utf8)
        }
        try? fact.fields(&writer)
        writer.json.closeObject()
        return writer.json.bytes
    }
}
