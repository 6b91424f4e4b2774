import Screen

extension Arrangement {
    /// The fewest rows of a pane, its frame included.
    private static let lowest = 5
    /// The left column's share of the width at the least and at the most, in hundredths.
    private static let shares = 25...75

    /// The same if it can be shown: panes that are there, each once.
    func valid(among names: Set<String>) -> Arrangement? {
        let weights = (left + right).map(\.weight)
        let isSound =
            Set(panes).count == panes.count && Set(panes).isSubset(of: names) && !left.isEmpty && !right.isEmpty
            && weights.allSatisfy { (1...1000).contains($0) } && Arrangement.shares.contains(share)
        return isSound ? self : nil
    }

    /// Moves the line between the columns, by hundredths of the width.
    mutating func moveDivider(by share: Int) {
        self.share = min(Arrangement.shares.upperBound, max(Arrangement.shares.lowerBound, self.share + share))
    }

    /// Makes a pane taller by so many rows, or lower, at the cost of the one below it or else above it.
    mutating func grow(_ pane: String, by rows: Int, in area: Rect) {
        let heights = places(in: area, focus: pane, alone: false).map(\.rect.height)
        guard heights.count == panes.count else { return }
        for (stack, first) in [(\Arrangement.left, 0), (\Arrangement.right, left.count)] {
            var places = self[keyPath: stack]
            guard let index = places.firstIndex(where: { $0.pane == pane }), places.count > 1 else { continue }
            let other = index + 1 < places.count ? index + 1 : index - 1
            // As many shares as rows: what is one row now is one row's share on any screen.
            for place in places.indices { places[place].weight = heights[first + place] }
            places[index].weight += rows
            places[other].weight -= rows
            if min(places[index].weight, places[other].weight) >= Arrangement.lowest { self[keyPath: stack] = places }
        }
    }

    /// A pane changes places with the one before or behind it; one that has no place takes the last.
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
