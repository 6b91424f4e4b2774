import Journal

/// The visitors who are inside by name and by plate, in the order of their arrival.
struct Presence: Sendable {
    private var byName: [String: [Ref<Visit>]] = [:]
    private var byPlate: [Plate: [Ref<Visit>]] = [:]

    init(_ visits: some Sequence<Visit>) { for visit in visits { add(visit) } }

    mutating func add(_ visit: Visit) {
        if let name = visit.visitor.name.value { byName[name, default: []].append(visit.id) }
        for plate in visit.plate?.each ?? [] { byPlate[plate, default: []].append(visit.id) }
    }

    mutating func remove(_ visit: Visit) {
        if let name = visit.visitor.name.value { byName[name]?.removeAll { $0 == visit.id } }
        for plate in visit.plate?.each ?? [] { byPlate[plate]?.removeAll { $0 == visit.id } }
    }

    /// Puts a corrected visit where it was: the latest stays the latest.
    mutating func replace(_ former: Visit, with visit: Visit) {
        if former.name == visit.name, former.plate == visit.plate { return }
        remove(former)
        add(visit)
    }

    /// The plates inside.
    var plates: [Plate] { byPlate.filter { !$0.value.isEmpty }.keys.sorted { $0.text < $1.text } }

    func named(_ name: String) -> [Ref<Visit>] { byName[name] ?? [] }

    func with(_ plate: Plate) -> [Ref<Visit>] { byPlate[plate] ?? [] }
}

extension Estate {
    /// The visitor inside of this name, to this host if one is given; the latest.
    func inside(named name: String, at host: UnitCode? = nil) -> Visit? {
        gate.presence(ring).named(name).reversed().lazy.compactMap { gate.visits[$0] }
            .first { host == nil || $0.host == host }
    }

    /// The visitor inside with this plate, the latest; `nil` for a plate that is not recognised.
    func inside(with plate: Plate) -> Visit? {
        guard plate.isRecognised(by: handbook.gate.plates) else { return nil }
        let presence = gate.presence(ring)
        return plate.each.compactMap { presence.with($0).last }
            .max { (gate.inside.firstIndex(of: $0) ?? 0) < (gate.inside.firstIndex(of: $1) ?? 0) }
            .flatMap { gate.visits[$0] }
    }
}
