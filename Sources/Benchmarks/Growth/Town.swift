import Estate
import Journal

/// One household of the grown estate.
struct Household {
    let unit: UnitCode
    let area: Area
    let owner: String
    let tenant: String?
    let phone: Phone
    let plate: Plate?

    /// 2.20 yuan a square metre a month.
    var serviceFee: Money { Money(fen: area.hundredths * 22 / 10) }
}

/// Some nine hundred households: six buildings of three staircases, seventeen floors and three rooms each.
struct Town {
    private(set) var households: [Household] = []
    private let zone: Zone

    private static let surnames = Array("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹").map(String.init)
    private static let given = ["伟", "芳", "建国", "敏", "静", "志强", "丽华", "磊", "晓峰", "秀英", "军", "雪梅", "思远", "欣怡"]

    init(zone: Zone, _ chance: inout Chance) throws {
        self.zone = zone
        for building in 1...6 {
            for staircase in 1...3 {
                for floor in 1...17 {
                    for room in 1...3 {
                        try add("\(building)-\(staircase)-\(floor)0\(room)", &chance)
                    }
                }
            }
        }
    }

    private mutating func add(_ unit: String, _ chance: inout Chance) throws {
        let number = households.count
        households.append(
            Household(
                unit: try UnitCode(text: unit, zone: zone), area: Area(hundredths: 100 * chance.between(58...142)),
                owner: Town.name(&chance), tenant: chance.percent(30) ? Town.name(&chance) : nil,
                phone: try Phone(text: "1390000\(1000 + number)", zone: zone),
                plate: chance.percent(46) ? try Plate(text: "京A\(20_000 + number)", zone: zone) : nil))
    }

    static func name(_ chance: inout Chance) -> String { chance.pick(surnames) + chance.pick(given) }

    /// Puts the staff, the units, the residents and their vehicles on record; returns how many facts there are then.
    func moveIn(_ batch: inout Store.Batch, at moment: Moment) throws -> Int {
        var last = 0
        for member in Crew.others {
            try batch.perform(AddStaff(staff: member.code, name: member.name, role: member.role), at: moment)
        }
        for home in households {
            try batch.perform(AddUnit(unit: home.unit, area: home.area), at: moment)
            last = try batch.perform(
                AddPerson(name: home.owner, unit: home.unit, role: .owner, phone: home.phone), at: moment
            ).sequence
            if let tenant = home.tenant, tenant != home.owner {
                last = try batch.perform(AddPerson(name: tenant, unit: home.unit, role: .tenant), at: moment).sequence
            }
            if let plate = home.plate {
                last = try batch.perform(AddVehicle(plate: plate, unit: home.unit), at: moment).sequence
            }
        }
        return last
    }
}
