/// What brings people to the gate, how long they stay, and when they come.
struct VisitPurpose {
    let name: String
    let weight: Int
    /// Minutes.
    let stay: ClosedRange<Int>
    let hours: ClosedRange<Int>
    /// How many of a hundred come by car.
    var cars = 34
    var party = 1...1

    static let all = [
        VisitPurpose(name: "外卖", weight: 22, stay: 5...20, hours: 7...23, cars: 4),
        VisitPurpose(name: "快递", weight: 18, stay: 10...55, hours: 8...20, cars: 45),
        VisitPurpose(name: "探亲访友", weight: 22, stay: 40...240, hours: 9...21, cars: 48, party: 1...4),
        VisitPurpose(name: "送货", weight: 8, stay: 12...70, hours: 8...19, cars: 70, party: 1...2),
        VisitPurpose(name: "接送", weight: 7, stay: 4...25, hours: 6...22, cars: 85),
        VisitPurpose(name: "家政", weight: 7, stay: 110...230, hours: 8...16, cars: 8),
        VisitPurpose(name: "维修", weight: 5, stay: 30...120, hours: 8...18, cars: 40, party: 1...2),
        VisitPurpose(name: "装修", weight: 4, stay: 180...460, hours: 8...12, cars: 45, party: 1...4),
        VisitPurpose(name: "施工", weight: 2, stay: 120...460, hours: 8...12, cars: 60, party: 2...6),
        VisitPurpose(name: "搬家", weight: 1, stay: 90...280, hours: 8...15, cars: 100, party: 2...5),
        VisitPurpose(name: "看房", weight: 3, stay: 15...60, hours: 9...18, cars: 40, party: 1...3),
        VisitPurpose(name: "公务", weight: 1, stay: 20...80, hours: 9...17, cars: 50, party: 1...2),
    ]

    static func next(at hour: Int, _ dice: inout Dice) -> VisitPurpose {
        let fitting = all.filter { $0.hours.contains(hour) }
        return fitting.isEmpty ? dice.pick([all[0], all[2]]) : dice.pick(fitting.map { ($0, $0.weight) })
    }

    /// One of those that are soon gone, and overdue after two hours.
    static func brief(_ dice: inout Dice) -> VisitPurpose { dice.pick([all[1], all[3], all[3], all[4]]) }
    /// One of those that may stay for hours.
    static func lengthy(_ dice: inout Dice) -> VisitPurpose { dice.pick([all[2], all[2], all[7], all[8]]) }
}
