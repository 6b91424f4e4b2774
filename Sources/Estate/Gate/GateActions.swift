import Foundation
import Handbook
import Journal

private let watch: Set<Role> = [.guard, .operator, .supervisor]

extension Label {
    static let visit = Label("来访", en: "Visit")
}

/// Whom a visitor comes to: a unit, or a resident whose name is unique.
public struct Host: FieldValue, Hashable {
    public let text: String

    public static var type: FieldType { .host }
    public static var placeholder: Host { Host(text: "") }

    init(text: String) { self.text = text }

    public init(text: String, zone: Zone) throws { self.init(text: try String(text: text, zone: zone)) }
    public func text(zone: Zone) -> String { text }

    /// The unit and, where a resident was named, the resident.
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
        guard let unit = try? UnitCode(text: text, zone: estate.zone) else {
            throw Refusal(
                .rule, "host.unknown", "没有这个房号或住户：\(text)", en: "there is no such unit or resident: \(text)",
                field: "host")
        }
        do { try estate.people.check(unit) } catch let refusal as Refusal {
            throw Refusal(.rule, refusal.code, refusal.message.chinese, en: refusal.message.english, field: "host")
        }
        return (unit, nil)
    }
}

/// What visitors come for, as the handbook lists it.
public enum Purposes: WordList {
    public static func words(in estate: Estate) -> [Candidate] { estate.handbook.gate.purposes.map { Candidate($0) } }
}

/// Documents that a guard may check, and that nothing more is kept of one than that it was seen.
public enum Documents: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        (estate.handbook.gate.documents.kinds + [estate.handbook.gate.documents.verified]).map { Candidate($0) }
    }
}

/// A visitor comes in (7.9). The guard is never blocked by a plate, and no more of a document is kept than its last four.
public struct ArriveVisitor: Action {
    public static let name = "visitor.arrive"
    public static let label = Label("来访登记", en: "Register a visitor")
    public static let roles = watch
    var name = ""
    var host = Host.placeholder
    var purpose = Word<Purposes>.placeholder
    var plate: Plate?
    var phone: Phone?
    var count: Int?
    var document: Word<Documents>?

    public init() {}

    public init(
        name: String, host: Host, purpose: String, plate: Plate? = nil, phone: Phone? = nil, count: Int? = nil,
        document: String? = nil
    ) {
        (self.name, self.host, self.purpose, self.plate) = (name, host, Word(purpose), plate)
        (self.phone, self.count, self.document) = (phone, count, document.map { Word($0) })
    }

    public init(name: String, host: UnitCode, purpose: String, plate: Plate? = nil, count: Int? = nil) {
        (self.name, self.host, self.purpose) = (name, Host(text: host.text), Word(purpose))
        (self.plate, self.count) = (plate, count)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("name", &name, Label("姓名", en: "Name"))
        try visitor.field("host", &host, Label("房号/被访人", en: "Host"))
        try visitor.field("purpose", &purpose, Label("事由", en: "Purpose"))
        try visitor.field("plate", &plate, Label("车牌", en: "Plate"))
        try visitor.field("phone", &phone, Label("电话", en: "Phone"))
        try visitor.field("count", &count, Label("人数", en: "How many"))
        try visitor.field("document", &document, Label("证件", en: "Document"))
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
        plan.record(
            VisitorArrived(
                name: name, host: unit, resident: resident, purpose: purpose.text, plate: plate, phone: phone,
                count: count,
                document: document.map { ArriveVisitor.minimal($0.text, by: estate.handbook.gate.documents) }))
    }

    /// A document's type and the last characters of its number, and no more: of several numbers only the longest is told of,
    /// and what follows it is left out.
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

/// A visitor goes out.
public struct LeaveVisitor: Action {
    public static let name = "visitor.leave"
    public static let label = Label("登记离场", en: "A visitor leaves")
    public static let roles = watch
    var visit = Ref<Visit>.placeholder

    public init() {}

    public init(visit: Ref<Visit>) { self.visit = visit }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("visit", &visit, .visit)
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.gate.present(visit)
        try plan.refuse(before: known.arrived, Label("到访", en: "the arrival"))
        plan.record(VisitorLeft(visit: visit))
        plan.answer = visit.id
    }
}

/// A visitor is gone and nobody saw when: said so, with the reason, instead of inventing a time.
public struct LoseVisitor: Action {
    public static let name = "visitor.unknown"
    public static let label = Label("离场时间不明", en: "Leaving time unknown")
    public static let roles = watch
    var visit = Ref<Visit>.placeholder
    var why = ""

    public init() {}

    public init(visit: Ref<Visit>, why: String) { (self.visit, self.why) = (visit, why) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("visit", &visit, .visit)
        try visitor.field("why", &why, Label("原因", en: "Why"))
    }

    public static func earlier(_ key: String, in estate: Estate) -> [Candidate] {
        key == "why" ? distinct(estate.gate.visits.values.reversed().lazy.compactMap(\.unknown)) : []
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        try plan.refuse(before: try estate.gate.present(visit).arrived, Label("到访", en: "the arrival"))
        plan.record(VisitorUnknown(visit: visit, why: why))
        plan.answer = visit.id
    }
}

/// The posts that shifts have been opened at, and the gate's.
public enum Posts: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        Set(estate.gate.shifts.values.map(\.post) + ["门岗"]).sorted().map { Candidate($0) }
    }
}

/// Who keeps watch at a post, by number or name: guards are offered first, and nobody who is on duty already.
public struct Watchman: FieldValue, Hashable {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .staff }
    public static var placeholder: Watchman { Watchman("") }

    public static func candidates(in estate: Estate) -> [Candidate] {
        let onDuty = Set(estate.gate.openShifts.map(\.staff))
        let free = estate.staff.members.values.filter { watch.contains($0.role) && !onDuty.contains($0.code) }
        return (free.filter { $0.role == .guard } + free.filter { $0.role != .guard }).map {
            Candidate($0.name, detail: "\($0.code) \($0.role.label.chinese)")
        }
    }

    public init(text: String, zone: Zone) throws { self.init(try String(text: text, zone: zone)) }
    public func text(zone: Zone) -> String { text }
}

/// Somebody takes over a post.
public struct OpenShift: Action {
    public static let name = "shift.open"
    public static let label = Label("接班", en: "Open a shift")
    public static let roles = watch
    var post = Word<Posts>.placeholder
    var staff = Watchman.placeholder

    public init() {}

    public init(post: String, staff: String) { (self.post, self.staff) = (Word(post), Watchman(staff)) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("post", &post, Label("岗位", en: "Post"))
        try visitor.field("staff", &staff, Label("当班人", en: "Staff"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let member = try estate.staff.named(staff.text)
        let post = post.text
        if let open = estate.gate.openShift(at: post) {
            let name = estate.staff.name(of: open.staff)
            throw Refusal.rule(
                "shift.open", "\(post) 由 \(name) 当班，须先交班", en: "\(name) is on duty at \(post): hand over first")
        }
        plan.record(ShiftOpened(post: post, staff: member.code))
    }
}

/// The full handover of a shift (7.3): every visitor still inside is handed over by name.
public struct CloseShift: Action {
    public static let name = "shift.close"
    public static let label = Label("交班", en: "Close a shift")
    public static let roles = watch
    var shift = Ref<Shift>.placeholder
    var next = Watchman.placeholder
    var handed: [Ref<Visit>] = []
    var notes: String?

    public init() {}

    public init(shift: Ref<Shift>, next: String, handed: [Ref<Visit>], notes: String? = nil) {
        (self.shift, self.next, self.handed, self.notes) = (shift, Watchman(next), handed, notes)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("shift", &shift, Label("班次", en: "Shift"))
        try visitor.field("next", &next, Label("接班人", en: "Next"))
        try visitor.field("handed", &handed, Label("移交访客", en: "Handed over"))
        try visitor.field("notes", &notes, Label("交接事项", en: "Notes"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.gate.shifts[shift] else { throw shift.unknown }
        if known.closed != nil {
            throw Refusal.rule("shift.closed", "这个班次已交班", en: "this shift was handed over already")
        }
        try plan.refuse(before: known.opened, Label("接班", en: "the shift began"))
        let member = try estate.staff.named(next.text)
        for visit in handed { _ = try estate.gate.present(visit) }
        let left = estate.gate.inside.subtracting(handed).compactMap { estate.gate.visits[$0] }
        guard left.isEmpty else {
            let names = left.map { "\($0.name)（\($0.host.text)）" }.joined(separator: "、")
            throw Refusal(
                .rule, "shift.visitorsInside", "还有访客在场，须逐一移交：\(names)",
                en: "hand over by name who is still inside: \(names)",
                field: "handed")
        }
        plan.record(ShiftClosed(shift: shift, next: member.code, handed: handed, notes: notes))
        plan.answer = shift.id
    }
}

/// A patrol reaches a point of its route (7.15).
public struct CheckPatrol: Action {
    public static let name = "patrol.check"
    public static let label = Label("巡逻打点", en: "Check a patrol point")
    public static let roles: Set<Role> = [.guard, .supervisor]
    var route = ""
    var point = ""

    public init() {}

    public init(route: String, point: String) { (self.route, self.point) = (route, point) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("route", &route, Label("路线", en: "Route"))
        try visitor.field("point", &point, Label("点位", en: "Point"))
    }

    public static func earlier(_ key: String, in estate: Estate) -> [Candidate] {
        let checks = estate.gate.patrols.reversed()
        return switch key {
        case "route": distinct(checks.lazy.map(\.route))
        case "point": distinct(checks.lazy.map(\.point))
        default: []
        }
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        plan.record(PatrolChecked(route: route, point: point))
    }
}
