import Journal

/// All things of one kind, in the order in which they came, each found by its id.
///
/// An id is half chance already, so its bits are its hash: a million facts are mostly looked up in here. What is in a
/// register is changed where it stands and never taken out.
public struct Register<Element: Entity & Sendable>: Sendable {
    public private(set) var values: [Element] = []
    /// Where each stands, counted from 1; 0 is nothing. Twice as long as need be, so that a search is short.
    private var places: [UInt32] = []

    public init() {}

    public var count: Int { values.count }
    public var isEmpty: Bool { values.isEmpty }

    public subscript(id: Ref<Element>) -> Element? { place(of: id).map { values[$0] } }

    /// Adds a thing at the end; one that is there already is replaced.
    public mutating func add(_ element: Element) {
        if let place = place(of: element.id) { return values[place] = element }
        values.append(element)
        if values.count * 2 > places.count { return spread() }
        places[slot(of: element.id)] = UInt32(values.count)
    }

    /// Changes a thing where it stands; none, if there is none.
    @inline(__always)
    public mutating func change(_ id: Ref<Element>, _ body: (inout Element) -> Void) {
        if let place = place(of: id) { body(&values[place]) }
    }

    private func place(of id: Ref<Element>) -> Int? {
        if places.isEmpty { return nil }
        let found = places[slot(of: id)]
        return found == 0 ? nil : Int(found) - 1
    }

    /// The slot that an id has, or would have.
    private func slot(of id: Ref<Element>) -> Int {
        let mask = places.count - 1
        var slot = Int(truncatingIfNeeded: id.id.low) & mask
        while places[slot] != 0, values[Int(places[slot]) - 1].id != id { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func spread() {
        places = Array(repeating: 0, count: max(16, places.count * 4))
        for (place, element) in values.enumerated() { places[slot(of: element.id)] = UInt32(place + 1) }
    }
}
