import Screen

extension Arrangement {
    /// The smallest height of a window, its frame included.
    static let lowest = 5
    /// The limits of the left column's share of the width, in percent.
    private static let shares = 25...75

    /// The arrangement itself if it names existing windows only, each once; else `nil`.
    func valid(among names: Set<String>) -> Arrangement? {
        let weights = (left + right).map(\.weight)
        let isSound =
            Set(panes).count == panes.count && Set(panes).isSubset(of: names) && !left.isEmpty && !right.isEmpty
            && weights.allSatisfy { (1...1000).contains($0) } && Arrangement.shares.contains(share)
        return isSound ? self : nil
    }

    /// Moves the line between the columns, by percent of the width.
    mutating func moveDivider(by share: Int) {
        self.share = min(Arrangement.shares.upperBound, max(Arrangement.shares.lowerBound, self.share + share))
    }

    /// Adds rows to a window's height (negative: removes them), at the expense of the window below, or else above.
    mutating func grow(_ pane: String, by rows: Int, in area: Rect, contents: (String) -> Int?) {
        let heights = places(in: area, focus: pane, alone: false, contents: contents).map(\.rect.height)
        guard heights.count == panes.count else { return }
        for (stack, first) in [(\Arrangement.left, 0), (\Arrangement.right, left.count)] {
            var places = self[keyPath: stack]
            guard let index = places.firstIndex(where: { $0.pane == pane }), places.count > 1 else { continue }
            let other = index + 1 < places.count ? index + 1 : index - 1
            // The weights become the heights in rows, so that one row more is one weight more.
            for place in places.indices { places[place].weight = heights[first + place] }
            places[index].weight += rows
            places[other].weight -= rows
            guard min(places[index].weight, places[other].weight) >= Arrangement.lowest else { continue }
            self[keyPath: stack] = places
            fixOthers(than: stack, heights)
        }
    }

    /// Keeps the heights that the other column has now.
    private mutating func fixOthers(than changed: WritableKeyPath<Arrangement, [Place]>, _ heights: [Int]) {
        fitsContents = nil
        for (stack, first) in [(\Arrangement.left, 0), (\Arrangement.right, left.count)] where stack != changed {
            for place in self[keyPath: stack].indices { self[keyPath: stack][place].weight = heights[first + place] }
        }
    }

    /// Swaps a window with the one before (-1) or after it (1). A window without a place takes the last one.
    mutating func move(_ pane: String, by step: Int) {
        var names = panes
        let index = names.firstIndex(of: pane) ?? names.count - 1
        names[index] = pane
        let other = index + step
        if names.indices.contains(other) { names.swapAt(index, other) }
        for place in left.indices { left[place].pane = names[place] }
        for place in right.indices { right[place].pane = names[left.count + place] }
    }
}
