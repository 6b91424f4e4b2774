/// One column of a table: its head, its width, and how soon it may go when room is short.
public struct Column: Hashable, Sendable {
    public var title: String
    /// Never narrower than this, or it is not shown at all.
    public var min: Int
    /// What it gets before any column grows beyond its own ideal.
    public var ideal: Int
    /// Never wider than this.
    public var max: Int
    /// Its share of what is left when every column has its ideal; 0 for none.
    public var weight: Int
    public var alignment: Alignment
    /// Of the columns shown, that of the lowest priority is dropped first; among equals, the rightmost.
    public var priority: Int

    /// A column that grows from `min` to `ideal` and, by its weight, on to `max`.
    public init(
        _ title: String, min: Int, ideal: Int, max: Int = .max, weight: Int = 0, alignment: Alignment = .left,
        priority: Int = 0
    ) {
        self.title = title
        self.min = Swift.max(1, min)
        self.ideal = Swift.max(self.min, ideal)
        self.max = Swift.max(self.ideal, max)
        self.weight = weight
        self.alignment = alignment
        self.priority = priority
    }

    /// A column that is always `width` columns wide.
    public static func fixed(_ title: String, _ width: Int, alignment: Alignment = .left, priority: Int = 0) -> Column {
        Column(title, min: width, ideal: width, max: width, alignment: alignment, priority: priority)
    }

    /// A column that takes what the others leave.
    public static func filling(_ title: String, min: Int, weight: Int = 1, priority: Int = 0) -> Column {
        Column(title, min: min, ideal: min, weight: weight, priority: priority)
    }

    /// Where the columns lie in a row of `width`: for each that is shown, its index, its left edge and its width.
    public static func layout(_ columns: [Column], width: Int, gap: Int) -> [Placement] {
        var shown = Array(columns.indices)
        while shown.count > 1, shown.reduce(gap * (shown.count - 1), { $0 + columns[$1].min }) > width {
            guard let least = shown.reversed().min(by: { columns[$0].priority < columns[$1].priority }) else { break }
            shown.removeAll { $0 == least }
        }
        var widths = shown.map { Swift.min(columns[$0].min, width) }
        var rest = width - widths.reduce(gap * Swift.max(0, shown.count - 1), +)
        // First the ideals, the most important column before the others.
        for slot in shown.indices.sorted(by: { columns[shown[$0]].priority > columns[shown[$1]].priority }) {
            let grown = Swift.max(0, Swift.min(rest, columns[shown[slot]].ideal - widths[slot]))
            widths[slot] += grown
            rest -= grown
        }
        share(&rest, among: shown.map { columns[$0] }, widths: &widths)
        var x = 0
        return shown.indices.map { slot in
            defer { x += widths[slot] + gap }
            return Placement(index: shown[slot], x: x, width: widths[slot])
        }
    }

    /// Hands out the rest by weight; what one column cannot take goes round again.
    private static func share(_ rest: inout Int, among columns: [Column], widths: inout [Int]) {
        while rest > 0 {
            let hungry = columns.indices.filter { columns[$0].weight > 0 && widths[$0] < columns[$0].max }
            var weight = hungry.reduce(0) { $0 + columns[$1].weight }
            if weight == 0 { return }
            for slot in hungry {
                let part = rest * columns[slot].weight / weight
                let taken = Swift.min(part, columns[slot].max - widths[slot])
                weight -= columns[slot].weight
                widths[slot] += taken
                rest -= taken
            }
        }
    }

    /// Where one shown column lies within its row.
    public struct Placement: Hashable, Sendable {
        /// The column's place in the list of all columns.
        public var index: Int
        public var x: Int
        public var width: Int
    }
}
