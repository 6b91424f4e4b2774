import Journal

/// A member was asked whose a plate is, and knew it or not. A training fact: each member has cards of their own.
///
/// Plates with the same last four characters are one card. The fact names the vehicles and no plate, which can end.
public struct AnswerDrill: ActionFact {
    public static let name = "drill.answer"
    static let kind: StaticString = "drill.answered"
    /// Cards follow from all answers of their member, in the one order of facts.
    static var merging: Merging<Self> { .derived }
    public static let label = Label("练习车牌", en: "Drill a plate")
    public static let roles: Set<Role> = [.guard, .operator, .supervisor]
    /// Asked for; the fact has the vehicles instead.
    var plate: Plate?
    var result = DrillResult.good
    var vehicles: [Ref<Vehicle>] = []

    public init() {}

    public init(plate: Plate, _ result: DrillResult) { (self.plate, self.result) = (plate, result) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.askedPlate(&plate)
        try visitor.derived("vehicles", &vehicles, Vehicle.label)
        try visitor.field("result", &result)
    }

    /// Never undone: a wrong answer is followed by the next, and others' entries stay within reach of undo.
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        vehicles = estate.people.vehiclesAlike(try estate.people.vehicle(of: plate))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) { estate.answerDrill(vehicles, result, metadata) }
}

extension People {
    /// The vehicles whose plates end in the same four characters as one's, in the order of their ids.
    func vehiclesAlike(_ vehicle: Vehicle) -> [Ref<Vehicle>] {
        guard let ending = vehicle.number.value?.ending, let alike = found.byEnding[ending] else { return [vehicle.id] }
        return alike.count < 2 ? alike : alike.sorted { $0.id < $1.id }
    }
}

extension Plate {
    /// The last four characters, which a guard reads first.
    public var ending: String { String(text.suffix(4)) }
}
