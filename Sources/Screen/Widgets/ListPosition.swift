/// The selected row of a list and its scroll offset.
public struct ListPosition: Hashable, Sendable {
    /// Index of the selected row; `nil` if none is, as in an empty list.
    public var selection: Int?
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
        let target = selection.map { $0 + rows } ?? (rows < 0 ? count - 1 : 0)
        selection = min(count - 1, max(0, target))
    }

    /// Clamps selection and offset to a list of `count` rows, of which `height` are visible.
    public mutating func fit(count: Int, height: Int) {
        selection = count > 0 ? selection.map { min(count - 1, max(0, $0)) } : nil
        offset = ListPosition.offset(keeping: selection, in: count, height: height, from: offset)
    }

    /// The scroll offset closest to `offset` that keeps the selected row visible.
    ///
    /// Leaves no empty rows below the last one while earlier rows are scrolled out.
    public static func offset(keeping selection: Int?, in count: Int, height: Int, from offset: Int) -> Int {
        guard height > 0 else { return 0 }
        var first = offset
        if let selection {
            first = max(selection - height + 1, min(first, selection))
        }
        return max(0, min(first, count - height))
    }
}
