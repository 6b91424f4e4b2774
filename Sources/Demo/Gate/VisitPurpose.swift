/// A purpose of visits, with their frequency, duration and hours.
struct VisitPurpose {
    let name: String
    let weight: Int
    /// The duration of a visit.
    let minutes: ClosedRange<Int>
    /// The hours of arrival.
    let hours: ClosedRange<Int>
    /// The percentage of visitors who come by car.
    var cars = 34
    /// The number of people who come together.
    var party = 1...1

    static let all = [
        VisitPurpose(name: "外卖", weight: 22, minutes: 5...20, hours: 7...23, cars: 4),
        VisitPurpose(name: "快递", weight: 18, minutes: 10...55, hours: 8...20, cars: 45),
        VisitPurpose(name: "探亲访友", weight: 22, minutes: 40...240, hours: 9...21, cars: 48, party: 1...4),
        VisitPurpose(name: "送货", weight: 8, minutes: 12...70, hours: 8...19, cars: 70, party: 1...2),
        VisitPurpose(name: "接送", weight: 7, minutes: 4...25, hours: 6...22, cars: 85),
        VisitPurpose(name: "家政", weight: 7, minutes: 110...230, hours: 8...16, cars: 8),
        VisitPurpose(name: "维修", weight: 5, minutes: 30...120, hours: 8...18, cars: 40, party: 1...2),
        VisitPurpose(name: "装修", weight: 4, minutes: 180...460, hours: 8...12, cars: 45, party: 1...4),
        VisitPurpose(name: "施工", weight: 2, minutes: 120...460, hours: 8...12, cars: 60, party: 2...6),
        VisitPurpose(name: "搬家", weight: 1, minutes: 90...280, hours: 8...15, cars: 100, party: 2...5),
        VisitPurpose(name: "看房", weight: 3, minutes: 15...60, hours: 9...18, cars: 40, party: 1...3),
        VisitPurpose(name: "公务", weight: 1, minutes: 20...80, hours: 9...17, cars: 50, party: 1...2),
    ]

    static func next(at hour: Int, _ random: inout SeededGenerator) -> VisitPurpose {
        let fitting = all.filter { $0.hours.contains(hour) }
        return fitting.isEmpty ? random.pick([all[0], all[2]]) : random.pick(fitting.map { ($0, $0.weight) })
    }

    /// One of the short purposes, overdue after two hours.
    static func brief(_ random: inout SeededGenerator) -> VisitPurpose {
        random.pick([all[1], all[3], all[3], all[4]])
    }
    /// One of the purposes that may take hours.
    static func lengthy(_ random: inout SeededGenerator) -> VisitPurpose {
        random.pick([all[2], all[2], all[7], all[8]])
    }
}
