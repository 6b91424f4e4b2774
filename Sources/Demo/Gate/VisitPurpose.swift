/// A purpose of visits, with their frequency, duration and hours.
struct VisitPurpose {
    let name: String
    /// The relative frequency.
    let weight: Int
    /// The length of a visit, in minutes.
    let minutes: ClosedRange<Int>
    /// The hours of the day, 0...23, in which such visitors arrive; both ends included.
    let hours: ClosedRange<Int>
    /// The percentage of visitors who come by car.
    var carPercent = 34
    /// The number of people who come together.
    var party = 1...1

    static let all = [
        VisitPurpose(name: "外卖", weight: 22, minutes: 5...20, hours: 7...23, carPercent: 4),
        VisitPurpose(name: "快递", weight: 18, minutes: 10...55, hours: 8...20, carPercent: 45),
        VisitPurpose(name: "探亲访友", weight: 22, minutes: 40...240, hours: 9...21, carPercent: 48, party: 1...4),
        VisitPurpose(name: "送货", weight: 8, minutes: 12...70, hours: 8...19, carPercent: 70, party: 1...2),
        VisitPurpose(name: "接送", weight: 7, minutes: 4...25, hours: 6...22, carPercent: 85),
        VisitPurpose(name: "家政", weight: 7, minutes: 110...230, hours: 8...16, carPercent: 8),
        VisitPurpose(name: "维修", weight: 5, minutes: 30...120, hours: 8...18, carPercent: 40, party: 1...2),
        VisitPurpose(name: "装修", weight: 4, minutes: 180...460, hours: 8...12, carPercent: 45, party: 1...4),
        VisitPurpose(name: "施工", weight: 2, minutes: 120...460, hours: 8...12, carPercent: 60, party: 2...6),
        VisitPurpose(name: "搬家", weight: 1, minutes: 90...280, hours: 8...15, carPercent: 100, party: 2...5),
        VisitPurpose(name: "看房", weight: 3, minutes: 15...60, hours: 9...18, carPercent: 40, party: 1...3),
        VisitPurpose(name: "公务", weight: 1, minutes: 20...80, hours: 9...17, carPercent: 50, party: 1...2),
    ]

    private static func named(_ name: String) -> VisitPurpose { all.first { $0.name == name } ?? all[0] }

    /// A purpose that occurs at this hour, by weight; at night 外卖 or 探亲访友.
    static func next(at hour: Int, _ random: inout SeededGenerator) -> VisitPurpose {
        let fitting = all.filter { $0.hours.contains(hour) }
        return fitting.isEmpty
            ? random.pick([named("外卖"), named("探亲访友")]) : random.pick(fitting.map { ($0, $0.weight) })
    }

    /// A purpose whose overstay limit is two hours, for an overdue visitor.
    static func brief(_ random: inout SeededGenerator) -> VisitPurpose {
        random.pick(["快递", "送货", "送货", "接送"].map(named))
    }
    /// A purpose whose overstay limit is 8 or 12 hours, for a visitor who is still in time.
    static func lengthy(_ random: inout SeededGenerator) -> VisitPurpose {
        random.pick(["探亲访友", "探亲访友", "装修", "施工"].map(named))
    }
}
