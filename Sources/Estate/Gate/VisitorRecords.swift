import Journal

extension Gate {
    static func personRecords(in estate: Estate, latest count: Int) -> [PersonRecord] {
        let (gate, zone) = (estate.gate, estate.zone)
        let visits = gate.visits.values.suffix(count).reversed().compactMap { visit in
            PersonRecord(
                visit.id.id, Visit.entity,
                names: [visit.visitor.name.value, visit.plate?.text, (visit.exitPlate.value ?? nil)?.text],
                phones: [visit.phone], about: [visit.hostName, visit.purpose, Day(visit.arrived, in: zone).text])
        }
        let expected = gate.lists.expected.suffix(count).reversed().compactMap { expected in
            PersonRecord(
                expected.id.id, ExpectedVisitor.entity,
                names: [expected.name.value, (expected.plate.value ?? nil)?.text],
                about: [expected.hostName, expected.from.text])
        }
        let refused = gate.lists.refused.suffix(count).reversed().compactMap { refused in
            PersonRecord(
                refused.id.id, RefuseVisitor.name, names: [refused.name.value],
                about: [(refused.host.value ?? nil)?.text, refused.why, Day(refused.at, in: zone).text])
        }
        let barred = gate.lists.barred.suffix(count).reversed().compactMap { barred in
            PersonRecord(
                barred.id.id, BarVisitor.name,
                names: [barred.name.value ?? nil, (barred.plate.value ?? nil)?.text],
                about: [barred.why, barred.until.text])
        }
        return visits + expected + refused + barred
    }
}
