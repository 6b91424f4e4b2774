import Foundation
import Journal
import TestSupport
import Testing

@testable import Estate

extension Renovations: RecordedDay {
    static func record(in test: TestEstate) throws {
        let one = try test.renovation(unit: "3-2-502")
        try test.do("renovation.consent", ["renovation": one, "signer": "张三"])
        try test.do("renovation.paper", ["renovation": one, "paper": "装修登记表"])
        try test.do("renovation.notice", ["renovation": one, "decorator": "张三", "contractor": "王工"])
        try test.do("renovation.neighbours", ["renovation": one])
        try test.do(
            "renovation.agree", ["renovation": one, "from": "2026-12-31", "to": "2027-03-31", "hours": "8–12、14–18"])
        try test.do("renovation.papers", ["renovation": one])
        try test.do(
            "renovation.permit",
            ["renovation": one, "deposit": "2000", "fee": "300", "until": "2027-03-31", "method": "现金"])
        try test.do("renovation.extend", ["renovation": one, "until": "2027-04-30", "why": "等材料"])
        try test.do(
            "renovation.pass",
            ["renovation": one, "name": "刘师傅", "trade": "水电工", "document": "居民身份证 330102199001011234"])
        try test.do("renovation.check", ["renovation": one, "note": "保护到位", "stage": "进场"])
        let violation = try test.do("renovation.violation", ["renovation": one, "what": "堆料过夜", "evidence": "P1"])
        try test.do("renovation.obeyed", ["violation": violation])
        let harm = try test.do("renovation.violation", ["renovation": one, "what": "敲承重墙", "harmed": "yes"])
        try test.do("renovation.reported", ["violation": harm, "to": "城管", "number": "A1"])
        try test.do("renovation.finish", ["renovation": one])
        try test.do("renovation.accept", ["renovation": one, "result": "failed", "note": "烟道"])
        try test.do("renovation.accept", ["renovation": one, "result": "passed"])
        try test.do("renovation.deduct", ["renovation": one, "amount": "100", "why": "划痕", "signer": "张三"])
        try test.do("renovation.refund", ["renovation": one, "refund": "1900"])
        let other = try test.renovation(unit: "3-2-503")
        try test.do("renovation.withdraw", ["renovation": other, "why": "不装了"])
    }
}

extension TestEstate {
    /// The id of a renovation that was applied for.
    func renovation(
        unit: String = "3-2-501", _ more: [String: String] = [:], at time: String? = nil
    ) throws -> String {
        let members = ["unit": unit, "contractor": "好家装饰", "works": "卫生间翻新"]
        return try self.do("renovation.apply", members.merging(more) { $1 }, at: time)
    }

    /// The id of a renovation whose works may begin since a moment.
    func permitted(
        unit: String = "3-2-501", deposit: String = "2000", fee: String = "0", until: String = "2026-06-30",
        method: String? = "现金", by member: String = "S01", at time: String
    ) throws -> String {
        let id = try renovation(unit: unit, ["papers": "complete", "applicant": "owner"], at: time)
        var members = ["renovation": id, "deposit": deposit, "fee": fee, "until": until]
        members["method"] = method
        try self.do("renovation.permit", members, by: member, at: time)
        return id
    }

    /// A renovation by its id.
    func renovation(_ id: String) throws -> RenovationCase {
        try #require(try estate.renovations.all[Ref(text: id, zone: .shanghai)])
    }

    /// The warnings of an action's receipt.
    func warnings(
        _ name: String, _ members: [String: String], by member: String = "S01", at time: String? = nil
    ) throws -> [String] {
        let action = try Estate.action(named: name).read(members.mapValues { .string($0) }, zone: .shanghai)
        return try store.perform(action, by: member, at: time.map { try Moment(text: $0, zone: .shanghai) }).warnings
    }
}

extension TestEstate {
    /// The state of an estate with chapters of a handbook of its own.
    static func reopened(_ test: TestEstate, handbook: [String: String]) throws -> Estate {
        for (file, json) in handbook {
            let folder = URL(fileURLWithPath: test.folder).appendingPathComponent("handbook")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(json.utf8).write(to: folder.appendingPathComponent(file))
        }
        let store = try test.secondStore()
        store.readHistory()
        return store.estate
    }
}
