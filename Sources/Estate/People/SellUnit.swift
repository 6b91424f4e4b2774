import Journal

/// A unit has another owner (过户): the former owner and the family leave, tenants stay, the vehicles of who leaves end, and
/// a new account opens. What is owed stays with who owed it.
public struct SellUnit: Action {
    public static let name = "unit.sell"
    public static let label = Label("过户", en: "Sell a unit")
    public static let introduces: Set<String> = ["owner"]
    public static let roles: Set<Role> = [.supervisor]
    var unit = UnitCode.placeholder
    var owner = PersonName.placeholder
    var phone: Phone?

    public init() {}

    public init(unit: UnitCode, owner: String, phone: Phone? = nil) {
        (self.unit, self.owner, self.phone) = (unit, PersonName(owner), phone)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("owner", &owner, Label("新业主", en: "New owner"))
        try visitor.field("phone", &phone)
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        let household = Household(of: unit, in: estate)
        if household.owner?.name == owner.text {
            throw Refusal(
                .rule, "unit.sold", "\(unit.text) 的业主已是 \(owner.text)",
                en: "\(owner.text) owns \(unit.text) already", field: "owner")
        }
        if let last = estate.fees.sales(of: unit).last {
            try plan.refuse(before: last.at, Label("上次过户", en: "the last sale"))
        }
        try estate.fees.refuseSale(of: unit, at: plan.at)
        let sale = plan.mint()
        let buyer = household.staying.first { $0.name == owner.text }
        let person = buyer?.id ?? Ref(plan.mint())
        plan.record(UnitSold(unit: unit, owner: person, former: estate.people.lastOwner(of: unit)?.id), as: sale)
        for person in household.leaving { plan.record(LeavePerson(person)) }
        for vehicle in household.endingVehicles(in: estate) { plan.record(RemoveVehicle(vehicle)) }
        if let buyer {
            // A tenant who buys stays, with the numbers that are known.
            var change = ChangePerson(person: buyer.id, role: .owner)
            try change.decide(&plan, in: estate)
            plan.record(change)
            plan.endLetting(of: unit, without: [buyer.id], in: estate, now: .owner)
            for phone in phone?.each ?? [] where !buyer.numbers.contains(where: { $0.phone == phone }) {
                var added = AddPhone(person: buyer.id, phone: phone)
                try added.decide(&plan, in: estate)
                plan.record(added)
            }
        } else {
            var added = AddPerson(name: owner.text, unit: unit, role: .owner, phone: phone)
            added.sale = Ref(sale)
            plan.record(added, as: person.id)
        }
        plan.answer = person.id
    }

    /// Who leaves with a sale, and who stays.
    private struct Household {
        let owner: Person?
        let leaving: [Person]
        let staying: [Person]

        init(of unit: UnitCode, in estate: Estate) {
            let residents = estate.people.residents(of: unit)
            owner = residents.first { $0.role == .owner }
            (leaving, staying) = (residents.filter { $0.role != .tenant }, residents.filter { $0.role == .tenant })
        }

        func endingVehicles(in estate: Estate) -> [Vehicle] {
            estate.people.vehicles(leavingWith: leaving.map(\.id))
        }
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard estate.people.units[unit] != nil else { return nil }
        let household = Household(of: unit, in: estate)
        func names(_ people: [Person]) -> String? {
            people.isEmpty ? nil : people.map(\.name).joined(separator: "、")
        }
        let plates = household.endingVehicles(in: estate).map { $0.words(in: estate) }
        return Confirmation(
            Label("\(unit.text) 过户给 \(owner.text)？", en: "\(unit.text) is sold to \(owner.text)?"),
            [
                phone.map { .fact(Glossary.label(of: "phone"), $0.text) },
                names(household.leaving).map { .fact(Label("搬离", en: "Leave"), $0) },
                names(household.staying).map { .fact(Label("租户留下", en: "Tenants stay"), $0) },
                occupancy(after: household, in: estate, at: moment),
                plates.isEmpty ? nil : .fact(.endingVehicles, plates.joined(separator: "、")),
                estate.openBills(of: unit),
                household.leaving.isEmpty ? nil : estate.departedKept(from: moment),
            ], yes: Label("过户", en: "sold"))
    }

    /// The unit's state after the sale: own use if a tenant buys, else unchanged.
    private func occupancy(after household: Household, in estate: Estate, at moment: Moment) -> Label? {
        let buyers = household.staying.filter { $0.name == owner.text }.map(\.id)
        if estate.isLastTenant(of: unit, among: buyers, at: moment) {
            return .change(of: .occupancy, Occupancy.rented.label, Occupancy.owner.label)
        }
        return estate.people.units[unit]?.occupancy(on: Day(moment, in: estate.zone)).map { known in
            let label = known.state.label
            return .fact(.occupancy, "\(label.chinese)（不变）", en: "\(label.english) (as before)")
        }
    }
}

extension Estate {
    /// What is owed by the present owner, for a question about their leaving.
    func openBills(of unit: UnitCode) -> Label? {
        let owed = fees.unpaidBills(of: fees.account(of: unit)).reduce(Money.zero) { $0 + $1.outstanding }
        if owed == .zero { return nil }
        return .fact(Label("原业主未付账单，仍归原业主", en: "Open bills, which stay with the former owner"), owed.grouped)
    }
}

/// A unit has another owner from now on. Facts of the same action say who leaves and who is the owner.
struct UnitSold: RegisterFact {
    static let kind: StaticString = "unit.sold"
    static var merging: Merging<Self> {
        .suspicious { fact, estate, _ in
            if estate.people.units[fact.unit] == nil { return .unknown }
            let isTwin = estate.fees.sales(of: fact.unit).contains { $0.former == fact.former }
            return isTwin ? .suspicious(Label("另一节点也登记了过户", en: "another node recorded a sale, too")) : nil
        }
    }
    static let action: (any Action.Type)? = SellUnit.self
    var unit = UnitCode.placeholder
    var owner = Ref<Person>.placeholder
    var former: Ref<Person>?

    init() {}

    init(unit: UnitCode, owner: Ref<Person>, former: Ref<Person>?) {
        (self.unit, self.owner, self.former) = (unit, owner, former)
    }

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("owner", &owner)
        try visitor.field("former", &former, .former(Glossary.label(of: "owner")))
    }

    /// Bills and money of the unit that come after it build on the new account.
    func affectedIDs(in estate: Estate) -> [String]? {
        estate.fees.bills(of: unit).map(\.id.id.text) + estate.fees.payments(of: unit).map(\.id.id.text)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard estate.people.units[unit] != nil else { return }
        estate.fees.add(Sale(id: Ref(metadata.id), at: metadata.at, former: former, owner: owner), of: unit)
    }
}
