import Journal

/// The stability of a card in days, to a tenth.
public struct DrillDays: DecimalValue {
    public static let places = 1
    public static let writtenPlaces = 1
    public static let label = Label("天数", en: "number of days")
    public static let units = ["天"]
    public let scaled: Int

    public init(scaled: Int) { self.scaled = scaled }
    init(_ days: Double) { scaled = Int((days * 10).rounded()) }
}

/// The plates that members drill (7.7): one row for each vehicle and member, of cards that were answered. A member sees
/// their own; who supervises sees all.
public struct DrillsView: PlainView {
    public static let name = "drills"
    public static let label = Label("练习", en: "Drill")
    public static let looksAhead = true
    public static let timeKey: String? = "due"

    public struct Subject: Sendable {
        public let vehicle: Ref<Vehicle>
        public let card: DrillCard
    }

    public static var columns: [ViewColumn<Self>] {
        Column("plate") { $0.plate }
        Column("unit") { $0.unit }
        Column("due", Label("下次", en: "Next")) { $0.isCurrent ? $0.due : nil }
        Column("stability", Label("记忆天数", en: "Days remembered")) {
            $0.isCurrent ? DrillDays($0.card.recall.stability) : nil
        }
        Column("state") { $0.state }
        Column("reps", Label("次数", en: "Answers")) { $0.isCurrent ? $0.card.recall.answers : 0 }
        Column("lapses", Label("忘记", en: "Lapses")) { $0.isCurrent ? $0.card.recall.lapses : 0 }
        Column("staff", Label("谁", en: "Who")) { $0.staff }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Subject] {
        let drills = context.estate.drills
        return drills.members.filter { context.showsDrills(of: $0) }.flatMap { member in
            drills.cards(of: member).flatMap { card in card.vehicles.map { Subject(vehicle: $0, card: card) } }
        }.filter { context.estate.people.allVehicles[$0.vehicle].map { $0.removed == nil } ?? false }
    }
}

extension ViewRow<DrillsView> {
    public var plate: Particular<Plate?> {
        estate.people.allVehicles[subject.vehicle]?.number.map { $0 } ?? Particular(nil)
    }
    public var unit: UnitCode? { estate.people.allVehicles[subject.vehicle]?.unit }
    public var due: Day { Day(subject.card.due(in: context.zone, by: estate.handbook.drills), in: context.zone) }
    /// Whether the plate and its occupant are those that were learned; a card begins anew when one of them changes.
    public var isCurrent: Bool { estate.isCurrent(subject.card) }
    public var staff: String { estate.staff.name(of: subject.card.staff) }
    public var state: DrillState {
        if !isCurrent { return .new }
        return subject.card.recall.stage == .review ? .review : .learning
    }
}

extension ViewContext {
    private static let supervisors: Set<Role> = [.supervisor, .manager, .regional]

    /// Whether the reader sees a member's cards. As with all that is withheld, only from a reader who is given.
    fileprivate func showsDrills(of owner: String) -> Bool {
        reader.map { ViewContext.supervisors.contains($0) || member == owner } ?? true
    }
}
