import Journal

/// A unit's data were wrong, or it has another code from now on.
public struct ChangeUnit: ActionFact, TimelessFact {
    public static let name = "unit.change"
    static let kind: StaticString = "unit.changed"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            guard estate.people.units[fact.unit] != nil else { return .unknown }
            return fact.newCode.map { !estate.people.isFree($0.code, for: fact.unit) } ?? false
                ? .doubled(Label("新房号已登记", en: "the new code was there")) : nil
        }
    }
    public static let label = Label("更正房号", en: "Correct a unit")
    public static let introduces: Set<String> = ["newCode"]
    public static let roles: Set<Role> = [.operator, .supervisor, .administrator]
    var unit = UnitCode.placeholder
    var area: Area?
    var use: UnitKind?
    var newCode: NewUnitCode?
    var formerArea: Area?
    var formerUse: UnitKind?
    /// The code before, with a new one: the unit's own field reads as the present one.
    var formerCode: NewUnitCode?

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("area", &area)
        try visitor.field("kind", &use, .unitKind)
        try visitor.field("newCode", &newCode, .newCode)
        try visitor.derived("formerArea", &formerArea, .former(Glossary.label(of: "area")))
        try visitor.derived("formerKind", &formerUse, .former(.unitKind))
        try visitor.derived("formerCode", &formerCode, .former(.newCode))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        guard let known = estate.people.units[unit] else { return }
        if area == known.area { area = nil }
        if use == known.kind { use = nil }
        if newCode?.code == unit { newCode = nil }
        if area == nil, use == nil, newCode == nil {
            throw Refusal.rule("unit.unchanged", "\(unit.text) 没有改动", en: "nothing of \(unit.text) is changed")
        }
        if let code = newCode?.code {
            let holder =
                estate.people.formerCodes[code].map { $0 == unit ? nil : $0 } ?? estate.people.units[code]?.code
            if let holder {
                throw Refusal(
                    .rule, "unit.exists",
                    holder == code ? "房号已登记：\(code.text)" : "\(code.text) 是 \(holder.text) 的旧房号，不再给别的房屋",
                    en: holder == code
                        ? "the unit \(code.text) is there already"
                        : "\(code.text) is a former code of \(holder.text), and is given to no other unit",
                    field: "newCode")
            }
        }
        formerArea = area == nil ? nil : known.area
        formerUse = use == nil ? nil : known.kind
        formerCode = newCode.map { _ in NewUnitCode(code: unit) }
    }

    func affectedIDs(in estate: Estate) -> [String]? { newCode.map { [$0.code.text] } ?? [] }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.people.change(unit) { known in
            known.area = area ?? known.area
            known.kind = use ?? known.kind
        }
        guard let code = newCode?.code else { return }
        estate.rename(unit, to: code)
    }
}

extension Label {
    fileprivate static let newCode = Label("新房号", en: "New code")
}

/// A code that a unit is to have, or had.
struct NewUnitCode: FieldValue, Hashable {
    let code: UnitCode

    static var type: FieldType { .unit }
    static var placeholder: NewUnitCode { NewUnitCode(code: .placeholder) }

    init(code: UnitCode) { self.code = code }
    init(text: String, zone: Zone) throws { code = try UnitCode(text: text, zone: zone) }
    init(scanning scanner: inout JSONScanner, zone: Zone) throws { code = try UnitCode(scanning: &scanner, zone: zone) }
    func text(zone: Zone) -> String { code.text }
}

extension Estate {
    /// Gives a unit another code, in everything that is known of it.
    fileprivate mutating func rename(_ unit: UnitCode, to code: UnitCode) {
        for feature in Estate.features { feature.rename(unit, to: code, in: &self) }
    }
}
