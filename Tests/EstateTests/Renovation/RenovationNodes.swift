import TestSupport

@testable import Estate

/// Renovations at two nodes that had not heard of one another.
extension TwoNodes {
    private static let apply = Step(
        "renovation.apply",
        ["unit": "3-2-501", "contractor": "甲", "works": "刷墙", "applicant": "owner"], as: "case")
    private static func step(_ name: String, _ more: [String: String] = [:]) -> Step {
        Step("renovation.\(name)", ["renovation": "$case"].merging(more) { $1 })
    }
    private static let permit = step(
        "permit", ["deposit": "2000", "fee": "0", "until": "2026-05-31", "method": "现金"])
    private static let permitted = [apply, step("papers"), permit]
    private static let finished = permitted + [step("finish")]
    private static let violated =
        permitted + [Step("renovation.violation", ["renovation": "$case", "what": "堆料"], as: "violation")]

    private static func twice(
        _ what: String, before: [Step], _ step: Step, _ kind: String, _ state: RenovationState
    ) -> TwoNodes {
        TwoNodes(
            what: what, before: before, first: [step], second: [step], conflicts: [kind],
            expect: { estate, _ in estate.renovations.all.values.map(\.state) == [state] })
    }

    static let renovations: [TwoNodes] = [
        TwoNodes(
            what: "both register a renovation of a unit: both stand, and are looked at", first: [apply],
            second: [apply],
            conflicts: ["renovation.applied"], expect: { estate, _ in estate.renovations.all.count == 2 }),
        twice("both have all papers", before: [apply], step("papers"), "renovation.papersCompleted", .papers),
        twice(
            "both extend to a day", before: permitted, step("extend", ["until": "2026-06-30", "why": "材料"]),
            "renovation.extended", .permitted),
        twice("both finish", before: permitted, step("finish"), "renovation.finished", .finished),
        twice(
            "both accept", before: finished, step("accept", ["result": "passed"]), "renovation.accepted", .accepted),
        twice("both withdraw", before: [apply], step("withdraw", ["why": "不装了"]), "renovation.withdrawn", .withdrawn),
        TwoNodes(
            what: "withdrawn at one, finished at the other", before: permitted,
            first: [step("withdraw", ["why": "不装了"])], second: [step("finish")], conflicts: ["renovation.finished"],
            expect: { estate, _ in estate.renovations.all.values.map(\.state) == [.withdrawn] }),
        TwoNodes(
            what: "both put a violation right, and report it", before: violated,
            first: [
                Step("renovation.obeyed", ["violation": "$violation"]),
                Step("renovation.reported", ["violation": "$violation", "to": "城管"]),
            ],
            second: [
                Step("renovation.obeyed", ["violation": "$violation"]),
                Step("renovation.reported", ["violation": "$violation", "to": "街道"]),
            ],
            conflicts: ["renovation.obeyed", "renovation.reported"],
            expect: { estate, _ in estate.renovations.violations.values.map { $0.report?.to } == ["城管"] }),
        TwoNodes(
            what: "both collect a deposit: the first permits, each holds its own, and the second settles its own",
            before: [apply, step("papers")], first: [permit],
            second: [
                permit, step("finish"), step("accept", ["result": "passed"]),
                step("deduct", ["amount": "500", "why": "划痕", "signer": "李四"]), step("refund", ["refund": "1500"]),
            ],
            conflicts: ["renovation.permitted"],
            expect: { estate, _ in
                estate.renovations.all.values.map(\.balance) == [Money(fen: 200_000)]
                    && estate.deposits.movements.map(\.amount.cents) == [200_000, 200_000, -150_000]
            }),
        TwoNodes(
            what:
                "the holder keeps and gives back all while another takes the deposit over: nothing is left to take over",
            before: permitted + [step("withdraw", ["why": "不装了"])],
            first: [
                step("deduct", ["amount": "500", "why": "划痕", "signer": "李四"]), step("refund", ["refund": "1500"]),
            ], second: [step("takeover", ["why": "换机"])], conflicts: ["renovation.takenOver"],
            expect: { estate, _ in estate.renovations.all.values.map(\.state) == [.refunded] }),
        TwoNodes(
            what: "taken over and given back while the holder gives all back: what exceeds changes nothing",
            before: permitted + [step("withdraw", ["why": "不装了"])],
            first: [step("deduct", ["amount": "500", "why": "划痕"]), step("refund", ["refund": "1500"])],
            second: [
                step("takeover", ["why": "换机"]), step("deduct", ["amount": "500", "why": "划痕"]),
                step("refund", ["refund": "1500"]),
            ], conflicts: ["renovation.takenOver", "renovation.deducted", "renovation.refunded"],
            expect: { estate, _ in estate.renovations.all.values.map(\.balance) == [.zero] }),
    ]
}
