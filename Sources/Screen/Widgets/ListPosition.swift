/// Which row of a list is selected, and which comes first on the screen.
public struct ListPosition: Hashable, Sendable {
    /// Counted from 0; `nil` when nothing is selected, as in an empty list.
    public var selection: Int?
    public var offset: Int

    public init(selection: Int? = nil, offset: Int = 0) {
        self.selection = selection
        self.offset = offset
    }

    /// Moves the selection by so many rows, stopping at the ends; without a selection, the nearer end is selected.
    public mutating func move(by rows: Int, count: Int) {
        guard count > 0 else {
            selection = nil
            return
        }
        // Far beyond either end is as good as the whole list, and cannot overflow.
        let rows = max(-count, min(count, rows))
        let target = selection.map { $0 + rows } ?? (rows < 0 ? count - 1 : 0)
        selection = min(count - 1, max(0, target))
    }

    /// Keeps selection and offset within a list of `count` rows shown `height` at a time.
    public mutating func fit(count: Int, height: Int) {
        selection = count > 0 ? selection.map { min(count - 1, max(0, $0)) } : nil
        offset = ListPosition.offset(keeping: selection, in: count, height: height, from: offset)
    }

    /// The first row to show so that the selected one is visible, moving as little as possible from `offset`.
    ///
    /// No empty rows are left at the end while rows are hidden above.
    public static func offset(keeping selection: Int?, in count: Int, height: Int, from offset: Int) -> Int {
        guard height > 0 else { return 0 }
        var first = offset
        if let selection {
            first = max(selection - height + 1, min(first, selection))
        }
        return max(0, min(first, count - height))
    }
}
