import Estate
import Journal

/// The rounds: up to the top of each building, down on foot (7.15), by night through all, by day through some.
struct PatrolLife {
    let life: Life

    private static let points = ["1 号楼顶层", "2 号楼顶层", "3 号楼顶层", "4 号楼顶层", "5 号楼顶层", "6 号楼顶层", "地下车库"]

    func begin() {
        let span = life.span
        for day in span.days {
            var dice = life.dice("patrols", day.number)
            walk("夜间全区", Self.points, from: span.moment(day, hour: 2, minute: dice.below(20)), &dice)
            let few = dice.chance(50) ? Self.points.prefix(3) : Self.points.suffix(4)
            walk("日间分区", Array(few), from: span.moment(day, hour: 16, minute: 20 + dice.below(30)), &dice)
        }
    }

    private func walk(_ route: String, _ points: [String], from start: Moment, _ dice: inout Dice) {
        var moment = start
        for point in points {
            moment = moment.adding(seconds: dice.between(240...600))
            // A point is passed by now and then.
            if dice.chance(2) { continue }
            let at = moment
            life.plan(at: at) { batch in
                try batch.perform(CheckPatrol(route: route, point: point), by: Crew.atGate(at, life.span), at: at)
            }
        }
    }
}
