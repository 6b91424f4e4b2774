import Foundation
import Handbook
import Testing

@Suite("6 The store: what it starts with, and what the estate sets")
struct MaterialsTests {
    private func materials(_ own: String? = nil) throws -> Handbook.Materials {
        let overrides = own.map { [Handbook.Materials.file: Data($0.utf8)] } ?? [:]
        return try Handbook(overrides: overrides, chapters: [Handbook.Materials.self]).materials
    }

    @Test("the items have numbers of their own, a known kind and category, and bounds in order")
    func items() throws {
        let materials = try materials()
        let items = materials.startingItems
        #expect(items.count == 33 && Set(items.map(\.sku)).count == items.count)
        #expect(Set(items.map(\.name)).count == items.count)
        #expect(items.allSatisfy { materials.categories.contains($0.category) })
        #expect(Set(items.map(\.kind)) == Set(materials.kinds.map(\.id)))
        for item in items {
            let (min, max) = (item.min.flatMap(Int.init) ?? 0, item.max.flatMap(Int.init) ?? 1000)
            #expect(min < max, "\(item.name)")
            #expect(item.quota != nil || item.note != nil || item.kind != "consumable", "\(item.name)")
        }
    }

    @Test("usual jobs take items that there are")
    func jobs() throws {
        let materials = try materials()
        let numbers = Set(materials.startingItems.map(\.sku))
        #expect(materials.jobs.map(\.name) == ["换角阀", "换龙头", "换感应灯", "换闭门器", "通下水"])
        #expect(materials.jobs.flatMap(\.parts).allSatisfy { numbers.contains($0.sku) && Double($0.quantity) != nil })
    }

    @Test("the estate sets days and the contract's clauses; a wrong number is refused")
    func policy() throws {
        let own = try materials(#"{"policy":{"loanDays":3,"contract":["甲方〔买方〕"]}}"#)
        #expect((own.loanDays, own.shortageDays) == (3, 3) && own.contract == ["甲方〔买方〕"])
        #expect(throws: HandbookError.self) { try materials(#"{"policy":{"idleDays":-1}}"#) }
        #expect(throws: HandbookError.self) { try materials(#"{"policy":{"contract":[]}}"#) }
    }
}
