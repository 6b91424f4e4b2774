/// One column of a ``Table``. All widths are in terminal columns.
///
/// Layout of a row (``layout(_:width:gap:)``):
/// 1. While the minimum widths and gaps exceed the row, the column of lowest priority is dropped; one always remains.
///    While a column that claims room has less than its ideal width, the column of lowest priority below its own is
///    dropped.
/// 2. The remaining columns grow from `min` to `ideal`, in order of priority.
/// 3. The rest is divided by `weight`, up to each column's `max`; what a full column cannot take is divided again.
public struct Column: Hashable, Sendable {
    public var title: String
    /// Minimum width; a column that cannot have it is not shown.
    public var min: Int
    /// Width that every column gets before any column grows further.
    public var ideal: Int
    public var max: Int
    /// Share of the columns left after every column has its ideal width; 0 for none.
    public var weight: Int
    public var alignment: Alignment
    /// Whether columns of lower priority give way until this one has its ideal width.
    public var claimsRoom = false
    /// Columns of the lowest priority are dropped first; among equals, the rightmost.
    public var priority: Int

    /// A column that grows from `min` to `ideal` and, by weight, up to `max`.
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

    /// A column of constant width.
    public static func fixed(_ title: String, _ width: Int, alignment: Alignment = .left, priority: Int = 0) -> Column {
        Column(title, min: width, ideal: width, max: width, alignment: alignment, priority: priority)
    }

    /// A column that takes the remaining width, shared by weight with others of its kind. Columns of lower priority give
    /// way until it has `ideal`.
    public static func filling(
        _ title: String, min: Int, ideal: Int? = nil, weight: Int = 1, priority: Int = 0
    ) -> Column {
        var column = Column(title, min: min, ideal: ideal ?? min, weight: weight, priority: priority)
        column.claimsRoom = ideal != nil
        return column
    }

    /// The same column, no wider than contents of `width` columns need, unless it takes the remaining width anyway.
    public func fitted(to width: Int) -> Column {
        if weight > 0 { return self }
        var column = self
        column.min = Swift.max(1, Swift.min(min, width))
        column.ideal = Swift.max(column.min, Swift.min(ideal, width))
        column.max = Swift.max(column.ideal, Swift.min(max, width))
        return column
    }

    /// Positions of the visible columns in a row of `width`, from left to right.
    public static func layout(_ columns: [Column], width: Int, gap: Int) -> [Placement] {
        var shown = Array(columns.indices)
        // Step 1 of the layout.
        func isShort() -> Bool { shown.reduce(gap * (shown.count - 1)) { $0 + columns[$1].min } > width }
        while shown.count > 1, let least = least(of: shown, in: columns), isShort() { shown.removeAll { $0 == least } }
        for wide in shown.filter({ columns[$0].claimsRoom }) {
            while let least = least(of: shown, in: columns), columns[least].priority < columns[wide].priority,
                width - shown.reduce(gap * (shown.count - 1), { $0 + ($1 == wide ? 0 : columns[$1].min) })
                    < columns[wide].ideal
            {
                shown.removeAll { $0 == least }
            }
        }
        var widths = shown.map { Swift.min(columns[$0].min, width) }
        var rest = width - widths.reduce(gap * Swift.max(0, shown.count - 1), +)
        // Step 2 of the layout.
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

    /// The shown column that is dropped first.
    private static func least(of shown: [Int], in columns: [Column]) -> Int? {
        shown.reversed().min { columns[$0].priority < columns[$1].priority }
    }

    /// Step 3 of the layout.
    private static func share(_ rest: inout Int, among columns: [Column], widths: inout [Int]) {
        while rest > 0 {
            let growing = columns.indices.filter { columns[$0].weight > 0 && widths[$0] < columns[$0].max }
            var weight = growing.reduce(0) { $0 + columns[$1].weight }
            if weight == 0 { return }
            for slot in growing {
                let part = rest * columns[slot].weight / weight
                let taken = Swift.min(part, columns[slot].max - widths[slot])
                weight -= columns[slot].weight
                widths[slot] += taken
                rest -= taken
            }
        }
    }

    /// The position of a visible column within its row.
    public struct Placement: Hashable, Sendable {
        /// Index in the list of all columns.
        public var index: Int
        public var x: Int
        public var width: Int
    }
}
