import Journal

/// Who owes on a day: the developer, the owner of the day, or the tenants of the day.
struct Party: Hashable, Sendable {
    let debtor: Debtor
    /// The sale with which the owner's account began; `nil` for the first account.
    let sale: EntryID?
    let tenants: [EntryID]
}

extension Estate {
    /// Who owes a bill: as it was generated; else the developer of a unit that was not delivered on its first day, or the
    /// owner.
    public func debtor(of bill: Bill) -> Debtor {
        if let debtor = bill.origin.debtor { return debtor }
        let day = bill.origin.days?.lowerBound ?? bill.period.first
        return people.units[bill.unit]?.occupancy(on: day)?.state == .undelivered ? .developer : .owner
    }

    /// The party that owes for a unit and a day: who lives there or owns it at the end of that day.
    func party(of unit: People.Unit, on day: Day, _ payer: TariffPayer) -> Party {
        let end = day.end(in: zone)
        let sale = fees.sales(of: unit.code).last { $0.at < end }?.id.id
        let state = unit.occupancy(on: day)?.state
        if state == .undelivered { return Party(debtor: .developer, sale: sale, tenants: []) }
        if payer == .owner || state == .owner || state == .vacant {
            return Party(debtor: .owner, sale: sale, tenants: [])
        }
        let tenants = (unit.residents + unit.departed).compactMap { people.persons[$0] }.filter {
            $0.role == .tenant && $0.recorded.at < end && $0.left ?? end >= end
        }
        return state == .rented || !tenants.isEmpty
            ? Party(debtor: .occupant, sale: sale, tenants: tenants.map(\.id.id).sorted())
            : Party(debtor: .owner, sale: sale, tenants: [])
    }

    /// The days on which the party of a unit may change.
    func partyChanges(of unit: People.Unit) -> [Day] {
        let residents = (unit.residents + unit.departed).compactMap { people.persons[$0] }
        let tenants = residents.filter { $0.role == .tenant }
        let moments =
            fees.sales(of: unit.code).map(\.at) + tenants.map(\.recorded.at) + tenants.compactMap(\.left)
        return moments.map { Day($0, in: zone) } + unit.occupancies.map(\.from)
    }
}
