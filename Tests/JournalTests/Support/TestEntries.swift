@testable import Journal

/// An entry that holds a number, which is also its id; see ``Journal/Line/number``.
func newEntry(_ number: Int) -> NewEntry {
    NewEntry(
        id: EntryID(high: 0x019A_0000_0000_0000, low: UInt64(number)), by: "S01", kind: "test.counted",
        data: Array("{\"number\":\(number)}".utf8))
}

/// An entry with a text of some length in bytes.
func longEntry(_ number: Int = 7, length: Int) -> NewEntry {
    NewEntry(
        id: EntryID(high: 0, low: UInt64(number)), by: "S01", kind: "test.long",
        data: Array("{\"text\":\"\(String(repeating: "x", count: length))\"}".utf8))
}

/// The beginning of a line, as a killed writer leaves it.
let tornBytes = Array("{\"v\":2,\"n\":\"desk\",\"s\":".utf8)

extension Line {
    /// The number of an entry made by `newEntry`.
    var number: Int { Int(id.low) }
}

extension Journal {
    /// Records one action with an entry per number.
    func record(_ numbers: Int...) throws { _ = try write(delivering: { _ in }) { $0.append(numbers.map(newEntry)) } }

    /// Catches up and returns the numbers delivered.
    func numbers() throws -> [Int] {
        var numbers: [Int] = []
        try catchUp { numbers.append($0.number) }
        return numbers
    }
}
