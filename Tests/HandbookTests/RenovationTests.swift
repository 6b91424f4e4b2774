import Foundation
import Handbook
import Testing

@Suite("The chapter of renovations")
struct RenovationTests {
    private func handbook(_ own: String? = nil) throws -> Handbook.Renovation {
        let overrides = own.map { ["renovation.json": Data($0.utf8)] } ?? [:]
        return try Handbook(overrides: overrides, chapters: [Handbook.Renovation.self]).renovation
    }

    @Test("it has the notice, the classes of restricted works, the agreement and the check points")
    func contents() throws {
        let rule = try handbook()
        #expect(rule.forbidden.count == 13 && rule.restricted.count == 3 && rule.agreement.count == 9)
        #expect(rule.checkpoints.map(\.name) == ["进场", "拆改后", "水电隐蔽前", "闭水试验", "期中", "完工检查", "观察期满"])
        #expect(rule.kinds.map(\.name) == ["结构", "外立面", "供暖", "燃气", "防水", "动火", "商铺", "自己找工人", "小项"])
        #expect((rule.observationDays, rule.refundDays, rule.reportHours) == (30, 7, 24))
        #expect(rule.hours.noisy.working.map(\.text) == ["8:00–12:00", "14:00–18:00"] && rule.hours.noisy.off.isEmpty)
        #expect(rule.hours.quiet.off.map(\.text) == ["8:00–20:00"])
        #expect(rule.trades.contains("水电工") && rule.orders == ["口头制止", "书面通知"])
        #expect(rule.rules.allSatisfy { $0.clause == "rules.renovation" })
    }

    @Test("what may be charged is unset until the estate says")
    func charges() throws {
        let shipped = try handbook().allowance
        #expect(shipped.deposit.allowed == nil && shipped.fee.allowed == nil && shipped.deposit.maximumFen == nil)
        let own = try handbook(#"{"policy":{"charges":{"deposit":{"allowed":false}}}}"#).allowance
        #expect(own.deposit.allowed == false && own.fee.allowed == nil)
    }

    @Test("the steps are prescribed", arguments: [#"{"transitions":[]}"#, #"{"permit":{"workingDays":3}}"#])
    func prescribed(own: String) {
        #expect(throws: HandbookError.self) { try handbook(own) }
    }

    @Test(
        "values that cannot be are refused",
        arguments: [
            #"{"policy":{"suggestedDepositFen":-1}}"#, #"{"policy":{"charges":{"fee":{"maximumFen":-1}}}}"#,
            #"{"policy":{"refundDays":-1}}"#, #"{"policy":{"reportHours":0}}"#, #"{"policy":{"feeItem":""}}"#,
            #"{"policy":{"silent":[{"from":"2026-6-7","to":"2026-6-9","why":"高考"}]}}"#,
            #"{"policy":{"silent":[{"from":"2026-06-09","to":"2026-06-07","why":"高考"}]}}"#,
            #"{"policy":{"silent":[{"from":"2026-02-30","to":"2026-03-02","why":"高考"}]}}"#,
            #"{"policy":{"silent":[{"from":"2026-06-07","to":"2026/06/09","why":"高考"}]}}"#,
            #"{"policy":{"trades":[""]}}"#, #"{"policy":{"orders":[""]}}"#, #"{"policy":{"simple":"杂项"}}"#,
            #"{"policy":{"forbidden":[""]}}"#,
            #"{"policy":{"kinds":[{"name":"小项","words":[],"papers":[]},{"name":"小项","words":[],"papers":[]}]}}"#,
        ])
    func invalid(own: String) {
        #expect(throws: HandbookError.self) { try handbook(own) }
    }
}
