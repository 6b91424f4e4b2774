import Journal

/// Something that happened and is never changed. Its effect on the state is all that the state ever is.
public protocol Fact: Record {
    /// As the journal names it, in the past tense, e.g. `visitor.arrived`.
    static var kind: StaticString { get }
    /// From when on it holds: when it happened, unless it is of a kind that is entered after it was so.
    func holds(since stamp: Stamp, in zone: Zone) -> Moment
    /// What follows. Facts were checked before they were written: this must not fail, only pass over what it cannot place.
    func apply(to estate: inout Estate, _ stamp: Stamp)
}

extension Fact {
    func holds(since stamp: Stamp, in zone: Zone) -> Moment { stamp.at }
}

/// What holds as of any moment, however early: the estate itself, its units and people, who works here.
protocol TimelessFact: Fact {}

extension TimelessFact {
    func holds(since stamp: Stamp, in zone: Zone) -> Moment { .distantPast }
}

/// What a fact carries besides its own fields.
public struct Stamp: Hashable, Sendable {
    public let id: EntryID
    /// When it happened.
    public let at: Moment
    /// When it was written, which may be later.
    public let written: Moment
    /// The staff member who recorded it.
    public let by: String
    public let node: String
    public let sequence: Int
}

/// A kind of fact, as the journal's lines are matched with it.
public struct FactKind: Sendable {
    let kind: StaticString
    /// Reads a line's data behind its common head and applies it, if it holds by a moment.
    let apply: @Sendable (inout Estate, Stamp, Moment, JSONScanner, _ isFirst: Bool) throws -> Void
    /// The same from members in any order, for lines that another program wrote.
    let applyMembers: @Sendable (inout Estate, Stamp, Moment, [String: JSONValue]) throws -> Void

    @inline(__always)
    static func of<Kind: Fact>(_: Kind.Type) -> FactKind {
        FactKind(
            kind: Kind.kind,
            apply: { estate, stamp, limit, scanner, isFirst in
                var fact = Kind()
                var reader = CanonicalReader(scanner, isFirst: isFirst, zone: estate.zone)
                try fact.fields(&reader)
                try reader.finish()
                if fact.holds(since: stamp, in: estate.zone) <= limit { fact.apply(to: &estate, stamp) }
            },
            applyMembers: { estate, stamp, limit, members in
                var fact = Kind()
                var reader = MemberReader(members, zone: estate.zone)
                try fact.fields(&reader)
                if fact.holds(since: stamp, in: estate.zone) <= limit { fact.apply(to: &estate, stamp) }
            })
    }
}

/// All kinds of facts, by name.
struct FactTable: Sendable {
    private let kinds: [String: FactKind]

    init(_ kinds: [FactKind]) {
        self.kinds = Dictionary(uniqueKeysWithValues: kinds.map { ($0.kind.description, $0) })
    }

    enum Outcome { case applied, unknownKind, unreadable }

    /// Applies a line that holds by `limit`.
    func apply(_ line: Line, to estate: inout Estate, until limit: Moment = .distantFuture) -> Outcome {
        guard let kind = kinds[String(decoding: line.kind, as: UTF8.self)] else { return .unknownKind }
        var scanner = JSONScanner(line.data)
        guard scanner.take("{") else { return .unreadable }
        let written = line.written
        var at = written
        var isFirst = true
        if scanner.takeKey("at") {
            guard let moment = (try? scanner.plain()).flatMap({ Moment(iso: $0) }) else { return .unreadable }
            at = moment
            isFirst = false
        }
        func stamp(_ at: Moment) -> Stamp {
            Stamp(id: line.id, at: at, written: written, by: line.by, node: line.node, sequence: line.sequence)
        }
        if (try? kind.apply(&estate, stamp(at), limit, scanner, isFirst)) != nil { return .applied }
        guard let json = try? JSONValue(parsing: String(decoding: line.data, as: UTF8.self)),
            case .object(var members) = json
        else { return .unreadable }
        // In a line that another program wrote, the moment may stand anywhere.
        if let other = members.removeValue(forKey: "at") {
            guard case .string(let text) = other, let moment = Moment(iso: text.utf8) else { return .unreadable }
            at = moment
        }
        return (try? kind.applyMembers(&estate, stamp(at), limit, members)) != nil ? .applied : .unreadable
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
