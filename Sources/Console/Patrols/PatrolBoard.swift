import Estate
import Screen

/// The places of a patrol's points in a drawing of the buildings: a column for each building, a row for each level.
struct PatrolBoard {
    struct Building {
        let name: String
        /// The row of its top level.
        let top: Int
        /// The index of the point in each row that has one.
        var points: [Int: Int]
    }

    /// The floor of each row, the highest first; 0 for the ground.
    let floors: [Int]
    private(set) var buildings: [Building] = []
    /// The indices of the points outside the buildings, in order.
    let others: [Int]
    let points: [String]

    /// - Parameter height: the rows there are: with enough of them every floor is drawn, else those with points.
    init(_ points: [String], buildings known: [PatrolBuilding], height: Int = 0) {
        self.points = points
        let heights = Dictionary(known.map { ($0.name, $0.floors) }) { first, _ in first }
        var names: [String] = []
        var places: [(index: Int, building: String, floor: Int)] = []
        var others: [Int] = []
        // The top of a building that the estate knows no more is one floor above its other points.
        let placed = points.map { PatrolPoint($0) }
        func floor(of point: PatrolPoint) -> Int {
            switch point.level {
            case .ground: return 0
            case .floor(let number): return number
            case .top:
                let below = placed.compactMap { other in
                    if case .floor(let number)? = other?.level, other?.building == point.building {
                        number
                    } else {
                        nil
                    }
                }
                return max(heights[point.building] ?? 0, (below.max() ?? 1) + 1)
            }
        }
        for (index, point) in placed.enumerated() {
            guard let point else {
                others.append(index)
                continue
            }
            if !names.contains(point.building) { names.append(point.building) }
            places.append((index, point.building, floor(of: point)))
        }
        self.others = others
        let highest = places.map(\.floor).max() ?? 0
        let every = highest > 1 ? Array((2...highest).reversed()) + [0] : [0]
        floors = names.isEmpty ? [] : every.count <= height ? every : Set(places.map(\.floor)).sorted(by: >)
        let rows = Dictionary(uniqueKeysWithValues: floors.enumerated().map { ($1, $0) })
        for name in names {
            let own = places.filter { $0.building == name }
            let cells = own.compactMap { place in rows[place.floor].map { ($0, place.index) } }
            let top = own.map(\.floor).max().flatMap { rows[$0] } ?? 0
            buildings.append(Building(name: name, top: top, points: Dictionary(cells) { first, _ in first }))
        }
    }

    /// The column and the row of a point inside a building.
    func place(of point: Int) -> (column: Int, row: Int)? {
        for (column, building) in buildings.enumerated() {
            if let row = building.points.first(where: { $0.value == point })?.key { return (column, row) }
        }
        return nil
    }

    /// The point that an arrow key leads to.
    func point(from current: Int, on key: Key) -> Int? {
        guard let (column, row) = place(of: current) else {
            guard let place = others.firstIndex(of: current) else { return nil }
            switch key {
            case .left: return place > 0 ? others[place - 1] : nil
            case .right: return place + 1 < others.count ? others[place + 1] : nil
            case .up: return buildings.first.flatMap { nearest(to: floors.count, in: $0) }
            default: return nil
            }
        }
        let rows = buildings[column].points.keys.sorted()
        switch key {
        case .up: return rows.last { $0 < row }.flatMap { buildings[column].points[$0] }
        case .down: return rows.first { $0 > row }.flatMap { buildings[column].points[$0] } ?? others.first
        case .left: return column > 0 ? nearest(to: row, in: buildings[column - 1]) : nil
        case .right: return column + 1 < buildings.count ? nearest(to: row, in: buildings[column + 1]) : nil
        default: return nil
        }
    }

    private func nearest(to row: Int, in building: Building) -> Int? {
        building.points.min { (abs($0.key - row), $0.key) < (abs($1.key - row), $1.key) }?.value
    }
}
