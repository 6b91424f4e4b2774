import Estate
import Screen

/// Which panes stand where on a wide screen: two columns, each from top to bottom with its share of the height.
struct Arrangement: Codable, Equatable {
    struct Place: Codable, Equatable {
        var pane: String
        var weight: Int
    }

    var left: [Place]
    var right: [Place]
    /// The left column's share of the width, in hundredths.
    var share: Int

    init(left: [(pane: String, weight: Int)], right: [(pane: String, weight: Int)], share: Int) {
        self.left = left.map { Place(pane: $0.pane, weight: $0.weight) }
        self.right = right.map { Place(pane: $0.pane, weight: $0.weight) }
        self.share = share
    }

    /// What a role has before it at the start: its own work first.
    static func of(_ role: Role?) -> Arrangement {
        switch role {
        case .guard:
            Arrangement(left: [("gate", 1)], right: [("calls", 3), ("followups", 2)], share: 60)
        case .supervisor, .regional:
            Arrangement(left: [("inspections", 1)], right: [("followups", 1), ("fees", 1), ("requests", 1)], share: 50)
        case .administrator:
            Arrangement(left: [("followups", 1)], right: [("requests", 1), ("fees", 1), ("gate", 1)], share: 52)
        case .finance:
            Arrangement(left: [("fees", 1)], right: [("followups", 1), ("requests", 1)], share: 56)
        case .manager:
            Arrangement(
                left: [("followups", 1), ("requests", 1)], right: [("fees", 1), ("inspections", 1), ("gate", 1)],
                share: 50)
        case .operator, .keeper, nil:
            Arrangement(
                left: [("calls", 5), ("requests", 2)], right: [("followups", 1), ("fees", 1), ("gate", 1)], share: 45)
        }
    }

    var panes: [String] { (left + right).map(\.pane) }
    /// The pane that has the keyboard at the start.
    var first: String { left.first?.pane ?? right.first?.pane ?? "" }

    /// The smallest screen that shows several panes at once.
    static let wide = Size(width: 100, height: 28)
    /// The smallest screen that shows anything but a request for more room.
    static let smallest = Size(width: 60, height: 16)

    /// Where each pane lies: all of them on a wide screen, else the focused one alone.
    ///
    /// A focused pane that has no place of its own takes that of the last one.
    func places(in area: Rect, focus: String, alone: Bool) -> [(pane: String, rect: Rect)] {
        if alone || area.width < Arrangement.wide.width || area.height < Arrangement.wide.height - 2 {
            return [(focus, area)]
        }
        let columns = area.columns([.fixed(area.width * share / 100), .fill(1)], gap: 0)
        var right = right
        if !panes.contains(focus), !right.isEmpty { right[right.count - 1].pane = focus }
        return zip([left, right], columns).flatMap { stack, column in
            zip(stack, column.rows(stack.map { Length.fill($0.weight) }, gap: 0)).map { ($0.pane, $1) }
        }
    }
}
