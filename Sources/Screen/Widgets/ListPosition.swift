/// The selected row of a list and its scroll offset.
public struct ListPosition: Hashable, Sendable {
    /// Index of the selected row; `nil` if none is, as in an empty list.
    public var selection: Int? { didSet { if selection != nil { gap = nil } } }
    /// Without a selection, the index where the selected row was: the next move leads to the row that took its place, or to
    /// the one above.
    public var gap: Int?
    /// Index of the first visible row.
    public var offset: Int

    public init(selection: Int? = nil, offset: Int = 0) {
        self.selection = selection
        self.offset = offset
    }

    /// Moves the selection by `rows` and stops at the ends. Without a selection, selects the first row, or the last if
    /// `rows` is negative.
    public mutating func move(by rows: Int, count: Int) {
        guard count > 0 else {
            selection = nil
            return
        }
        // Avoids overflow: callers pass `.max` to reach the end.
        let rows = max(-count, min(count, rows))
        let target = (selection ?? gap.map { rows > 0 ? $0 - 1 : $0 }).map { $0 + rows } ?? (rows < 0 ? count - 1 : 0)
        selection = min(count - 1, max(0, target))
    }

    /// Clamps selection and offset to a list of `count` rows, of which `height` are visible.
    public mutating func fit(count: Int, height: Int) {
        selection = count > 0 ? selection.map { min(count - 1, max(0, $0)) } : nil
        offset = ListPosition.offset(keeping: selection, in: count, height: height, from: offset)
    }

    /// The scroll offset that keeps the selected row visible: `offset` itself or as few steps from it as possible.
    ///
    /// A step is a third of the height: a selection that moves on at the edge scrolls the list every few rows only, and
    /// the rows ahead can be seen. Leaves no empty rows below the last one while earlier rows are scrolled out.
    public static func offset(keeping selection: Int?, in count: Int, height: Int, from offset: Int) -> Int {
        guard height > 0 else { return 0 }
        let step = max(1, height / 3)
        func steps(_ rows: Int) -> Int { (rows + step - 1) / step * step }
        var first = max(0, min(offset, count - height))
        if let selection, selection < first { first -= steps(first - selection) }
        if let selection, selection >= first + height { first += steps(selection - first - height + 1) }
        return max(0, min(first, count - height))
    }
}
