import Estate
import Journal

extension Registers: SimulatedFeature {
    static func schedule(in simulation: Simulation) { RegisterSimulation(simulation: simulation).schedule() }
}

/// The registers of the last weeks: parcels and keys each day, now and then goods that leave, a wallet that was found.
struct RegisterSimulation {
    private static let weeks = 6

    let simulation: Simulation
    private var timeline: Timeline { simulation.timeline }

    init(simulation: Simulation) { self.simulation = simulation }

    fileprivate func schedule() {
        var random = simulation.generator("registers")
        var names = PersonNames(random: simulation.generator("registers' names"))
        for back in stride(from: Self.weeks * 7, through: 0, by: -1) {
            let day = timeline.today.adding(-back)
            if day < timeline.firstDay { continue }
            for _ in 0..<random.between(1...3) {
                let household = random.pick(simulation.plan.households)
                let what = random.pick(["快递纸箱", "保温箱", "文件袋", "鲜花"])
                let entry = Entry(
                    register: .parcel, what: what, who: names.next(), unit: household.unit,
                    count: random.between(1...2),
                    witness: nil)
                // A parcel in fifteen stays longer than it should.
                let hours = random.chance(93) ? random.between(2...30) : 400
                record(
                    entry, at: timeline.moment(day, hour: random.between(9...17), minute: random.below(60)),
                    hours: hours)
            }
            if random.chance(60) {
                let entry = Entry(
                    register: .key, what: random.pick(["天台门钥匙", "地库侧门卡", "水泵房钥匙", "活动室钥匙"]),
                    who: random.pick(["维修班 老高", "电梯维保", "保洁班长"]), unit: nil, count: 1, witness: nil)
                record(
                    entry, at: timeline.moment(day, hour: random.between(8...11), minute: random.below(60)),
                    hours: random.chance(95) ? random.between(1...7) : 500)
            }
        }
        removals(&names, &random)
        let found = Entry(register: .lost, what: "黑色钱包（现金若干）", who: names.next(), unit: nil, count: 1, witness: "赵静")
        record(found, at: timeline.moment(timeline.today.adding(-3), hour: 18, minute: 20), hours: 400)
    }

    /// An owner's removal and a tenant's: the one needs nobody's word, of the other the owner confirmed it by telephone.
    private func removals(_ names: inout PersonNames, _ random: inout SeededGenerator) {
        let households = simulation.plan.households
        let own = Entry(
            register: .goods, what: "旧沙发、茶几", who: names.next(), unit: random.pick(households).unit, count: 2,
            witness: nil)
        record(own, at: timeline.moment(timeline.today.adding(-5), hour: 10, minute: 12), hours: 1)
        let tenant = Entry(
            register: .goods, what: "洗衣机、纸箱", who: names.next(), unit: random.pick(households).unit, count: 9,
            witness: "业主电话确认 10:05")
        record(tenant, at: timeline.moment(timeline.today.adding(-1), hour: 16, minute: 31), hours: 2)
    }

    private struct Entry {
        let register: RegisterKind
        let what: String
        let who: String
        let unit: UnitCode?
        let count: Int
        let witness: String?
    }

    /// An entry that is closed some hours later.
    private func record(_ entry: Entry, at moment: Moment, hours: Int) {
        simulation.schedule(at: moment) { batch in
            let id = Ref<RegisterEntry>(
                try batch.perform(
                    AddEntry(
                        register: entry.register, what: entry.what, who: entry.who, unit: entry.unit,
                        count: entry.count > 1 ? entry.count : nil, witness: entry.witness),
                    by: Roster.guardOnDuty(at: moment, timeline), at: moment
                ).id)
            let end = moment.adding(minutes: hours * 60)
            simulation.schedule(at: end) { batch in
                try batch.perform(CloseEntry(entry: id), by: Roster.guardOnDuty(at: end, timeline), at: end)
            }
        }
    }
}
