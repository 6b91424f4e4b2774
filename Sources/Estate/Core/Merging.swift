import Journal

/// How facts of one kind go together that nodes recorded without having heard of one another. Each kind declares it.
///
/// All nodes apply all facts in one order, so that all show the same. What one node would have refused, had it known,
/// may stand in the journal all the same: it is shown as a ``Conflict``, and never erased.
struct Merging<Kind: Fact>: Sendable {
    /// What the fact meets in the state that it is applied to; `nil` if nothing.
    typealias Check = @Sendable (Kind, Estate, Metadata) -> Conflict.Reason?

    let way: MergingWay
    let conflict: Check

    /// Each counts beside the others: visitors, calls, patrol points.
    static var grows: Merging { Merging(way: .grows) { _, _, _ in nil } }

    /// The same for facts about something, which may be unknown here.
    static func grows(of isKnown: @escaping @Sendable (Kind, Estate) -> Bool) -> Merging {
        Merging(way: .grows) { fact, estate, _ in isKnown(fact, estate) ? nil : .unknown }
    }

    /// All count, and the state follows from them in their order: amounts, the last mark, the last appointment.
    static var derived: Merging { Merging(way: .derived) { _, _, _ in nil } }

    static func derived(of isKnown: @escaping @Sendable (Kind, Estate) -> Bool) -> Merging {
        Merging(way: .derived) { fact, estate, _ in isKnown(fact, estate) ? nil : .unknown }
    }

    /// The first about the same thing counts. A later one is kept, changes nothing and is marked 重复.
    static func first(_ conflict: @escaping Check) -> Merging { Merging(way: .first, conflict: conflict) }

    /// One node decides: what another has recorded meanwhile is kept, changes nothing and is marked 重复.
    static func owned(_ conflict: @escaping Check) -> Merging { Merging(way: .owned, conflict: conflict) }

    /// All count. Those of two nodes that may be one and the same are shown, for somebody to look into.
    static func suspicious(_ conflict: @escaping Check) -> Merging { Merging(way: .suspicious, conflict: conflict) }
}

/// The ways of merging. What belongs to one node (stock, deposits, the 5th) is asked for there.
enum MergingWay: Sendable { case grows, derived, first, owned, suspicious }

/// A fact that does not go together with those before it.
public struct Conflict: Sendable {
    enum Reason: Sendable {
        /// The same was recorded before: the fact changes nothing. The label says what was.
        case doubled(Label)
        /// It counts, and may be the same as another.
        case suspicious(Label)
        /// It is about something that is not there: undone, or not here yet.
        case unknown

        /// Whether the fact is applied.
        var counts: Bool { if case .doubled = self { false } else { true } }

        var label: Label {
            switch self {
            case .doubled(let what): Label("重复：\(what.chinese)", en: "doubled: \(what.english)")
            case .suspicious(let what): Label("可疑：\(what.chinese)", en: "suspicious: \(what.english)")
            case .unknown:
                Label("所指的记录不在（已撤销或还未收到）", en: "what it is about is not there: undone, or not received yet")
            }
        }
    }

    public let id: Ref<JournalEntry>
    let kind: any Fact.Type
    public let at: Moment
    public let by: String
    let reason: Reason
}

extension Fact {
    /// Notes what the fact meets. Returns whether it is to be applied.
    @inline(__always)
    func noteConflict(in estate: inout Estate, _ metadata: Metadata, until limit: Moment) -> Bool {
        guard let reason = Self.merging.conflict(self, estate, metadata) else { return true }
        // As of an earlier moment, and of a working set, what a fact is about may be missing without any conflict.
        if case .unknown = reason, estate.partial != nil || limit < .distantFuture { return true }
        estate.nodes.add(
            Conflict(
                id: Ref(metadata.id), kind: Self.self, at: metadata.at, by: metadata.by, reason: reason))
        return reason.counts
    }
}
