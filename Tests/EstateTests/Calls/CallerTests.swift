import Testing
import TestSupport

@testable import Estate

@Suite("Callers are identified by their number")
struct CallerTests {
    @Test("a known number in any notation identifies the caller")
    func known() throws {
        let test = try TestEstate()
        for typed in ["13800001111", "+86 138-0000-1111", "0086 138 0000 1111", "１３８００００１１１１"] {
            try test.ring(typed)
            #expect(try test.show(CallsView.self).last?.person == "李四")
            #expect(try test.show(CallsView.self).last?.unit?.text == "3-2-501")
            #expect(try test.show(CallsView.self).last?.phone == "138****1111")
        }
    }

    @Test("no number, an unknown one or a shared one identifies nobody")
    func unknown() throws {
        let test = try TestEstate()
        try test.do("person.add", ["name": "韩梅", "unit": "3-2-502", "role": "owner", "phone": "13900002222"])
        try test.do("person.add", ["name": "李雷", "unit": "3-2-503", "role": "owner", "phone": "139 0000 2222"])
        for typed in ["", "13012345678", "13900002222"] {
            let call = try test.ring(typed)
            #expect(try test.show(CallsView.self).last?.unit == nil)
            #expect(try test.show(CallsView.self).last?.person == nil)
            try test.do("call.caller", ["call": call, "unit": "3-2-502"])
            #expect(try test.show(CallsView.self).last?.unit?.text == "3-2-502")
        }
    }

    @Test(
        "a resident is found by the number with or without its extension",
        arguments: [
            "138/0000/1111", "+86 13800001111", "0086-138 0000 1111", "（0571）8888-7777", "0571-88887777转12",
            "057188887777#12",
        ])
    func numbers(typed: String) throws {
        let test = try TestEstate()
        try test.do("person.add", ["name": "韩梅", "unit": "3-2-502", "role": "owner", "phone": "0571-88887777-转12"])
        let name = typed.contains("138") ? "李四" : "韩梅"
        try test.ring(typed)
        #expect(try test.show(CallsView.self).last?.person == name)
        #expect(test.estate.people.search(typed, limit: 5).map(\.name) == [name])
    }

    @Test("another extension is another telephone")
    func otherExtension() throws {
        let test = try TestEstate()
        try test.do("person.add", ["name": "韩梅", "unit": "3-2-502", "role": "owner", "phone": "0571-88887777转12"])
        try test.ring("0571-88887777转13")
        #expect(try test.show(CallsView.self).last?.person == nil)
    }

    @Test(
        "a number of the fixed network is known with and without its area code",
        arguments: ["88887777", "0571-88887777", "+86 571 88887777", "0086571-8888-7777"])
    func areaCode(typed: String) throws {
        for registered in ["0571-88887777", "88887777"] {
            let test = try TestEstate()
            try test.do("person.add", ["name": "韩梅", "unit": "3-2-502", "role": "owner", "phone": registered])
            try test.ring(typed)
            #expect(try test.show(CallsView.self).last?.person == "韩梅")
        }
    }

    @Test("each of several numbers identifies its resident")
    func several() throws {
        let test = try TestEstate()
        try test.do(
            "person.add", ["name": "韩梅", "unit": "3-2-502", "role": "owner", "phone": "13812345678/13912345678"])
        for typed in ["13812345678", "+86 139 1234 5678"] {
            try test.ring(typed)
            #expect(try test.show(CallsView.self).last?.person == "韩梅")
        }
        #expect(refusal { try test.ring("13812345678/13912345678") }?.code == "phone.several")
    }

    @Test(
        "a ring is not refused for the number that the network shows",
        arguments: ["1381234567", "106581234567890", "57188887777"])
    func unusual(typed: String) throws {
        let test = try TestEstate()
        let receipt = try test.store.perform(RingCall(members: ["phone": .string(typed)], zone: .shanghai), by: "S02")
        #expect(receipt.warnings == ["phone.unusual"])
        let out = ["direction": "outgoing", "phone": typed]
        #expect(refusal { try test.do("call.ring", out) }?.code == "phone.malformed")
    }

    @Test("a missed call is returned by a call to the same number in another form")
    func returned() throws {
        let test = try TestEstate()
        let missed = try test.ring("88887777")
        try test.do("call.end", ["call": missed])
        #expect(test.estate.calls.missed.isEmpty == false)
        try test.do("call.ring", ["direction": "outgoing", "phone": "0571-88887777"])
        #expect(test.estate.calls.missed.isEmpty)
    }
}
