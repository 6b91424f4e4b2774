import Journal

/// A bill to be paid, or money to be used, of a unit.
protocol Openable: Entity, Sendable {
    associatedtype Key: Comparable & Sendable
    var id: Ref<Self> { get }
    var unit: UnitCode { get }
    /// What of it is taken first: the least.
    var key: Key { get }
    var isOpen: Bool { get }
}

/// What is still open of each unit, bills to be paid or money to be used, in the order in which it is taken: by a key, then
/// in the order of recording.
struct OpenQueue<Element: Openable>: Sendable {
    private struct Entry: Sendable {
        let id: Ref<Element>
        let key: Element.Key
        /// The element's index in its table.
        let index: Int

        func isBefore(_ key: Element.Key, _ index: Int) -> Bool { (self.key, self.index) < (key, index) }
    }

    private var byUnit: [UnitCode: [Entry]] = [:]

    var units: Dictionary<UnitCode, some Any>.Keys { byUnit.keys }

    func isEmpty(_ unit: UnitCode) -> Bool { byUnit[unit] == nil }

    subscript(unit: UnitCode) -> [Ref<Element>] { byUnit[unit]?.map(\.id) ?? [] }

    /// Adds an element to its table.
    mutating func add(_ element: Element, to table: inout EntityTable<Element>) {
        table.add(element)
        if element.isOpen { insert(element.id, of: element.unit, by: element.key, table.count - 1) }
    }

    /// Changes an element of its table, and notes whether it is open now.
    mutating func change(
        _ id: Ref<Element>, in table: inout EntityTable<Element>, _ body: (inout Element) -> Void
    ) {
        guard let index = table.index(of: id) else { return }
        var changed: (unit: UnitCode, key: Element.Key, isOpen: Bool)?
        table.change(id) { element in
            let wasOpen = element.isOpen
            body(&element)
            if element.isOpen != wasOpen { changed = (element.unit, element.key, !wasOpen) }
        }
        guard let changed else { return }
        if changed.isOpen {
            insert(id, of: changed.unit, by: changed.key, index)
        } else {
            byUnit[changed.unit]?.removeAll { $0.id == id }
            if byUnit[changed.unit]?.isEmpty == true { byUnit[changed.unit] = nil }
        }
    }

    private mutating func insert(_ id: Ref<Element>, of unit: UnitCode, by key: Element.Key, _ index: Int) {
        let place = byUnit[unit]?.lastIndex { $0.isBefore(key, index) }.map { $0 + 1 } ?? 0
        byUnit[unit, default: []].insert(Entry(id: id, key: key, index: index), at: place)
    }

    mutating func rename(_ unit: UnitCode, to code: UnitCode) { byUnit[code] = byUnit.removeValue(forKey: unit) }
}

extension Bill: Openable {
    var key: Day { due }
    var isOpen: Bool { outstanding > .zero }
}

extension Payment: Openable {
    var key: Moment { received }
    var isOpen: Bool { prepaid > .zero }
}
