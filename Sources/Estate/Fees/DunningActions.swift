import Handbook
import Journal

/// The ways of reminding (policy).
public enum DunningChannels: WordList {
    public static func words(in estate: Estate) -> [Candidate] { estate.handbook.fees.channels.map { Candidate($0) } }
}

/// A household was asked to pay (催缴). Cutting supplies is never a way to collect.
public struct RecordDunning: ActionFact {
    public static let name = "dunning.record"
    static let kind: StaticString = "dunning.recorded"
    static var merging: Merging<Self> { .grows }
    public static let label = Label("登记催缴", en: "Record a reminder")
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator, .finance]
    var unit = UnitCode.placeholder
    var channel = Word<DunningChannels>.placeholder
    var outcome = ""
    var promise: Day?

    public init() {}

    public init(unit: UnitCode, channel: String, outcome: String, promise: Day? = nil) {
        (self.unit, self.channel, self.outcome, self.promise) = (unit, Word(channel), outcome, promise)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("channel", &channel)
        try visitor.field("outcome", &outcome)
        try visitor.field("promise", &promise)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        plan.warnOfThreats([channel.text, outcome], in: estate)
    }

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        estate.threats(["channel", "outcome"], in: values)
    }

    /// The outcomes of the handbook.
    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] {
        key == "outcome" ? estate.handbook.collecting.outcomes.map { Candidate($0) } : []
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let open = estate.fees.unpaidBills(of: unit).filter { $0.wasKnown(at: metadata.at, in: estate.zone) }
        estate.fees.dunnings[unit, default: []].append(
            Dunning(
                id: Ref(metadata.id), unit: unit, at: metadata.at, by: metadata.by, channel: channel.text,
                outcome: outcome, promise: promise, bills: open.map(\.id)))
    }
}

extension Bill {
    /// Whether a reminder at a moment was about it: a bill that was entered late was open once it was due.
    func wasKnown(at moment: Moment, in zone: Zone) -> Bool { issued <= moment || due <= Day(moment, in: zone) }
}

extension Plan {
    /// Warns of measures that are never used to collect; nothing is blocked.
    mutating func warnOfThreats(_ texts: [String], in estate: Estate) {
        let forbidden = estate.handbook.fees.forbidden
        if texts.contains(where: { forbidden.warning(for: $0) != nil }) { warn("dunning.forbidden") }
    }
}

extension Estate {
    /// The same while typing, by field.
    func threats(_ keys: [String], in values: [String: String]) -> [String: Label] {
        keys.reduce(into: [:]) { cautions, key in
            guard let text = values[key], let warning = handbook.fees.forbidden.warning(for: text) else { return }
            cautions[key] = Label(warning, en: "never a way to collect: cutting supplies, access, cars, goods, naming")
        }
    }
}
