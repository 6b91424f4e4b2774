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
    /// Whether windows with little to show leave their rows to the others. Not so once a member has set the heights.
    var fitsContents: Bool?

    init(left: [(pane: String, weight: Int)], right: [(pane: String, weight: Int)], share: Int) {
        self.left = left.map { Place(pane: $0.pane, weight: $0.weight) }
        self.right = right.map { Place(pane: $0.pane, weight: $0.weight) }
        self.share = share
        fitsContents = true
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
    /// A focused window without a place of its own takes that of the last one. `contents` are the rows that a window
    /// needs; `nil` if it can use any number.
    func places(
        in area: Rect, focus: String, alone: Bool, contents: (String) -> Int?
    ) -> [(window: String, rect: Rect)] {
        guard isWide(area, alone: alone) else { return [(focus, area)] }
        let columns = area.columns([.fixed(area.width * share / 100), .fill(1)], gap: 0)
        return zip([left, right(focus: focus)], columns).flatMap { stack, column in
            zip(stack, column.rows(lengths(of: stack, in: column.height, contents), gap: 0)).map { ($0.pane, $1) }
        }
    }

    /// The windows that have a place.
    func windows(in area: Rect, focus: String, alone: Bool) -> [String] {
        isWide(area, alone: alone) ? (left + right(focus: focus)).map(\.pane) : [focus]
    }

    private func isWide(_ area: Rect, alone: Bool) -> Bool {
        !alone && area.width >= Arrangement.wide.width && area.height >= Arrangement.wide.height - 2
    }

    private func right(focus: String) -> [Place] {
        var right = right
        if !panes.contains(focus), !right.isEmpty { right[right.count - 1].pane = focus }
        return right
    }

    /// The heights of the windows of a column: by weight, but none more than it needs while another needs it.
    private func lengths(of stack: [Place], in height: Int, _ contents: (String) -> Int?) -> [Length] {
        let shares = stack.map { Length.fill($0.weight) }
        guard fitsContents == true, stack.count > 1 else { return shares }
        // The frame takes two rows.
        let needs = stack.map { place in contents(place.pane).map { max(Arrangement.lowest, $0 + 2) } ?? .max }
        var lengths = shares
        var (open, rest) = (Array(stack.indices), height)
        while true {
            let weight = open.reduce(0) { $0 + stack[$1].weight }
            let served = open.filter { needs[$0] <= rest * stack[$0].weight / max(1, weight) }
            // If all have what they need, the last ones share what is left.
            if served.isEmpty || served.count == open.count { return lengths }
            for index in served {
                lengths[index] = .fixed(needs[index])
                rest -= needs[index]
            }
            open.removeAll(where: served.contains)
        }
    }
}
