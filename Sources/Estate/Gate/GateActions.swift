import Foundation
import Handbook
import Journal

/// The roles that keep the gate.
private let gateRoles: Set<Role> = [.guard, .operator, .supervisor]

/// What is visited: a unit, a place of the estate, a resident whose name is unique, or a unit and the name of a resident
/// there (`3-2-501 李强`).
public struct Host: TextValue {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .host }
    public func check(in estate: Estate) throws { _ = try resolve(in: estate) }

    /// The unit or the place and, where a resident was named, the resident. Throws ``Refusal`` `host.ambiguous`, `host.unknown`.
    func resolve(in estate: Estate) throws -> (unit: UnitCode, resident: Ref<Person>?) {
        let named = estate.people.persons(named: text)
        if named.count == 1 { return (named[0].unit, named[0].id) }
        if named.count > 1 {
            let units = named.map(\.unit.text).joined(separator: "、")
            throw Refusal(
                .rule, "host.ambiguous", "不止一位\(text)：\(units)，请填房号",
                en: "several are called \(text): \(units); name the unit",
                field: "host")
        }
        if let resident = estate.people.resident(in: text, zone: estate.zone) { return (resident.unit, resident.id) }
        if let place = try? Location(text: text, zone: estate.zone), estate.people.places.contains(place.code) {
            return (place.code, nil)
        }
        guard let unit = (try? UnitCode(text: text, zone: estate.zone)).map(estate.people.current) else {
            throw Refusal(
                .rule, "host.unknown", "没有这个房号、地点或住户：\(text)",
                en: "there is no such unit, place or resident: \(text)",
                field: "host")
        }
        do { try estate.people.check(unit) } catch let refusal as Refusal {
            throw Refusal(.rule, refusal.code, refusal.message.chinese, en: refusal.message.english, field: "host")
        }
        return (unit, nil)
    }
}

/// The purposes of a visit that the handbook lists.
public enum Purposes: WordList {
    public static func words(in estate: Estate) -> [Candidate] { estate.handbook.gate.purposes.map { Candidate($0) } }
}

/// The kinds of documents that a guard may check, and the word for one that was merely seen.
public enum Documents: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        (estate.handbook.gate.documents.kinds + [estate.handbook.gate.documents.verified]).map { Candidate($0) }
    }
}

/// A visitor comes in (7.9). A plate never blocks the guard; of a document only the kind and the last four characters
/// are kept.
public struct ArriveVisitor: Action {
    public static let name = "visitor.arrive"
    public static let label = Label("来访登记", en: "Register a visitor")
    public static let roles = gateRoles
    var name = Name.placeholder
    var host = Host.placeholder
    var purpose = Word<Purposes>.placeholder
    var plate: Plate?
    var phone: Phone?
    var count: Int?
    var document: Word<Documents>?
    /// Whether to register the visitor even if somebody with the same plate or name is inside.
    var again: Bool?

    public init() {}

    public init(
        name: String, host: Host, purpose: String, plate: Plate? = nil, phone: Phone? = nil, count: Int? = nil,
        document: String? = nil, again: Bool? = nil
    ) {
        (self.name, self.host, self.purpose, self.plate) = (Name(name), host, Word(purpose), plate)
        (self.phone, self.count, self.document) = (phone, count, document.map { Word($0) })
        self.again = again
    }

    public init(name: String, host: UnitCode, purpose: String, plate: Plate? = nil, count: Int? = nil) {
        (self.name, self.host, self.purpose) = (Name(name), Host(host.text), Word(purpose))
        (self.plate, self.count) = (plate, count)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("name", &name)
        try visitor.field("host", &host, Label("房号/被访人", en: "Host"))
        try visitor.field("purpose", &purpose)
        try visitor.field("plate", &plate)
        try visitor.field("phone", &phone)
        try visitor.field("count", &count, Label("人数（含本人）", en: "How many, all told"))
        try visitor.field("document", &document)
        try visitor.field("again", &again, Label("已在场仍登记", en: "Inside already, register again"))
    }

    /// A person is asked once the form is filled in.
    public static func asks(for key: String, with values: [String: String]) -> Bool { key != "again" }

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        func known(_ visit: Visit?) -> Label? {
            visit.map {
                Label("\($0.name)（\($0.host.text)）已在场", en: "\($0.name) (\($0.host.text)) is inside already")
            }
        }
        let plate = try? Plate(text: values["plate"] ?? "", zone: estate.zone)
        return [
            "name": known(estate.inside(named: values["name"]?.trimmed ?? "")),
            "plate": known(plate.flatMap { estate.inside(with: $0) }),
        ].compactMapValues { $0 }
    }

    public static func earlier(_ key: String, in estate: Estate) -> [Candidate] {
        switch key {
        case "name": estate.gate.frequent { $0.name }
        case "plate": estate.gate.frequent { $0.plate?.text }
        default: []
        }
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let (unit, resident) = try host.resolve(in: estate)
        if count == 0 {
            throw Refusal(.input, "visitor.count", "人数至少为 1", en: "at least one visitor came", field: "count")
        }
        if again != true {
            if let plate, let known = estate.inside(with: plate) {
                throw Refusal(
                    .rule, "visitor.inside", "\(plate.text) 已在场（\(known.name) \(known.host.text)）；确为再次登记写 again=yes",
                    en:
                        "\(plate.text) is inside already (\(known.name) \(known.host.text)); again=yes registers it again",
                    field: "plate")
            }
            if estate.inside(named: name.text) != nil { plan.warn("visitor.doubled") }
        }
        let visit = ExpectedVisit(name: name.text, host: unit, purpose: purpose.text)
        for notice in estate.notices(of: visit, at: plan.at) { plan.warn(notice.code) }
        plan.record(
            VisitorArrived(
                name: Particular(name.text), host: unit, resident: resident, purpose: purpose.text,
                plate: Particular(plate), phone: Particular(phone), count: count,
                document: Particular(
                    document.map { ArriveVisitor.minimal($0.text, by: estate.handbook.gate.documents) }),
                post: estate.post(of: plan.by)))
    }

    /// The document's kind and the last characters of its number. Of several numbers only the longest is kept, and text
    /// behind it is dropped.
    static func minimal(_ document: String, by rule: Handbook.Gate.Documents) -> String {
        let words = document.halfwidth
        // Letters and digits with a digit among them, and more of the same behind spaces or signs.
        let number = /[A-Za-z]*[0-9][A-Za-z0-9]*(?:[^\p{L}\p{N}]+[A-Za-z]*[0-9][A-Za-z0-9]*)*/
        func signs(_ text: Substring) -> [Character] {
            text.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.map(\.self)
        }
        let longest = words.matches(of: number).max { signs($0.output).count < signs($1.output).count }
        guard let longest, signs(longest.output).count > rule.lastCharacters else { return words }
        let kind = words[..<longest.range.lowerBound].replacing(number) {
            signs($0.output).count > rule.lastCharacters ? "" : String($0.output)
        }
        let name = kind.trimmingCharacters(in: .whitespaces.union(.punctuationCharacters))
        return "\(name) \(String(signs(longest.output).suffix(rule.lastCharacters)))".halfwidth
    }
}

/// A visitor came in.
struct VisitorArrived: Fact {
    static let kind: StaticString = "visitor.arrived"
    static var merging: Merging<Self> { .grows }
    static let action: (any Action.Type)? = ArriveVisitor.self
    var name = Particular("")
    var host = UnitCode.placeholder
    var resident: Ref<Person>?
    var purpose = ""
    var plate = Particular<Plate?>(nil)
    var phone = Particular<Phone?>(nil)
    var count: Int?
    var document = Particular<String?>(nil)
    /// `nil` in older lines: the main post.
    var post: String?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.particular("name", &name)
        try visitor.field("host", &host)
        try visitor.field("resident", &resident)
        try visitor.field("purpose", &purpose)
        try visitor.particular("plate", &plate)
        try visitor.particular("phone", &phone)
        try visitor.field("count", &count)
        try visitor.particular("document", &document)
        try visitor.field("post", &post)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.gate.add(
            Visit(
                id: Ref(metadata.id), visitor: Visitor(name: name, plate: plate, phone: phone, document: document),
                host: host, resident: resident, purpose: purpose, count: count ?? 1, arrived: metadata.at,
                by: metadata.by, post: post.map(Posts.canonical) ?? Gate.mainPost))
    }
}

/// A visitor leaves.
public struct LeaveVisitor: ActionFact {
    public static let name = "visitor.leave"
    static let kind: StaticString = "visitor.left"
    static var merging: Merging<Self> { .first { fact, estate, _ in estate.gate.ending(of: fact.visit) } }
    public static let label = Label("登记离场", en: "A visitor leaves")
    public static let roles = gateRoles
    var visit = Ref<Visit>.placeholder

    public init() {}

    public init(visit: Ref<Visit>) { self.visit = visit }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("visit", &visit) }

    var subject: EntryID? { visit.id }

    /// Includes the shifts of its post that were closed since the departure: their handover lists relied on it.
    func affectedIDs(in estate: Estate) -> [String]? {
        [visit.id.text] + estate.shifts(closedSince: estate.gate.visits[visit]?.left, of: visit)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try plan.refuse(before: try estate.gate.present(visit).arrived, .arrival)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.gate.end(visit, on: Day(metadata.at, in: estate.zone)) { $0.left = metadata.at }
    }
}

extension Label {
    fileprivate static let arrival = Label("到访", en: "the arrival")
}

extension Gate {
    /// What a departure meets: the visitor is gone already, or is not known.
    func ending(of id: Ref<Visit>) -> Conflict.Reason? {
        visits.value(of: id) {
            $0.isInside ? nil : .doubled(Label("这位访客已登记离场", en: "the visitor had been recorded as gone"))
        } ?? .unknown
    }
}

/// A visitor is gone and the time is not known: recorded with the reason, instead of an invented time.
public struct LoseVisitor: ActionFact {
    public static let name = "visitor.unknown"
    static let kind: StaticString = "visitor.unknown"
    static var merging: Merging<Self> { .first { fact, estate, _ in estate.gate.ending(of: fact.visit) } }
    public static let label = Label("离场时间不详", en: "Leaving time unknown")
    public static let roles = gateRoles
    var visit = Ref<Visit>.placeholder
    var why = ""

    public init() {}

    public init(visit: Ref<Visit>, why: String) { (self.visit, self.why) = (visit, why) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("visit", &visit)
        try visitor.field("why", &why)
    }

    public static func earlier(_ key: String, in estate: Estate) -> [Candidate] {
        key == "why" ? distinct(estate.gate.visits.values.reversed().lazy.compactMap(\.unknown)) : []
    }

    var subject: EntryID? { visit.id }

    func affectedIDs(in estate: Estate) -> [String]? {
        [visit.id.text] + estate.shifts(closedSince: estate.gate.visits[visit]?.arrived, of: visit)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try plan.refuse(before: try estate.gate.present(visit).arrived, .arrival)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.gate.end(visit, on: Day(metadata.at, in: estate.zone)) { $0.unknown = why }
    }
}
