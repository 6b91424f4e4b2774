import TestSupport
import Testing

@testable import Estate

extension People: RecordedDay {
    static func record(in test: TestEstate) throws {
        try test.do("vehicle.add", ["plate": "浙A12345", "unit": "3-2-501"])
        try test.do("place.add", ["place": "物业办公室"])
        try test.do("unit.add", ["unit": "9-8-801"])
        try test.do("unit.change", ["unit": "9-8-801", "area": "80", "kind": "shop", "newCode": "9-8-811"])
        try test.do("unit.state", ["unit": "3-2-503", "state": "rented"])
        let person = try test.do("person.add", ["name": "来者", "unit": "3-2-503", "role": "family"])
        try test.do("person.change", ["person": person, "name": "又来", "role": "tenant"])
        for number in ["13712345678", "13612345678"] {
            try test.do("phone.add", ["person": person, "phone": number, "note": "本人"])
        }
        try test.do("phone.remove", ["person": person, "phone": "13712345678"])
        try test.do("phone.reveal", ["person": person])
        try test.do("vehicle.add", ["plate": "浙A54321", "unit": "3-2-501"])
        try test.do("vehicle.change", ["plate": "浙A54321", "unit": "3-2-503"])
        try test.do("vehicle.remove", ["plate": "浙A54321"])
        try test.do("unit.sell", ["unit": "3-2-503", "owner": "新主"])
        try test.do("person.leave", ["person": person])
    }
}
