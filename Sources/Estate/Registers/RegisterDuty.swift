import Journal

extension Registers {
    /// What a register has a day for: a key that is to come back, a parcel that is to be fetched. The list of registers
    /// tells of it.
    static let duty = DutyRule.perCase(
        "register", Label("登记了结", en: "Register"), .guard, by: CloseEntry.self, field: "entry",
        parts: { [$0.$registers] }, tells: []
    ) { estate in
        estate.registers.all.values.compactMap { entry in
            guard let due = entry.due else { return nil }
            return DutyCase(
                id: entry.id.id.text, subject: "\(entry.register.label.chinese) \(entry.thing)",
                opens: Day(entry.since, in: estate.zone), due: due,
                done: entry.closing.map { Duty.Fulfilment(fact: Ref($0.id), at: $0.at, due: nil) }, note: nil)
        }
    }
}
