import Foundation
import Handbook
import Journal
import TestSupport

@testable import Estate

/// Random actions of all kinds, with references to random entities of an estate, open or long closed.
struct RandomActions {
    var random: SeededRandom
    private var number = 0

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    /// An action of any kind, often refused: nothing about the state is considered but which entities there are.
    mutating func next(in estate: Estate, at now: Moment) throws -> any Action {
        number += 1
        let action = random.pick(Estate.actions)
        var members: [String: JSONValue] = [:]
        for field in action.description where field.isRequired || random.below(2) == 0 {
            members[field.key] = .string(value(of: field, in: estate, at: now))
        }
        // A shift hands over all who are inside; a special service needs its period.
        if action == CloseShift.self {
            members["handed"] = .string(estate.gate.inside.map(\.id.text).joined(separator: ","))
        }
        if action == OpenRequest.self {
            let isSpecial = members["class"] == .string(RequestClass.special.rawValue)
            members["from"] = isSpecial ? .string(day(-5, now)) : nil
            members["to"] = isSpecial ? .string(day(random.below(9), now)) : nil
        }
        if action == ReceivePayment.self, case .string(let code)? = members["unit"] {
            // Those of other units are refused.
            let open = estate.fees.unpaidBills(of: try UnitCode(text: code, zone: .shanghai)).map(\.id.id.text)
            let named = open.isEmpty || random.below(4) == 0 ? "预收" : random.pick(open)
            members["bills"] = random.below(3) == 0 ? .string(named) : nil
        }
        if action == SetRoster.self {
            let begins = now.adding(seconds: (random.below(80) - 8) * 3600)
            members["from"] = .string(begins.text(in: .shanghai))
            members["to"] = .string(begins.adding(seconds: (1 + random.below(9)) * 3600).text(in: .shanghai))
        }
        // Those who act stay.
        if action == LeaveStaff.self || action == ChangeStaff.self {
            members["staff"] = .string(random.pick(estate.staff.members.keys.filter { $0.hasPrefix("T") } + ["S08"]))
        }
        return try action.read(members, zone: .shanghai)
    }

    private mutating func value(of field: FieldDescription, in estate: Estate, at now: Moment) -> String {
        switch field.key {
        case "template": random.pick(["frontdesk", "gate"])
        case "item" where field.type == .text: random.pick(["1.1", "1.2", "物业费", "停车费"])
        case "items" where field.type == .text: "3:无;\(5 + random.below(9)):一件"
        case "equipment", "keys": "对讲机 \(random.below(3))/2;钥匙 \(random.below(7)) 借出"
        case "answers": random.pick(["5", "3", "-", "1,2"])
        case "post": random.pick(["门岗", "后门"])
        case "newCode": "7-7-70\(random.below(6))"
        case "unit", "host":
            random.below(6) == 0 ? other(field, in: estate, at: now) : value(of: field.type, in: estate, at: now)
        case "place": random.pick(["大堂", "电梯"])
        case "staff" where field.type == .text: "T\(number)"
        default: value(of: field.type, in: estate, at: now)
        }
    }

    /// A former code of a unit or, where one may stand, a place.
    private mutating func other(_ field: FieldDescription, in estate: Estate, at now: Moment) -> String {
        let codes = estate.people.formerCodes.keys.map(\.text).sorted() + (field.type == .unit ? [] : ["大堂"])
        return codes.isEmpty ? value(of: field.type, in: estate, at: now) : random.pick(codes)
    }

    private mutating func value(of type: FieldType, in estate: Estate, at now: Moment) -> String {
        switch type {
        case .text: "文\(random.below(8))"
        case .integer: "\(1 + random.below(5))"
        case .amount: random.pick(["30", "50.5", "100", "170"])
        case .area: "80"
        case .decimal: random.pick(["2.8", "4.85", "12", "130.5"])
        case .date: day(random.below(30) - 10, now)
        case .moment: now.text(in: .shanghai)
        case .period: Period(now, in: .shanghai).adding(random.below(6) - 4).text
        case .week: Week(Day(now, in: .shanghai)).text
        case .flag: random.pick(["true", "false"])
        case .choice(let choices): random.pick(choices.map(\.value))
        case .unit, .location: unit(estate)
        case .host: random.below(3) == 0 ? "李四" : unit(estate)
        case .plate: "浙A1234\(random.below(6))"
        case .phone: random.pick(["13800001111", "13800002222", "057188887777"])
        case .staff: random.pick(Array(estate.staff.members.keys))
        case .worker: random.pick(Array(estate.staff.members.keys) + ["维修队"])
        case .reference(let kind): reference(kind, estate)
        case .list(let element):
            (0...random.below(2)).map { _ in value(of: element, in: estate, at: now) }.joined(separator: ",")
        case .rows: ""
        }
    }

    private mutating func unit(_ estate: Estate) -> String { random.pick(estate.people.units.keys.map(\.text)) }

    private func day(_ offset: Int, _ now: Moment) -> String { Day(now, in: .shanghai).adding(offset).text }

    /// A recent entity more often than an old one; sometimes none that there is.
    private mutating func reference(_ kind: String, _ estate: Estate) -> String {
        if kind == "unit|record", random.below(2) == 0 { return unit(estate) }
        let ids = RandomActions.ids(of: kind, in: estate)
        if ids.isEmpty || random.below(40) == 0 { return "01K0123456789ABCDEFGHJKMNP" }
        return random.below(3) == 0 ? random.pick(ids) : random.pick(ids.suffix(4))
    }

    /// The ids of all entities of a kind, in the order of their creation.
    static func ids(of kind: String, in estate: Estate) -> [String] {
        let ids: [EntryID] =
            switch kind {
            case "person": estate.people.persons.keys.map(\.id)
            case "demand": estate.calls.all.values.flatMap { $0.demands.map(\.id.id) }
            case "entry": estate.undoWindow.actions.flatMap(\.entries)
            case "unit|record": ["call", "request", "followup"].flatMap { tableIDs(of: $0, in: estate) }
            default: tableIDs(of: kind, in: estate)
            }
        return ids.map(\.text)
    }

    /// The ids in the entity table of a kind, whichever feature has it.
    private static func tableIDs(of kind: String, in estate: Estate) -> [EntryID] {
        for part in Mirror(reflecting: estate).children {
            guard let state = (part.value as? any CountedPart)?.wrappedValue else { continue }
            for case (_, let table as any IdentifiedTable) in Mirror(reflecting: state).children
            where type(of: table).kind == kind {
                return table.ids
            }
        }
        return []
    }
}

private protocol CountedPart {
    associatedtype Value
    var wrappedValue: Value { get }
}

extension Counted: CountedPart {}

private protocol IdentifiedTable {
    static var kind: String { get }
    var ids: [EntryID] { get }
}

extension EntityTable: IdentifiedTable {
    fileprivate static var kind: String { Element.entity }
    fileprivate var ids: [EntryID] { values.map(\.id.id) }
}
