import Journal

/// All entities of one kind in the order of their creation, each found by its id in constant time.
///
/// An open-addressing hash table beside the entities. Ids are half random, so their low bits serve as the hash:
/// replaying a million facts is mostly look-ups in here. Entities are changed in place and never removed.
public struct EntityTable<Element: Entity & Sendable>: Sendable {
    public typealias Values = Chunks<Element>
    public private(set) var values = Values()
    /// The index of each entity in `values` plus 1, by hash; 0 is a free slot. At most half full, so that probes stay
    /// short.
    private var slots: [UInt32] = []

    public init() {}

    public var count: Int { values.count }
    public var isEmpty: Bool { values.isEmpty }

    public subscript(id: Ref<Element>) -> Element? { index(of: id).map { values[$0] } }

    public func holds(_ id: Ref<Element>) -> Bool { index(of: id) != nil }

    /// The result of `body` for an entity, which is not copied; `nil` when there is none with this id.
    @inline(__always)
    func value<Result>(of id: Ref<Element>, _ body: (Element) -> Result) -> Result? {
        index(of: id).map { body(values[$0]) }
    }

    /// Appends an entity, or replaces the one with the same id.
    public mutating func add(_ element: Element) {
        if let index = index(of: element.id) { return values.change(index) { $0 = element } }
        values.append(element)
        if values.count * 2 > slots.count { return rehash() }
        slots[slot(of: element.id)] = UInt32(values.count)
    }

    /// Changes an entity in place; does nothing when there is none with this id.
    @inline(__always)
    public mutating func change(_ id: Ref<Element>, _ body: (inout Element) -> Void) {
        if let index = index(of: id) { values.change(index, body) }
    }

    /// The number of entities that were created before this one.
    func index(of id: Ref<Element>) -> Int? {
        if slots.isEmpty { return nil }
        let entry = slots[slot(of: id)]
        return entry == 0 ? nil : Int(entry) - 1
    }

    /// The slot that holds the id, or the free one where it would go.
    private func slot(of id: Ref<Element>) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: id.id.low) & mask
        while slots[slot] != 0, values[Int(slots[slot]) - 1].id != id { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func rehash() {
        slots = Array(repeating: 0, count: max(16, slots.count * 4))
        for (index, element) in values.enumerated() { slots[slot(of: element.id)] = UInt32(index + 1) }
    }
}
