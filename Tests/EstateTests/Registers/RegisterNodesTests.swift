import TestSupport

@testable import Estate

extension TwoNodes {
    private static let key = Step(
        "register.add", ["register": "key", "what": "门卡", "who": "王五"], by: "S03", as: "entry")

    static let registers: [TwoNodes] = [
        TwoNodes(
            what: "both close an entry of a register", before: [key],
            first: [Step("register.close", ["entry": "$entry", "note": "一"], by: "S03")],
            second: [Step("register.close", ["entry": "$entry", "note": "二"], by: "S02")],
            conflicts: ["register.closed"],
            expect: { estate, ids in
                estate.registers.all[ref(ids["entry"] ?? "")]?.closing?.note == "一" && estate.registers.open.isEmpty
            }),
        TwoNodes(
            what: "both register a parcel", first: [key], second: [key], conflicts: [],
            expect: { estate, _ in estate.registers.open.count == 2 }),
    ]
}
