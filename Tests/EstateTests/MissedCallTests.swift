import Testing

@testable import Estate

@Suite("Missed calls, calling back, and how the telephone was answered")
struct MissedCallTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    private func miss(_ number: String) throws -> String {
        let call = try desk.ring(number)
        try desk.do("call.end", ["call": call], by: "S02")
        return call
    }

    private var waiting: [String] { desk.estate.calls.missed.map(\.id.text) }

    @Test("who was missed waits until called back; an attempt that reaches nobody changes nothing")
    func callingBack() throws {
        let missed = try miss("13800001111")
        #expect(waiting == [missed])
        for reached in [false, true] {
            let back = try desk.do("call.ring", ["direction": "outgoing", "about": missed], by: "S02")
            #expect(desk.estate.calls[ref(back)]?.phone?.text == "13800001111")
            #expect(waiting.isEmpty)
            if reached { try desk.do("call.answer", ["call": back, "rings": "2"], by: "S02") }
            try desk.do("call.end", ["call": back], by: "S02")
            #expect(waiting == (reached ? [] : [missed]))
        }
        #expect(try desk.show(CallsView.self).map(\.state) == [.returned, .unreached, .ended])
    }

    @Test("a later call from the same number takes all of its missed ones off once it is answered")
    func callingAgain() throws {
        let other = try miss("13012345678")
        let missed = [try miss("13800001111"), try miss("+86 138-0000-1111")]
        let again = try desk.ring("13800001111")
        #expect(waiting == [other] + missed)
        try desk.do("call.answer", ["call": again, "rings": "1"], by: "S02")
        #expect(waiting == [other])
        #expect(missed.allSatisfy { desk.estate.calls[ref($0)]?.returned == ref(again) })
    }

    @Test("a caller without a number is missed, and cannot be called back")
    func noNumber() throws {
        let missed = try miss("")
        #expect(waiting.isEmpty)
        #expect(desk.estate.calls[ref(missed)]?.state == .missed)
    }

    @Test("a call that a telephone system rang is with whoever answers; a second answer is refused by name")
    func twoAnswer() throws {
        try desk.do("staff.add", ["staff": "T01", "name": "总机", "role": "operator"])
        let call = try desk.do("call.ring", ["phone": "13800001111"], by: "T01")
        try desk.do("call.answer", ["call": call, "rings": "1"], by: "S02")
        let refused = refusal { try desk.do("call.answer", ["call": call, "rings": "2"], by: "S04") }
        #expect(refused?.code == "call.answered")
        #expect(refused?.message.chinese.contains("陈接待") == true)
        #expect(try desk.only(CallsView.self).by == "陈接待")
        #expect(try desk.only(CallsView.self).rings == 1)
    }

    @Test("quality by day and member: shares cut off after two places, steps left out by kind")
    func quality() throws {
        for rings in [1, 3, 5] {
            let call = try desk.ring()
            try desk.do(
                "call.answer", ["call": call, "rings": "\(rings)", "greeting": rings == 1 ? "no" : "yes"], by: "S02")
            try desk.do("call.end", ["call": call, "closing": "no"], by: "S02")
        }
        let missed = try miss("13800001111")
        let back = try desk.do("call.ring", ["direction": "outgoing", "about": missed], by: "S04")
        for words in ["greet", "introduce", "purpose"] {
            try desk.do("call.say", ["call": back, "words": words], by: "S04")
        }
        let rows = try desk.show(CallQualityView.self)
        #expect(rows.map(\.staff) == ["S02", "S04"])
        #expect(rows[0].day == day("2026-12-31"))
        #expect((rows[0].calls, rows[0].answered, rows[0].inTime, rows[0].share) == (4, 3, 2, "66.66"))
        #expect((rows[0].missed, rows[0].returned) == (1, 1))
        #expect(rows[0].omitted == [OmissionCount(.rings, 1), OmissionCount(.greeting, 1), OmissionCount(.closing, 3)])
        #expect((rows[1].calls, rows[1].answered, rows[1].share) == (1, 0, nil))
        #expect(rows[1].omitted.isEmpty)
    }

    @Test("quality from one day to another")
    func days() throws {
        for (at, rings) in [("2026-12-29T09:00", "1"), ("2026-12-30T09:00", "4")] {
            let call = try desk.do("call.ring", by: "S02", at: at)
            try desk.do("call.answer", ["call": call, "rings": rings], by: "S02", at: at)
        }
        let rows = try CallQualityView.select(
            of: desk.estate, at: desk.store.now, members: ["from": .string("2026-12-30"), "to": .string("2026-12-30")])
        #expect(rows.rows.map { Array($0.texts.prefix(2)) } == [["2026-12-30", "S02"]])
    }

    @Test(
        "a caller is found by the number however it is written, with the extension or without",
        arguments: [
            "138/0000/1111", "+86 13800001111", "0086-138 0000 1111", "（0571）8888-7777", "0571-88887777转12",
            "057188887777#12",
        ])
    func numbers(typed: String) throws {
        try desk.do("person.add", ["name": "韩梅", "unit": "3-2-502", "role": "owner", "phone": "0571-88887777-转12"])
        let name = typed.contains("138") ? "李四" : "韩梅"
        try desk.ring(typed)
        #expect(try desk.show(CallsView.self).last?.person == name)
        #expect(desk.estate.people.search(typed, limit: 5).map(\.name) == [name])
    }

    @Test("another extension is another telephone")
    func otherExtension() throws {
        try desk.do("person.add", ["name": "韩梅", "unit": "3-2-502", "role": "owner", "phone": "0571-88887777转12"])
        try desk.ring("0571-88887777转13")
        #expect(try desk.show(CallsView.self).last?.person == nil)
    }
}
