import TestSupport
import Testing

@testable import Estate

@Suite("Places of the estate")
struct PlaceTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate()
        try test.do("place.add", ["place": "物业办公室"], by: "S02")
        try test.do("place.add", ["place": "3栋大堂"], by: "S02")
    }

    private func code(_ body: () throws -> Void) -> String? { refusal(body)?.code }

    @Test("a place has a name of its own")
    func names() throws {
        for (place, expected) in [
            (" 物业办公室", "place.exists"), ("3-2-501", "place.malformed"), ("501", "place.malformed"),
            ("", "field.missing"),
            ("商铺108", "place.malformed"), ("物业 办公室", "place.exists"), ("物业·办公室", "place.exists"),
        ] { #expect(code { try test.do("place.add", ["place": place]) } == expected, "\(place)") }
        #expect(try test.show(PlacesView.self).map { $0.texts[0] } == ["物业办公室", "3栋大堂"])
        #expect(code { try test.do("place.add", ["place": "电梯"], by: "S03") } == "staff.notAllowed")
    }

    @Test("a place named as a person is warned of; the same place is meant however it is spaced")
    func likePerson() throws {
        func warnings(_ place: String) throws -> [String] {
            try test.store.perform(AddPlace(place: place), by: "S02").warnings
        }
        #expect(try warnings("李四") == ["place.person"] && warnings("王经理") == ["place.person"])
        #expect(try warnings("东门 岗亭") == [])
        #expect(AddPlace.cautions(with: ["place": "李四"], by: "S02", in: test.estate).keys.sorted() == ["place"])
        #expect(test.estate.people.places.last?.text == "东门岗亭")
        try test.arrive("张三", host: "东门 岗亭")
        #expect(test.estate.gate.visits.values.last?.host.text == "东门岗亭")
    }

    @Test("a request is about a place, from its opening to its return visit")
    func request() throws {
        let request = try test.do("request.open", ["class": "repair.minor", "unit": "3栋大堂", "text": "灯不亮"])
        #expect(test.estate.requests[ref(request)]?.unit.text == "3栋大堂")
        try test.do("request.complete", ["request": request])
        let visit = try #require(test.estate.followUps.pending.first)
        #expect(test.estate.followUps[visit]?.unit.text == "3栋大堂")
        let rows = try RequestsView.select(of: test.estate, at: test.store.now, members: ["unit": .string("3栋大堂")])
        #expect(rows.rows.count == 1)
        let history = try HistoryView.select(
            of: test.estate, at: test.store.now, members: ["unit": .string("3栋大堂")], reading: test.store.entries)
        #expect(history.rows.map { $0.text(4) } == ["place.added", "request.opened"])
    }

    @Test("a visit is to a place; the journal of another terminal reads it so")
    func visit() throws {
        try test.arrive("张三", host: "物业办公室")
        #expect(try test.secondStore().estate.gate.visits.values.map(\.host.text) == ["物业办公室"])
        #expect(try test.show(GateView.self).map { $0.texts[3] } == ["物业办公室"])
    }

    @Test("an unknown place, or a unit that is none, is refused")
    func unknown() throws {
        for (text, expected) in [
            ("花园", "unit.malformed"), ("9-9-901", "unit.unknown"), ("3栋", "unit.malformed"),
            ("2001/3/2", "unit.damaged"),
        ] {
            #expect(
                code { try test.do("request.open", ["class": "complaint", "unit": text, "text": "吵"]) } == expected,
                "\(text)")
        }
        // At the gate it is recorded as unknown.
        try test.arrive("张三", host: "花园")
        #expect(try test.show(GateView.self).last?.hostState == .unknown)
        // What money and residents are about is a unit.
        #expect(code { try test.do("bill.issue", test.bill(unit: "物业办公室", amount: "1")) } == "unit.malformed")
        #expect(
            code { try test.do("person.add", ["name": "甲", "unit": "物业办公室", "role": "owner"]) } == "unit.malformed")
    }

    @Test("it is found by its name and pinyin")
    func found() throws {
        for text in ["物业", "wybgs", "bangongshi"] {
            let row = try #require(try test.show(FindView.self, ["text": text]).first)
            #expect(row.texts == ["place", "物业办公室", "物业办公室"], "\(text)")
        }
        #expect(try test.show(FindView.self, ["text": "李四"]).first?.texts.suffix(1) == ["3-2-501 李四 业主"])
        #expect(try test.show(FindView.self, ["text": "3-2-502"]).first?.texts.first == "unit")
        #expect(test.estate.people.search("物业", limit: 3).isEmpty)
    }

    @Test("a place is undone while nothing is about it")
    func undone() throws {
        let place = try test.do("place.add", ["place": "电梯"])
        try test.do("request.open", ["class": "complaint", "unit": "电梯", "text": "停了"])
        #expect(code { try test.do("action.undo", ["entry": place]) } == "undo.used")
        try test.do("action.undo")
        try test.do("action.undo", ["entry": place])
        #expect(test.estate.people.places.count == 2)
    }
}
