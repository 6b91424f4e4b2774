import Journal

/// What is still open of each unit, bills to be paid or money to be used, in the order in which it is taken: by a key, then
/// in the order of recording.
struct OpenQueue<Element: Entity & Sendable, Key: Comparable & Sendable>: Sendable {
    private struct Entry: Sendable {
        let id: Ref<Element>
        let key: Key
        /// The element's index in its table.
        let index: Int

        func isBefore(_ key: Key, _ index: Int) -> Bool { (self.key, self.index) < (key, index) }
    }

    private var byUnit: [UnitCode: [Entry]] = [:]

    var units: Dictionary<UnitCode, some Any>.Keys { byUnit.keys }

    func isEmpty(_ unit: UnitCode) -> Bool { byUnit[unit] == nil }

    subscript(unit: UnitCode) -> [Ref<Element>] { byUnit[unit]?.map(\.id) ?? [] }

    mutating func insert(_ id: Ref<Element>, of unit: UnitCode, by key: Key, _ index: Int) {
        let place = byUnit[unit]?.lastIndex { $0.isBefore(key, index) }.map { $0 + 1 } ?? 0
        byUnit[unit, default: []].insert(Entry(id: id, key: key, index: index), at: place)
    }

    mutating func remove(_ id: Ref<Element>, of unit: UnitCode) {
        byUnit[unit]?.removeAll { $0.id == id }
        if byUnit[unit]?.isEmpty == true { byUnit[unit] = nil }
    }

    mutating func rename(_ unit: UnitCode, to code: UnitCode) { byUnit[code] = byUnit.removeValue(forKey: unit) }
}
