import Screen

/// The layout of the windows on a wide screen: two columns, each from top to bottom.
struct Arrangement: Codable, Equatable {
    struct Place: Codable, Equatable {
        /// The window's name; encoded as `pane`, the key of older preference files.
        var pane: String
        /// The share of the column's height, relative to the column's other windows.
        var weight: Int
    }

    var left: [Place]
    var right: [Place]
    /// The left column's share of the width, in percent.
    var share: Int

    init(left: [(pane: String, weight: Int)], right: [(pane: String, weight: Int)], share: Int) {
        self.left = left.map { Place(pane: $0.pane, weight: $0.weight) }
        self.right = right.map { Place(pane: $0.pane, weight: $0.weight) }
        self.share = share
    }

    /// The windows' names.
    var panes: [String] { (left + right).map(\.pane) }
    /// The window with the focus at the start.
    var first: String { left.first?.pane ?? right.first?.pane ?? "" }

    /// The smallest screen that shows several windows at once.
    static let wide = Size(width: 100, height: 28)
    /// The smallest screen on which the console works.
    static let smallest = Size(width: 60, height: 16)

    /// The place of each window: of all on a wide screen, else of the focused one alone.
    ///
    /// A focused window without a place of its own takes that of the last one.
    func places(in area: Rect, focus: String, alone: Bool) -> [(window: String, rect: Rect)] {
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
