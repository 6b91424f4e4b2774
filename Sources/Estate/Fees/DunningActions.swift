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
        let forbidden = estate.handbook.fees.forbidden
        if [channel.text, outcome].contains(where: { forbidden.warning(for: $0) != nil }) {
            plan.warn("dunning.forbidden")
        }
    }

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        ["channel", "outcome"].reduce(into: [:]) { cautions, key in
            guard let text = values[key], let warning = estate.handbook.fees.forbidden.warning(for: text) else {
                return
            }
            cautions[key] = Label(warning, en: "never a way to collect: cutting supplies, access, cars, goods, naming")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        // Bills that were entered late were open once they were due.
        let day = Day(metadata.at, in: estate.zone)
        let open = estate.fees.unpaidBills(of: unit).filter { $0.issued <= metadata.at || $0.due <= day }
        estate.fees.dunnings[unit, default: []].append(
            Dunning(
                id: Ref(metadata.id), unit: unit, at: metadata.at, by: metadata.by, channel: channel.text,
                outcome: outcome, promise: promise, bills: open.map(\.id)))
    }
}
