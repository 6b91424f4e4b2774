import Handbook
import Journal

/// Opens a community event (文体活动) with its plan: its request, its day and budget, and the place where it is held. A
/// place that the estate does not know yet is added with it.
public struct OpenEvent: Action {
    public static let name = "event.open"
    public static let label = Label("新建活动", en: "Open an event")
    public static let roles = PlanEvent.roles
    public var text = ""
    public var place = EventPlace("")
    public var date: Day?
    public var budget: Money?

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("text", &text, .event)
        try visitor.field("place", &place, AddPlace.placeLabel)
        try visitor.field("date", &date, .eventDay)
        try visitor.field("budget", &budget, .budget)
    }

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        guard let place = values["place"]?.trimmed, !place.isEmpty, estate.people.place(named: place) == nil else {
            return [:]
        }
        return ["place": Label("新地点，一并登记", en: "a new place: it is added as well")]
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let planned = try plannedDay(after: Day(plan.at, in: estate.zone))
        var estate = estate
        let location = try estate.people.place(named: place.text) ?? added(&plan, to: &estate)
        var request = OpenRequest(class: .event, unit: location, text: text)
        try request.decide(&plan, in: estate)
        let id = plan.record(request)
        if let planned { plan.record(PlanEvent(request: Ref(id), budget: planned.budget, date: planned.date)) }
        plan.answer = id
    }

    /// Throws ``Refusal`` for a day without a budget or a budget without a day, and for a day that is past.
    private func plannedDay(after today: Day) throws -> (date: Day, budget: Money)? {
        guard let date, let budget else {
            if date == nil, budget == nil { return nil }
            throw Refusal(
                .rule, "event.planPart", "活动日期和预算一起填，或都先不填", en: "day and budget together, or neither yet",
                field: date == nil ? "date" : "budget")
        }
        try PlanEvent.refuse(date, before: today)
        return (date, budget)
    }

    /// The place, which was not known before.
    private func added(_ plan: inout Plan, to estate: inout Estate) throws -> UnitCode {
        var fact = AddPlace(place: place.text)
        do { try fact.decide(&plan, in: estate) } catch let refusal as Refusal { throw refusal.about("place") }
        plan.record(fact)
        let code = UnitCode(text: fact.place)
        estate.people.places.append(code)
        return code
    }
}

/// A place of the estate by its name or a part of it, or the name of a new one.
public struct EventPlace: TextValue {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .text }
    public static var meansCandidates: Bool { true }
    public static func candidates(in estate: Estate) -> [Candidate] { Location.candidates(in: estate) }
}
