import Testing

@testable import Journal

@Suite struct EntryIDTests {
    @Test func textIsCrockfordBase32() {
        #expect(EntryID(high: 0, low: 0).text == "00000000000000000000000000")
        #expect(EntryID(high: .max, low: .max).text == "7ZZZZZZZZZZZZZZZZZZZZZZZZZ")
        #expect(EntryID(high: 0, low: 31).text.last == "Z")
        // The example of the ULID specification: its time is 1469922850259.
        #expect(EntryID("01ARZ3NDEKTSV4RRFFQ69G5FAV").map { $0.high >> 16 } == 1_469_922_850_259)
    }

    @Test(arguments: Seed.current) func textRoundTripsAndKeepsTheOrder(seed: Seed) {
        var random = seed.generator
        var ids: [EntryID] = []
        for _ in 0..<500 {
            let id = EntryID(at: Moment(milliseconds: .random(in: 0..<1 << 48, using: &random)), using: &random)
            #expect(EntryID(id.text) == id)
            ids.append(id)
        }
        #expect(ids.sorted().map(\.text) == ids.map(\.text).sorted())
    }

    @Test func laterIDsAreGreater() {
        let moment = at(november)
        #expect(EntryID(at: moment) < EntryID(at: Moment(milliseconds: moment.milliseconds + 1)))
        #expect(EntryID(at: moment).high >> 16 == UInt64(moment.milliseconds))
    }

    @Test(arguments: [
        "", "01ARZ3NDEKTSV4RRFFQ69G5FA", "01ARZ3NDEKTSV4RRFFQ69G5FAVV", "81ARZ3NDEKTSV4RRFFQ69G5FAV",
        "01ARZ3NDEKTSV4RRFFQ69G5FAU", "01arz3ndektsv4rrffq69g5fav", "01ARZ3NDEKTSV4RRFFQ69G5FA张",
    ])
    func malformedTextIsRefused(text: String) { #expect(EntryID(text) == nil) }
}
