import Estate
import Journal

/// What changes among residents and units in the simulated months: sales, tenants who leave, corrected and further
/// numbers, units that are let.
struct Lives {
    let simulation: Simulation

    private var timeline: Timeline { simulation.timeline }

    func schedule() {
        var random = simulation.generator("lives")
        let households = simulation.plan.changing.compactMap { unit in
            simulation.plan.households.first { $0.unit == unit }
        }
        let taken = Set(simulation.plan.households.flatMap(\.residents).map(\.name))
        var names = PersonNames(random: simulation.generator("lives: names"))
        for (place, household) in households.enumerated() {
            let day = timeline.currentMonth.first.adding(-random.between(3...40) + place)
            let moment = timeline.randomTime(on: day, hours: 9...17, &random)
            let tenant = household.residents.first { $0.role == .tenant }
            switch place % 4 {
            case 0: sell(household, to: next(&names, but: taken), at: moment)
            case 1 where tenant != nil: leave(household, tenant?.name ?? "", at: moment)
            case 2: correct(household, at: moment, number: random.below(10000))
            default: addNumber(household, at: moment, number: random.below(10000))
            }
        }
        for household in simulation.plan.households.filter({ $0.residents.contains { $0.role == .tenant } }).prefix(24)
        {
            let moment = timeline.founded.adding(minutes: 50)
            record(StateUnit(unit: household.unit, .rented), by: Roster.supervisor, at: moment)
        }
        reportAtPlaces(&random)
    }

    /// A name that nobody has: visitors ask for others by theirs.
    private func next(_ names: inout PersonNames, but taken: Set<String>) -> String {
        while true {
            let name = names.next()
            if !taken.contains(name) { return name }
        }
    }

    private func record(_ action: any Action, by member: String, at moment: Moment) {
        simulation.schedule(at: moment) { batch in try batch.perform(action, by: member, at: moment) }
    }

    private func sell(_ household: Household, to name: String, at moment: Moment) {
        record(SellUnit(unit: household.unit, owner: name, phone: phone(household)), by: Roster.supervisor, at: moment)
    }

    /// A number that nobody else has: 0001 in the middle.
    private func phone(_ household: Household, _ number: Int = 0) -> Phone? {
        let text = String(10000 + (household.area.hundredths * 7 + number) % 10000).dropFirst()
        return try? Phone(text: "1380000\(text)", zone: timeline.zone)
    }

    /// Performs what `action` makes of a resident who is there at the moment.
    private func change(
        _ household: Household, _ name: String?, at moment: Moment, _ action: @escaping (Person) -> (any Action)?
    ) {
        let simulation = simulation
        simulation.schedule(at: moment) { batch in
            let residents = simulation.store.estate.people.residents(of: household.unit)
            guard let person = residents.first(where: { name == nil || $0.name == name }), let action = action(person)
            else { return }
            try batch.perform(action, by: Roster.operators[0], at: moment)
        }
    }

    private func leave(_ household: Household, _ name: String, at moment: Moment) {
        change(household, name, at: moment) { LeavePerson(person: $0.id) }
    }

    private func correct(_ household: Household, at moment: Moment, number: Int) {
        let phone = phone(household, number)
        change(household, nil, at: moment) { ChangePerson(person: $0.id, phone: phone) }
    }

    private func addNumber(_ household: Household, at moment: Moment, number: Int) {
        guard let phone = phone(household, number) else { return }
        change(household, nil, at: moment) { AddPhone(person: $0.id, phone: phone, note: "家属，白天打") }
    }

    /// Places that requests and visitors are about.
    static let places = ["物业办公室", "大堂", "电梯", "地下车库", "中心花园"]

    private func reportAtPlaces(_ random: inout SeededGenerator) {
        let reports = [("大堂", "大堂顶灯不亮"), ("电梯", "电梯按钮失灵"), ("地下车库", "车库出口积水")]
        for (days, (place, text)) in zip([34, 9, 1], reports) {
            let moment = timeline.randomTime(on: timeline.today.adding(-days), hours: 9...16, &random)
            record(
                OpenRequest(class: .minorRepair, unit: Location(place: place).code, text: text),
                by: Roster.operators[0], at: moment)
        }
        let moment = timeline.randomTime(on: timeline.today.adding(-1), hours: 10...16, &random)
        let (simulation, timeline) = (simulation, timeline)
        simulation.schedule(at: moment) { batch in
            let receipt = try batch.perform(
                ArriveVisitor(name: "社区民警", host: Host("物业办公室"), purpose: "公务"),
                by: Roster.guardOnDuty(at: moment, timeline), at: moment)
            let left = moment.adding(minutes: 40)
            simulation.schedule(at: left) { batch in
                try batch.perform(
                    LeaveVisitor(visit: Ref(receipt.id)), by: Roster.guardOnDuty(at: left, timeline), at: left)
            }
        }
    }
}
